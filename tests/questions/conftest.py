"""Small tables built in memory, so that these tests need no reader."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from upshot.tables.schema import BooleanFormat, Column, Kind, Personal, Schema
from upshot.tables.table import Source, Table

MakeTable = Callable[..., Table]


def kind_of(series: pd.Series) -> Kind:
    """A plain guess, good enough for frames made by tests."""
    filled = series.dropna()
    if filled.nunique() <= 1:
        return Kind.CONSTANT
    if pd.api.types.is_bool_dtype(filled):
        return Kind.BOOLEAN
    if pd.api.types.is_datetime64_any_dtype(series):
        return Kind.DATETIME
    if pd.api.types.is_numeric_dtype(series):
        return Kind.NUMBER
    if set(filled.astype(str).str.lower()) in ({"yes", "no"}, {"true", "false"}):
        return Kind.BOOLEAN
    if filled.nunique() > 0.9 * len(filled) and len(filled) > 50:
        return Kind.IDENTIFIER
    return Kind.CATEGORY if filled.nunique() <= 300 else Kind.TEXT


def typed(series: pd.Series, kind: Kind) -> pd.Series:
    """The cells as `Table.data` promises them."""
    if kind is Kind.NUMBER:
        return series.astype("float64")
    if kind is Kind.BOOLEAN:
        spelled = series.map(lambda cell: cell if pd.isna(cell) else str(cell).lower())
        return spelled.map({"yes": True, "true": True, "no": False, "false": False}).astype(
            "boolean"
        )
    if kind is Kind.DATETIME:
        return series.astype("datetime64[us]")
    texts = series.map(lambda cell: cell if pd.isna(cell) else str(cell)).astype("str")
    return texts.astype("category") if kind is Kind.CATEGORY else texts


def build(
    frame: pd.DataFrame,
    kinds: dict[str, Kind] | None = None,
    personal: dict[str, Personal] | None = None,
    source: Source | None = None,
) -> Table:
    kinds = {name: kind_of(frame[name]) for name in frame.columns} | (kinds or {})
    columns = tuple(
        Column(
            name,
            kinds[name],
            personal=(personal or {}).get(name),
            boolean=BooleanFormat(("yes", "true"), ("no", "false"))
            if kinds[name] is Kind.BOOLEAN
            else None,
        )
        for name in frame.columns
    )
    raw = pa.table(
        {
            name: pa.array([None if pd.isna(v) else str(v) for v in frame[name]], pa.string())
            for name in frame.columns
        }
    )
    table = Table(raw, Schema(columns), (), source or Source("leads.csv", "csv"))
    data = pd.DataFrame({name: typed(frame[name], kinds[name]) for name in frame.columns})
    table.__dict__["data"] = data
    return table


@pytest.fixture
def make_table() -> MakeTable:
    return build


@pytest.fixture
def leads() -> pd.DataFrame:
    """600 made-up leads of whom about a third convert, more of those who visit often."""
    rng = np.random.default_rng(0)
    n = 600
    visits = rng.poisson(3, n)
    converted = (rng.random(n) < 1 / (1 + np.exp(1.6 - 0.35 * visits))).astype(int)
    return pd.DataFrame(
        {
            "Lead ID": [f"L-{i:05d}" for i in range(n)],
            "Created": pd.Timestamp("2026-01-01") + pd.to_timedelta(rng.integers(0, 90, n), "D"),
            "Source": rng.choice(["Search", "Email", "Fair"], n),
            "Visits": visits.astype(float),
            "Minutes": rng.gamma(2, 5, n).round(1),
            "Converted": converted,
        }
    )
