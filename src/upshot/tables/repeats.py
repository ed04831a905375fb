"""Rows that say the same as an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

# So many rows are quick to look at.
_FEW = 10_000
# An odd multiplier per column keeps equal codes in different columns apart (Knuth's 2^64 / φ).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def repeats(raw: pa.Table) -> Array:
    """Which rows repeat an earlier one in every cell."""
    import pandas as pd

    found = np.zeros(raw.num_rows, dtype=bool)
    if raw.num_rows < 2 or not raw.num_columns:
        return found
    rows = np.arange(raw.num_rows)
    hashed = np.zeros(raw.num_rows, dtype=np.uint64)
    # The column that tells most rows apart comes first: of the others only the rows count that
    # are still alike.
    for place, name in enumerate(sorted(raw.column_names, key=lambda name: -_variety(raw, name))):
        column = raw.column(name)
        codes = _codes(column if len(rows) == raw.num_rows else column.take(rows))
        hashed = hashed * _SPREAD + codes + np.uint64(place)
        if place == 0 or len(rows) > _FEW:
            alike = pd.Series(hashed).duplicated(keep=False).to_numpy()
            rows, hashed = rows[alike], hashed[alike]
        if not len(rows):
            return found
    found[rows] = pd.Series(hashed).duplicated().to_numpy()
    return found


def _variety(raw: pa.Table, name: str) -> int:
    """How many values the first rows of a column hold."""
    import pyarrow.compute as pc

    return int(pc.count_distinct(raw.column(name).slice(0, _FEW)).as_py())


def earlier_by(keys: Array) -> Array:
    """Which rows have a key that stands again further down; rows without a key (-1) never."""
    import pandas as pd

    again = pd.Series(keys).duplicated(keep="last").to_numpy()
    return np.asarray(again & (keys >= 0), dtype=bool)


def _codes(column: pa.ChunkedArray) -> Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    codes = pc.fill_null(column.dictionary_encode().indices, -1)
    return np.asarray(codes.to_numpy(zero_copy_only=False)).astype(np.int64).astype(np.uint64)
