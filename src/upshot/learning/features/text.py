"""Texts as numbers: length, and the main directions of their words or letter groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.columns import read_levels
from upshot.learning.features.relevance import sample_rows
from upshot.learning.state import Array, State, contiguous
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

# Hashed terms: no vocabulary to store, and no word of a customer's text in the bundle.
_HASHES = 4_096
_LENGTHS = 2
# Texts taken at a time between two looks at the clock: about a tenth of a second.
_TEXTS_AT_A_TIME = 2_000
_ANALYZERS: dict[str, dict[str, Any]] = {
    "characters": {"analyzer": "char_wb", "ngram_range": (3, 4)},
    "words": {"analyzer": "word", "ngram_range": (1, 2)},
}


class OutOfTime(Exception):
    """The time for learning texts is over."""


@dataclass(frozen=True)
class TextLearning:
    """How texts are learned.

    Attributes
    ----------
    dimensions : int
        Directions to keep.
    seed : int
        Decides which rows are seen.
    is_over : callable
        Polled between a few thousand texts; True ends with `OutOfTime`.
    """

    dimensions: int = 16
    seed: int = 0
    is_over: Callable[[], bool] = lambda: False


@dataclass(frozen=True, eq=False)
class TextFeatures:
    """Per text column: characters, words, and a truncated SVD of hashed TF-IDF terms.

    Attributes
    ----------
    names : tuple of str
        The text columns.
    encoding : {"characters", "words", "length"}
        ``"length"`` leaves the terms out.
    rarity : tuple of numpy.ndarray of float32, shape (n_hashes,)
        Inverse document frequencies, one array per column.
    directions : tuple of numpy.ndarray of float32, shape (n_hashes, n_dimensions)
        One array per column.
    """

    names: tuple[str, ...] = ()
    encoding: str = "length"
    rarity: tuple[Array, ...] = ()
    directions: tuple[Array, ...] = ()

    @classmethod
    def fit(
        cls,
        features: pd.DataFrame,
        names: tuple[str, ...],
        encoding: str,
        learning: TextLearning,
    ) -> TextFeatures:
        """Learn rarities and directions on at most 20,000 rows.

        Raises
        ------
        OutOfTime
            When the time is over before all columns are learned.
        """
        if encoding not in _ANALYZERS or not names:
            return cls(names, "length")
        seen = features.iloc[sample_rows(len(features), learning.seed)]
        rarity, directions = [], []
        for name in names:
            codes, texts = read_levels(seen, name)
            used = codes[codes >= 0]
            terms = _terms(texts, encoding, learning.is_over)[used]
            frequency = np.bincount(terms.indices, minlength=_HASHES)
            idf = (np.log((1 + len(used)) / (1 + frequency)) + 1.0).astype(np.float32)
            rarity.append(idf)
            directions.append(_main_directions(_weighted(terms, idf), learning))
        return cls(names, encoding, tuple(rarity), tuple(directions))

    @property
    def width(self) -> tuple[int, ...]:
        """Directions per column."""
        return tuple(int(table.shape[1]) for table in self.directions)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(array.nbytes for array in (*self.rarity, *self.directions))

    def transform(
        self, features: pd.DataFrame, is_over: Callable[[], bool] = lambda: False
    ) -> Array:
        """Return number columns; a missing text is missing in all of them."""
        blocks = [self._one(features, i, is_over) for i in range(len(self.names))]
        return np.hstack(blocks) if blocks else np.empty((len(features), 0))

    def _one(self, features: pd.DataFrame, position: int, is_over: Callable[[], bool]) -> Array:
        codes, texts = read_levels(features, self.names[position])
        width = _LENGTHS + (self.directions[position].shape[1] if self.directions else 0)
        # One row more than texts: the last serves −1, the position of missing values.
        table = np.full((len(texts) + 1, width), np.nan)
        table[:-1, 0] = [len(text) for text in texts]
        table[:-1, 1] = [len(text.split()) for text in texts]
        if self.directions and texts:
            terms = _terms(texts, self.encoding, is_over)
            weighted = _weighted(terms, self.rarity[position])
            table[:-1, _LENGTHS:] = weighted @ self.directions[position]
        return np.asarray(table[codes])

    def state(self) -> State:
        """Return rarities and directions."""
        arrays = {f"rarity{i}": contiguous(a, np.float32) for i, a in enumerate(self.rarity)}
        arrays |= {f"directions{i}": contiguous(a) for i, a in enumerate(self.directions)}
        values = {
            "names": list(self.names),
            "encoding": self.encoding,
            "terms": len(self.rarity),
        }
        return State(values, arrays)

    @classmethod
    def from_state(cls, state: State) -> TextFeatures:
        """Rebuild."""
        count = int(state.values["terms"])
        return cls(
            tuple(state.values["names"]),
            str(state.values["encoding"]),
            tuple(state.arrays[f"rarity{i}"] for i in range(count)),
            tuple(state.arrays[f"directions{i}"] for i in range(count)),
        )


def _terms(texts: list[str], encoding: str, is_over: Callable[[], bool]) -> Any:
    """Return hashed 0/1 terms, a sparse matrix of one row per text."""
    from scipy.sparse import csr_matrix, vstack
    from sklearn.feature_extraction.text import HashingVectorizer

    if not texts:
        return csr_matrix((0, _HASHES), dtype=np.float32)
    vectorizer = HashingVectorizer(
        n_features=_HASHES,
        alternate_sign=False,
        binary=True,
        norm=None,
        dtype=np.float32,
        **_ANALYZERS[encoding],
    )
    parts = []
    for start in range(0, len(texts), _TEXTS_AT_A_TIME):
        if is_over():
            raise OutOfTime(say("Reading the texts would have taken longer than there was time."))
        parts.append(vectorizer.transform(texts[start : start + _TEXTS_AT_A_TIME]))
    return vstack(parts, format="csr")


def _weighted(terms: Any, rarity: Array) -> Any:
    from sklearn.preprocessing import normalize

    return normalize(terms.multiply(rarity[None, :]).tocsr())


def _main_directions(weighted: Any, learning: TextLearning) -> Array:
    from sklearn.decomposition import TruncatedSVD

    count = min(learning.dimensions, min(weighted.shape) - 1)
    if count < 1 or not weighted.nnz:
        return np.zeros((_HASHES, 0), dtype=np.float32)
    svd = TruncatedSVD(count, random_state=learning.seed, n_iter=3).fit(weighted)
    # Brought to unit spread, so that scale-sensitive families see them.
    spread = np.maximum(np.sqrt(svd.explained_variance_), 1e-6)
    return np.asarray((svd.components_ / spread[:, None]).T, dtype=np.float32)
