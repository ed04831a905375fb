"""Typed columns as numbers for the imitating model: small, JSON-able, the same at any time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.state import Array
from upshot.tables.schema import Kind, Schema

if TYPE_CHECKING:
    import pandas as pd

MOST_LEVELS = 1_000
PRIOR_ROWS = 10.0
# A word of fewer rows may be somebody's name, and says little about the next row.
WORD_ROWS = 5
MICROSECONDS_A_DAY = 86_400_000_000
WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class ColumnCode:
    """How one column becomes numbers.

    Attributes
    ----------
    name, kind : str
        The column.
    means : mapping of str to float
        Category: the smoothed mean of what is imitated per level. Text: the same per word.
    other : float
        The mean for levels and words never seen.
    unnamed : bool
        Whether its levels are pseudonyms, which nobody is shown.
    """

    name: str
    kind: str
    means: Mapping[str, float]
    other: float
    unnamed: bool = False

    @property
    def width(self) -> int:
        """Number of numeric columns: text has its length and the mean of its words."""
        return 2 if self.kind == Kind.TEXT else 1

    def encode(self, column: pd.Series) -> Array:
        """Return the column as an array of shape (n_rows, width); missing is NaN."""
        if self.kind == Kind.TEXT:
            return np.column_stack([_lengths(column), self._word_means(column)])
        if self.kind == Kind.CATEGORY:
            return self._level_means(column)[:, None]
        return plain_numbers(column, self.kind)[:, None]

    def _level_means(self, column: pd.Series) -> Array:
        codes, levels = column.astype("object").factorize()
        table = np.array([self.means.get(str(level), self.other) for level in levels] + [np.nan])
        return np.asarray(table[codes], dtype=float)

    def _word_means(self, column: pd.Series) -> Array:
        return np.array([self._word_mean(text) for text in texts(column)], dtype=float)

    def _word_mean(self, text: str | None) -> float:
        if text is None:
            return float("nan")
        known = [self.means[word] for word in words(text) if word in self.means]
        return float(np.mean(known)) if known else self.other


def plain_numbers(column: pd.Series, kind: str) -> Array:
    """Return numbers, yes/no and dates as floats (days since 1970 for dates); missing is NaN."""
    if kind == Kind.DATETIME:
        stamps = column.astype("datetime64[us]")
        days = stamps.astype("int64").to_numpy().astype(float) / MICROSECONDS_A_DAY
        return np.where(stamps.isna().to_numpy(), np.nan, days)
    return np.asarray(column.astype("Float64").to_numpy(dtype=float, na_value=np.nan))


def texts(column: pd.Series) -> list[str | None]:
    """Return the texts of a column, None where missing."""
    missing = column.isna().to_numpy()
    return [
        None if gone else str(text)
        for text, gone in zip(column.astype("object"), missing, strict=True)
    ]


def words(text: str) -> set[str]:
    """Return the distinct words of a text, in lower case."""
    return set(WORD.findall(text.lower()[:5_000]))


def _lengths(column: pd.Series) -> Array:
    return np.array([np.nan if text is None else len(text) for text in texts(column)], dtype=float)


def fit_codes(features: pd.DataFrame, schema: Schema, imitated: Array) -> tuple[ColumnCode, ...]:
    """Fit the code of every column a model can use.

    Parameters
    ----------
    features : pandas.DataFrame
        Typed columns.
    schema : Schema
        Their schema.
    imitated : numpy.ndarray, shape (n_rows,)
        The figure whose mean per level (or word) orders the levels.
    """
    codes = []
    for column in schema.columns:
        if column.name not in features or column.kind in (Kind.IDENTIFIER, Kind.CONSTANT):
            continue
        series = features[column.name]
        means: Mapping[str, float] = {}
        if column.kind is Kind.CATEGORY:
            means = _means_by_key(_level_keys(series), imitated)
        elif column.kind is Kind.TEXT:
            means = _means_by_key(_word_keys(series), imitated, fewest=WORD_ROWS)
        other, unnamed = float(imitated.mean()), bool(column.pseudonyms)
        codes.append(ColumnCode(column.name, str(column.kind), means, other, unnamed))
    return tuple(codes)


def encode(codes: tuple[ColumnCode, ...], features: pd.DataFrame) -> Array:
    """Return all columns as one array of floats, side by side."""
    return np.hstack([code.encode(features[code.name]) for code in codes]).astype(np.float32)


def owners(codes: tuple[ColumnCode, ...]) -> Array:
    """Return, for each numeric column of `encode`, the position of the code it belongs to."""
    return np.repeat(np.arange(len(codes)), [code.width for code in codes])


def code_values(code: ColumnCode) -> dict[str, Any]:
    """Return a code as JSON values."""
    return {
        "name": code.name,
        "kind": str(code.kind),
        "means": dict(code.means),
        "other": code.other,
        "unnamed": code.unnamed,
    }


def code_from_values(values: Mapping[str, Any]) -> ColumnCode:
    """Rebuild a code from JSON values."""
    means = {str(key): float(mean) for key, mean in values["means"].items()}
    return ColumnCode(
        name=str(values["name"]),
        kind=str(values["kind"]),
        means=means,
        other=float(values["other"]),
        unnamed=bool(values.get("unnamed", False)),
    )


def _level_keys(column: pd.Series) -> list[tuple[str, ...]]:
    return [() if text is None else (text,) for text in texts(column)]


def _word_keys(column: pd.Series) -> list[tuple[str, ...]]:
    return [() if text is None else tuple(words(text)) for text in texts(column)]


def _means_by_key(
    keys: list[tuple[str, ...]], imitated: Array, fewest: int = 1
) -> dict[str, float]:
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for row, found in zip(imitated.tolist(), keys, strict=True):
        for key in found:
            sums[key] = sums.get(key, 0.0) + row
            counts[key] = counts.get(key, 0) + 1
    mean = float(imitated.mean())
    often = [key for key, count in counts.items() if count >= fewest]
    kept = sorted(often, key=lambda key: (-counts[key], key))[:MOST_LEVELS]
    return {
        key: round((sums[key] + PRIOR_ROWS * mean) / (counts[key] + PRIOR_ROWS), 6) for key in kept
    }
