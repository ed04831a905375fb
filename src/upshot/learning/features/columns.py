"""From typed columns to plain arrays: numbers, codes of levels, days, texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.state import Array
from upshot.tables.schema import Kind, Schema

if TYPE_CHECKING:
    import pandas as pd

# float32 overflows to infinity beyond this; nothing a marketer counts comes near.
_LARGEST = 1e37
# Roles of columns that hold several facts; `split.SPLITTERS` takes them apart.
_SPLIT = frozenset({"url", "tags"})
_MICROSECONDS_PER_DAY = 86_400_000_000


@dataclass(frozen=True)
class Roles:
    """Which columns are read in which way, fixed when fitting.

    `orders` gives the levels of ordered categories from low to high; `split` names how a column
    that holds several facts is taken apart. Both kinds of column stand in another role as well.
    """

    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)


def find_roles(features: pd.DataFrame, schema: Schema) -> Roles:
    """Sort columns by how they are stored, and by the schema where storage does not tell.

    Columns without any value are left out: there is nothing to learn from them.
    """
    import pandas as pd

    found: dict[str, list[str]] = {"numbers": [], "dates": [], "categories": [], "texts": []}
    for name in features.columns:
        column = features[name]
        kind = schema.column(name).kind if name in schema else None
        if kind is Kind.CONSTANT or not column.notna().any():
            continue
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            found["dates"].append(name)
        elif pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column):
            found["numbers"].append(name)
        elif kind is Kind.TEXT:
            found["texts"].append(name)
        else:
            found["categories"].append(name)
    used = {name for names in found.values() for name in names}
    known = [column for column in schema.columns if column.name in used]
    return Roles(
        **{role: tuple(names) for role, names in found.items()},
        orders={c.name: c.levels for c in known if c.levels and c.name in found["categories"]},
        split={c.name: c.role for c in known if c.role in _SPLIT and _is_words(c.kind)},
    )


def _is_words(kind: Kind) -> bool:
    return kind in (Kind.TEXT, Kind.CATEGORY)


def read_numbers(features: pd.DataFrame, names: tuple[str, ...]) -> Array:
    """Return numbers and yes/no columns as float64 with NaN; absent columns are all missing."""
    block = np.full((len(features), len(names)), np.nan)
    for position, name in enumerate(names):
        if name in features.columns:
            values = features[name].to_numpy(dtype=np.float64, na_value=np.nan)
            block[:, position] = np.where(np.abs(values) < _LARGEST, values, np.nan)
    return block


def read_days(features: pd.DataFrame, names: tuple[str, ...]) -> Array:
    """Return dates as days since 1970, with fractions, NaN where missing."""
    block = np.full((len(features), len(names)), np.nan)
    for position, name in enumerate(names):
        if name in features.columns:
            stamps = features[name].to_numpy(dtype="datetime64[us]")
            days = stamps.astype(np.int64) / _MICROSECONDS_PER_DAY
            block[:, position] = np.where(np.isnat(stamps), np.nan, days)
    return block


def read_levels(features: pd.DataFrame, name: str) -> tuple[Array, list[str]]:
    """Return per row the position of its level (−1 is missing), and the levels as text."""
    import pandas as pd

    if name not in features.columns:
        return np.full(len(features), -1, dtype=np.int64), []
    column = features[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, dtype=np.int64), [str(v) for v in column.cat.categories]
    codes, levels = pd.factorize(column, use_na_sentinel=True)
    return np.asarray(codes, dtype=np.int64), [str(level) for level in levels]
