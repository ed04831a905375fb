"""From a typed table to a `Matrix`: all preprocessing of one candidate, fitted together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.columns import Roles, find_roles
from upshot.learning.features.encodings import (
    ONE_HOT_LIMIT,
    FrequencyEncoding,
    OneHotEncoding,
    TargetEncoding,
    encoding_parts,
)
from upshot.learning.features.matrix import Matrix
from upshot.learning.features.memory import NOT_KEPT, FoldMemory
from upshot.learning.features.numbers import MissingNumbers, Scaling
from upshot.learning.features.raw import RawFeatures, text_choices
from upshot.learning.features.selection import Selection
from upshot.learning.state import Array, State, join, part
from upshot.tables.schema import Schema

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class EncodingRequest:
    """What an encoder is fitted for.

    Attributes
    ----------
    params : mapping
        The preprocessing half of a candidate's params.
    native : bool
        Whether the family takes category codes as they are.
    complete : bool
        Whether the family needs every number filled.
    seed : int
        Seed of the cross-fitting.
    memory : FoldMemory
        Keeps what candidates on the same rows share.
    is_over : callable
        Whether the time for the fit is over; reading texts heeds it.
    """

    params: Mapping[str, Any]
    native: bool
    complete: bool
    seed: int
    memory: FoldMemory = field(default_factory=FoldMemory)
    is_over: Callable[[], bool] = lambda: False

    @property
    def key(self) -> Hashable:
        """The same for requests that encode the same rows alike."""
        resolved = {
            **self.params,
            "category.encoding": sorted(self.parts),
            "number.missing": self.missing,
        }
        return json.dumps(resolved, sort_keys=True), self.seed

    @property
    def parts(self) -> frozenset[str]:
        """Which encodings of categories apply; codes for a family without them become one-hot."""
        parts = encoding_parts(str(self.params.get("category.encoding", "native")))
        if "native" in parts and not self.native:
            parts = (parts - {"native"}) | {"onehot"}
        return parts

    @property
    def missing(self) -> str:
        """How gaps in numbers are treated."""
        method = str(self.params.get("number.missing", "native"))
        return "indicators" if self.complete and method == "native" else method


@dataclass(frozen=True)
class CategoryEncoders:
    """The encodings of one candidate's category codes."""

    parts: frozenset[str]
    spread: tuple[int, ...]
    target: TargetEncoding | None = None
    frequency: FrequencyEncoding | None = None
    onehot: OneHotEncoding | None = None

    def continuous(self, codes: Array, averages: Array | None = None) -> Array:
        """Return target averages, frequencies and orders; `averages` replaces fitted averages."""
        blocks = []
        if self.target is not None:
            blocks.append(self.target.transform(codes) if averages is None else averages)
        if self.frequency is not None:
            blocks.append(self.frequency.transform(codes))
        if "ordinal" in self.parts:
            blocks.append(codes.astype(np.float64))
        return np.hstack(blocks) if blocks else np.empty((len(codes), 0))

    def flags(self, codes: Array) -> Array:
        """Return one-hot columns."""
        if self.onehot is None:
            return np.empty((len(codes), 0), dtype=np.float32)
        return self.onehot.transform(codes[:, list(self.spread)])

    def state(self) -> State:
        """Return the fitted tables."""
        fitted = {"target": self.target, "frequency": self.frequency, "onehot": self.onehot}
        states = {name: piece.state() for name, piece in fitted.items() if piece is not None}
        return join(
            states, encodings=sorted(self.parts), spread=list(self.spread), has=sorted(states)
        )

    @classmethod
    def from_state(cls, state: State) -> CategoryEncoders:
        """Rebuild."""
        kinds: dict[str, Any] = {
            "target": TargetEncoding,
            "frequency": FrequencyEncoding,
            "onehot": OneHotEncoding,
        }
        fitted = {name: kinds[name].from_state(part(state, name)) for name in state.values["has"]}
        spread = tuple(int(i) for i in state.values["spread"])
        return cls(frozenset(state.values["encodings"]), spread, **fitted)


def fit_encoders(
    codes: Array, cardinalities: tuple[int, ...], outcome: Array, request: EncodingRequest
) -> tuple[CategoryEncoders, Array | None]:
    """Fit the encodings; the second value holds the cross-fitted averages of these same rows."""
    parts = request.parts
    spread = tuple(i for i, size in enumerate(cardinalities) if size <= ONE_HOT_LIMIT)
    if "onehot" in parts and len(spread) < len(cardinalities):
        parts = parts | {"target"}
    target = frequency = onehot = averages = None
    if "target" in parts:
        smoothing = float(request.params.get("category.smoothing", 10.0))
        target, averages = TargetEncoding.fit_transform(
            codes, cardinalities, outcome, smoothing, request.seed
        )
    if "frequency" in parts:
        frequency = FrequencyEncoding.fit(codes, cardinalities)
    if "onehot" in parts:
        onehot = OneHotEncoding(tuple(cardinalities[i] for i in spread))
    return CategoryEncoders(parts, spread, target, frequency, onehot), averages


