from __future__ import annotations

import datetime as dt
import decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.schema import Kind


def test_types_are_kept_and_odd_ones_made_plain(tmp_path):
    n = 40
    table = pa.table(
        {
            "n": pa.array([1.5, None] * (n // 2)),
            "small": pa.array([1, 2] * (n // 2), type=pa.int8()),
            "money": pa.array([decimal.Decimal("1.25"), None] * (n // 2)),
            "day": pa.array([dt.date(2024, 1, 2)] * (n - 1) + [dt.date(2024, 1, 3)]),
            "at": pa.array([1_704_164_400_000_000_000] * n, type=pa.timestamp("ns", "UTC")),
            "level": pa.array(["a", "b"] * (n // 2)).dictionary_encode(),
            "tags": pa.array([["x", "y"], None] * (n // 2)),
            "raw": pa.array([b"x", b"\xff"] * (n // 2)),
            "ok": pa.array([True, None] * (n // 2)),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    got = read(tmp_path / "t.parquet")
    assert got.source.format == "parquet"
    assert got.data["n"].isna().sum() == 20
    assert got.schema.column("small").kind is Kind.NUMBER
    assert got.data["money"].iloc[0] == 1.25
    assert got.data["day"].iloc[0] == pd.Timestamp("2024-01-02")
    assert got.data["level"].tolist()[:2] == ["a", "b"]
    assert got.raw.column("tags")[0].as_py() == '["x", "y"]'


def test_a_table_without_columns_is_refused(tmp_path):
    pq.write_table(pa.table({}), tmp_path / "t.parquet")
    with pytest.raises(FileProblem, match="no columns"):
        read(tmp_path / "t.parquet")
