"""Rows that say the same as an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

# An odd multiplier per column keeps equal codes in different columns apart (Knuth's 2^64 / φ).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def repeats(raw: pa.Table) -> Array:
    """Which rows repeat an earlier one in every cell."""
    import pandas as pd

    if raw.num_rows < 2 or not raw.num_columns:
        return np.zeros(raw.num_rows, dtype=bool)
    hashed = np.zeros(raw.num_rows, dtype=np.uint64)
    for place, column in enumerate(raw.columns):
        hashed = hashed * _SPREAD + _codes(column) + np.uint64(place)
    return np.asarray(pd.Series(hashed).duplicated().to_numpy(), dtype=bool)


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
