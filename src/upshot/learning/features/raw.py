"""The first half of preprocessing: columns of a table become numbers and category codes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from upshot.learning.features.columns import Roles, read_days, read_numbers
from upshot.learning.features.dates import DateFeatures
from upshot.learning.features.generated import Generated, no_features
from upshot.learning.features.levels import Levels, NumberLevels
from upshot.learning.features.memory import FoldMemory
from upshot.learning.features.ordered import OrderedLevels
from upshot.learning.features.split import SplitColumns
from upshot.learning.features.text import OutOfTime, TextFeatures, TextLearning
from upshot.learning.state import Array, State, join, part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd


class Request(Protocol):
    """What fitting needs to know; see `EncodingRequest`."""

    @property
    def params(self) -> Mapping[str, Any]: ...
    @property
    def seed(self) -> int: ...
    @property
    def memory(self) -> FoldMemory: ...
    @property
    def is_over(self) -> Callable[[], bool]: ...


@dataclass(frozen=True)
class RawFeatures:
    """Numbers (with date features and texts as numbers) and category codes of a table."""

    numbers: tuple[str, ...]
    dates: DateFeatures
    levels: Levels
    number_levels: NumberLevels
    texts: TextFeatures
    generated: Generated
    split: SplitColumns = field(default_factory=SplitColumns)
    ordered: OrderedLevels = field(default_factory=OrderedLevels)

    @classmethod
    def fit_transform(
        cls, features: pd.DataFrame, roles: Roles, outcome: Array, request: Request
    ) -> tuple[RawFeatures, Array, Array]:
        """Fit on training rows and return their numbers and codes."""
        params = request.params
        split = SplitColumns.fit(features, roles.split)
        features, roles = split.widen(features), split.roles(roles)
        days = read_days(features, roles.dates)
        dates = DateFeatures.fit(
            days,
            roles.dates,
            str(params.get("date.parts", "full")),
            gaps=bool(params.get("date.gaps", True)),
        )
        levels = Levels.fit(features, roles.categories, int(params.get("category.rare", 1)))
        plain = read_numbers(features, roles.numbers)
        number_levels = NumberLevels.fit(plain, int(params.get("number.as_category", 0)))
        texts, block = _fit_texts(features, roles.texts, request)
        ordered = OrderedLevels.of(roles.orders)
        raw = cls(roles.numbers, dates, levels, number_levels, texts, no_features(), split, ordered)
        numbers, codes = raw._plain(features, block)
        generated = Generated.fit(
            (codes, numbers), raw.cardinalities, outcome, params, request.seed
        )
        codes, numbers = generated.transform(codes, numbers)
        return replace(raw, generated=generated), numbers, codes

    @property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of codes per category column."""
        return (
            *self.levels.cardinalities,
            *self.number_levels.cardinalities,
            *self.generated.crosses.cardinalities,
        )

    def transform(self, features: pd.DataFrame, texts: Array | None = None) -> tuple[Array, Array]:
        """Return float64 numbers and int32 codes; `texts` are encoded here unless given."""
        numbers, codes = self._plain(self.split.widen(features), texts)
        codes, numbers = self.generated.transform(codes, numbers)
        return numbers, codes

    def _plain(self, features: pd.DataFrame, texts: Array | None) -> tuple[Array, Array]:
        """Numbers and codes of a widened table, before anything is generated from them."""
        texts = self.texts.transform(features) if texts is None else texts
        plain = read_numbers(features, self.numbers)
        calendar, _ = self.dates.transform(read_days(features, self.dates.names))
        codes = np.hstack([self.levels.transform(features), self.number_levels.transform(plain)])
        return np.hstack([plain, calendar, texts, self.ordered.transform(features)]), codes

    def state(self) -> State:
        """Return everything fitted."""
        return join(
            {
                "dates": self.dates.state(),
                "levels": self.levels.state(),
                "number_levels": self.number_levels.state(),
                "texts": self.texts.state(),
                "generated": self.generated.state(),
                "split": self.split.state(),
                "ordered": self.ordered.state(),
            },
            numbers=list(self.numbers),
        )

    @classmethod
    def from_state(cls, state: State) -> RawFeatures:
        """Rebuild."""
        return cls(
            tuple(state.values["numbers"]),
            DateFeatures.from_state(part(state, "dates")),
            Levels.from_state(part(state, "levels")),
            NumberLevels.from_state(part(state, "number_levels")),
            TextFeatures.from_state(part(state, "texts")),
            Generated.from_state(part(state, "generated")),
            # Earlier bundles have neither of these two.
            *(
                piece.from_state(part(state, name)) if name in state.values else piece()
                for name, piece in _LATER.items()
            ),
        )


_LATER: dict[str, Any] = {"split": SplitColumns, "ordered": OrderedLevels}


def _fit_texts(
    features: pd.DataFrame, names: tuple[str, ...], request: Request
) -> tuple[TextFeatures, Array]:
    """Fit and encode texts; few candidates differ here, and nothing else takes as long.

    When the time is over first, only the lengths of the texts are used.
    """
    encoding, dimensions = text_choices(request.params)
    learning = TextLearning(dimensions, request.seed, request.is_over)

    def make() -> tuple[TextFeatures, Array]:
        fitted = TextFeatures.fit(features, names, encoding, learning)
        return fitted, fitted.transform(features, request.is_over)

    key = ("texts", encoding, dimensions, request.seed)
    try:
        return request.memory.recall(key, make, lambda made: made[0].nbytes + made[1].nbytes)
    except OutOfTime:
        short = TextFeatures(names, "length")
        return short, short.transform(features)


def text_choices(params: Mapping[str, Any]) -> tuple[str, int]:
    """Return how texts are encoded: the kind of terms, and the number of directions."""
    encoding = str(params.get("text.encoding", "characters"))
    return encoding, int(params.get("text.dimensions", 16))