@dataclass(frozen=True)
class Encoder:
    """All fitted preprocessing of one candidate."""

    raw: RawFeatures
    categories: CategoryEncoders
    missing: MissingNumbers
    scaling: Scaling
    selection: Selection

    @classmethod
    def fit_transform(
        cls, features: pd.DataFrame, schema: Schema, outcome: Array, request: EncodingRequest
    ) -> tuple[Encoder, Matrix]:
        """Fit on training rows and return them encoded (target averages cross-fitted)."""

        def make() -> tuple[Encoder, Matrix]:
            return cls._fit(features, schema, outcome, request)

        def size(made: tuple[Encoder, Matrix]) -> int:
            # Beside its texts a fitted encoder is small. One that ran out of time is not kept.
            encoding, texts = text_choices(request.params)[0], made[0].raw.texts
            is_cut = bool(texts.names) and texts.encoding != encoding
            return NOT_KEPT if is_cut else texts.nbytes + made[1].nbytes

        return request.memory.recall(("fitted", request.key), make, size)

    @classmethod
    def _fit(
        cls, features: pd.DataFrame, schema: Schema, outcome: Array, request: EncodingRequest
    ) -> tuple[Encoder, Matrix]:
        roles: Roles = find_roles(features, schema)
        raw, numbers, codes = RawFeatures.fit_transform(features, roles, outcome, request)
        encoders, averages = fit_encoders(codes, raw.cardinalities, outcome, request)
        numbers = np.hstack([numbers, encoders.continuous(codes, averages)])
        missing = MissingNumbers.fit(numbers, request.missing)
        filled, marks = missing.transform(numbers)
        scaling = Scaling.fit(filled, str(request.params.get("number.scale", "none")))
        block = np.hstack([scaling.transform(filled), encoders.flags(codes), marks])
        keep = float(request.params.get("select.keep", 1.0))
        selection = Selection.fit(block, outcome, keep, request.seed)
        encoder = cls(raw, encoders, missing, scaling, selection)
        return encoder, encoder._matrix(block, codes)

    def transform_valid(self, features: pd.DataFrame, request: EncodingRequest) -> Matrix:
        """Encode the validation rows that the memory of the request stands for."""
        recall = request.memory.recall

        def texts() -> Array:
            return self.raw.texts.transform(features)

        def make() -> Matrix:
            key = ("valid texts", self.raw.texts.encoding, self.raw.texts.width, request.seed)
            return self.transform(features, recall(key, texts, lambda made: made.nbytes))

        return recall(
            ("valid", request.key, self.raw.texts.encoding), make, lambda made: made.nbytes
        )

    def transform(self, features: pd.DataFrame, texts: Array | None = None) -> Matrix:
        """Encode new rows; `texts` holds their encoded texts where these are known already."""
        numbers, codes = self.raw.transform(features, texts)
        numbers = np.hstack([numbers, self.categories.continuous(codes)])
        filled, marks = self.missing.transform(numbers)
        flags = self.categories.flags(codes)
        return self._matrix(np.hstack([self.scaling.transform(filled), flags, marks]), codes)

    def _matrix(self, block: Array, codes: Array) -> Matrix:
        native = "native" in self.categories.parts
        if not native:
            codes = np.empty((len(block), 0), dtype=np.int32)
        return Matrix(
            self.selection.transform(block),
            codes,
            self.raw.cardinalities if native else (),
        )

    @cached_property
    def digest(self) -> str:
        """The same for encoders that encode alike: members of an ensemble often do."""
        state = self.state()
        digest = hashlib.sha256(json.dumps(state.values, sort_keys=True).encode())
        for name in sorted(state.arrays):
            array = np.ascontiguousarray(state.arrays[name])
            digest.update(f"{name} {array.dtype} {array.shape}".encode())
            digest.update(array.tobytes())
        return digest.hexdigest()

    def directions(self, stated: Mapping[str, int]) -> tuple[int, ...]:
        """Return the stated direction of each number column of the matrix, 0 where none is."""
        names = self.raw.numbers
        return tuple(
            stated.get(names[place], 0) if place < len(names) else 0
            for place in self.selection.kept.tolist()
        )

    def state(self) -> State:
        """Return everything fitted."""
        return join(
            {
                "raw": self.raw.state(),
                "categories": self.categories.state(),
                "missing": self.missing.state(),
                "scaling": self.scaling.state(),
                "selection": self.selection.state(),
            }
        )

    @classmethod
    def from_state(cls, state: State) -> Encoder:
        """Rebuild."""
        return cls(
            RawFeatures.from_state(part(state, "raw")),
            CategoryEncoders.from_state(part(state, "categories")),
            MissingNumbers.from_state(part(state, "missing")),
            Scaling.from_state(part(state, "scaling")),
            Selection.from_state(part(state, "selection")),
        )
