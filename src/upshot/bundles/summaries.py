"""How each column was spread over the training rows, kept to notice later that a file differs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.bundles.manifest import ColumnSummary, Fingerprint
from upshot.learning.state import Array
from upshot.tables.schema import Column, Kind, Schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_BINS = 10
_LEVELS = 20
_KNOWN = 2_000
_HASHED_ROWS = 100_000
_HAS_EDGES = {Kind.NUMBER, Kind.DATETIME}
_HAS_LEVELS = {Kind.CATEGORY, Kind.BOOLEAN, Kind.CONSTANT}


def summarise(features: pd.DataFrame, schema: Schema) -> tuple[ColumnSummary, ...]:
    """Summarise each column of the training rows."""
    return tuple(_summarise_column(features[column.name], column) for column in schema.columns)


def bin_counts(values: pd.Series[Any], summary: ColumnSummary) -> Array:
    """Count the rows in each bin of `summary`; the last bin is "missing"."""
    missing = int(values.isna().sum())
    present = values.dropna()
    if summary.kind in _HAS_EDGES:
        numbers = as_numbers(present)
        places = np.searchsorted(np.asarray(summary.edges), numbers, side="left")
        counts = np.bincount(places, minlength=len(summary.edges) + 1)
    else:
        by_level = present.astype("str").value_counts()
        known = [int(by_level.get(level, 0)) for level in summary.levels]
        counts = np.array([*known, len(present) - sum(known)])
    return np.append(counts, missing)


def as_numbers(values: pd.Series[Any]) -> Array:
    """Numbers as they are, dates as seconds since 1970; values must not be missing."""
    if values.dtype.kind == "M":
        return values.to_numpy("datetime64[us]").astype("int64") / 1e6
    return values.to_numpy("float64")


def _summarise_column(values: pd.Series[Any], column: Column) -> ColumnSummary:
    present = values.dropna()
    edges: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    if column.kind in _HAS_EDGES and len(present):
        inner = np.linspace(0, 1, _BINS + 1)[1:-1]
        edges = tuple(float(e) for e in np.unique(np.quantile(as_numbers(present), inner)))
    elif column.kind in _HAS_LEVELS and column.personal is None:
        counts = present.astype("str").value_counts()
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        names = tuple(str(level) for level, count in ordered if count)
        # A pseudonym is told to nobody, so how each one is spread is not watched either.
        levels = () if column.pseudonyms else names[:_LEVELS]
        known = names if len(names) <= _KNOWN else ()
    empty = ColumnSummary(column.name, column.kind.value, edges, levels, (), known)
    shares = bin_counts(values, empty) / max(len(values), 1)
    return ColumnSummary(
        column.name, column.kind.value, edges, levels, tuple(float(s) for s in shares), known
    )


def fingerprint(raw: pa.Table) -> Fingerprint:
    """Hash the cells of a table: the same cells under the same names give the same fingerprint.

    It tells whether two models learned from the same data; the data cannot be read out of it.
    """
    digest = hashlib.sha256()
    for name in raw.column_names:
        digest.update(f"{len(name)}:{name}".encode())
        for start in range(0, raw.num_rows, _HASHED_ROWS):
            _hash_cells(digest, raw.column(name).slice(start, _HASHED_ROWS))
    return Fingerprint(raw.num_rows, raw.num_columns, digest.hexdigest())


def _hash_cells(digest: Any, cells: pa.ChunkedArray) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        texts = pc.cast(cells, pa.large_string()).to_pylist()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        texts = [None if cell is None else str(cell) for cell in cells.to_pylist()]
    lengths = np.fromiter((-1 if t is None else len(t) for t in texts), "<i8", len(texts))
    digest.update(lengths.tobytes())
    digest.update("".join(text for text in texts if text).encode("utf-8", "surrogatepass"))
