"""Columns that hold several facts in one cell, taken apart: web addresses and lists of tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.columns import Roles, read_levels
from upshot.learning.features.relevance import sample_rows
from upshot.learning.state import Array, State
from upshot.tables.tags import tags_in
from upshot.tables.urls import PARTS, parsed

if TYPE_CHECKING:
    import pandas as pd

# Beyond the most frequent tags, each stands in few rows; the number of tags still counts them.
_MOST_TAGS = 40
_LEAST_SHARE = 0.005
_LEAST_ROWS = 5
NUMBER, WORD = "number", "word"


@dataclass(frozen=True)
class Piece:
    """One column taken from another.

    Attributes
    ----------
    column : str
        The column it comes from.
    splitter : str
        A key of `SPLITTERS`.
    what : str
        Which part (``"source"``, ``"has: vip"``).
    """

    column: str
    splitter: str
    what: str

    @property
    def name(self) -> str:
        """The new column's name."""
        return f"{self.column}: {self.what}"


@dataclass(frozen=True)
class Splitter:
    """How a kind of column is taken apart.

    ``find`` says which parts the training texts have, given how often each text stands; ``take``
    returns one part of each text: words (None where missing) or numbers.
    """

    find: Callable[[list[str], Array], tuple[str, ...]]
    take: Callable[[list[str], str], list[Any]]
    kind: Callable[[str], str]


def _find_address(texts: list[str], counts: Array) -> tuple[str, ...]:
    addresses = [parsed(text) for text in texts]
    found = [part for part in PARTS if len({getattr(address, part) for address in addresses}) > 1]
    deep = len({address.depth for address in addresses}) > 1
    return (*found, *(("depth",) if deep else ()))


def _take_address(texts: list[str], what: str) -> list[Any]:
    if what == "depth":
        return [float(parsed(text).depth) for text in texts]
    return [getattr(parsed(text), what) or None for text in texts]


def _find_tags(texts: list[str], counts: Array) -> tuple[str, ...]:
    rows: Counter[str] = Counter()
    for text, count in zip(texts, counts.tolist(), strict=True):
        for tag in tags_in(text):
            rows[tag] += count
    total = int(counts.sum())
    least = max(_LEAST_ROWS, _LEAST_SHARE * total)
    kept = [tag for tag, count in rows.items() if least <= count <= total - _LEAST_ROWS]
    frequent = sorted(kept, key=lambda tag: (-rows[tag], tag))[:_MOST_TAGS]
    return ("number of tags", *(f"{_HAS}{tag}" for tag in frequent))


_HAS = "has "


def _take_tags(texts: list[str], what: str) -> list[Any]:
    listed = [tags_in(text) for text in texts]
    if not what.startswith(_HAS):
        return [float(len(tags)) for tags in listed]
    wanted = what.removeprefix(_HAS)
    return [float(wanted in tags) for tags in listed]


SPLITTERS: dict[str, Splitter] = {
    "url": Splitter(_find_address, _take_address, lambda what: NUMBER if what == "depth" else WORD),
    "tags": Splitter(_find_tags, _take_tags, lambda what: NUMBER),
}
"""By the role of the column that they take apart."""


@dataclass(frozen=True)
class SplitColumns:
    """The pieces that a table's columns are taken apart into."""

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def fit(cls, features: pd.DataFrame, roles: Mapping[str, str]) -> SplitColumns:
        """Find the pieces on at most 20,000 rows; `roles` names the splitter of each column."""
        if not roles:
            return cls()
        seen = features.iloc[sample_rows(len(features), 0)]
        pieces = []
        for name, role in roles.items():
            codes, texts = read_levels(seen, name)
            counts = np.bincount(codes[codes >= 0], minlength=len(texts))
            used = np.flatnonzero(counts)
            found = SPLITTERS[role].find([texts[i] for i in used], counts[used])
            pieces += [Piece(name, role, what) for what in found]
        return cls(tuple(piece for piece in pieces if piece.name not in features.columns))

    def widen(self, features: pd.DataFrame) -> pd.DataFrame:
        """Return the table with a column for each piece; the columns themselves stay."""
        if not self.pieces:
            return features
        new = {piece.name: self._one(features, piece) for piece in self.pieces}
        return features.assign(**new)

    def roles(self, known: Roles) -> Roles:
        """The roles of all columns, those of the pieces among them."""
        numbers = tuple(p.name for p in self.pieces if self._kind(p) == NUMBER)
        words = tuple(p.name for p in self.pieces if self._kind(p) == WORD)
        return replace(
            known,
            numbers=(*known.numbers, *numbers),
            categories=(*known.categories, *words),
        )

    @staticmethod
    def _kind(piece: Piece) -> str:
        return SPLITTERS[piece.splitter].kind(piece.what)

    def _one(self, features: pd.DataFrame, piece: Piece) -> Any:
        import pandas as pd

        codes, texts = read_levels(features, piece.column)
        taken = SPLITTERS[piece.splitter].take(texts, piece.what)
        if self._kind(piece) == NUMBER:
            return np.array([*taken, np.nan], dtype=float)[codes]
        levels = sorted({word for word in taken if word is not None})
        place = {word: index for index, word in enumerate(levels)}
        known = np.array([*(place.get(word, -1) for word in taken), -1], dtype=np.int64)
        return pd.Categorical.from_codes(known[codes], categories=pd.Index(levels, dtype="str"))

    def state(self) -> State:
        """Return the pieces."""
        return State({"pieces": [[p.column, p.splitter, p.what] for p in self.pieces]})

    @classmethod
    def from_state(cls, state: State) -> SplitColumns:
        """Rebuild."""
        return cls(tuple(Piece(*(str(part) for part in piece)) for piece in state.values["pieces"]))
