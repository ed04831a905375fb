from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path

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


def test_whole_numbers_too_large_to_count_with_stay_exact(tmp_path: Path) -> None:
    large = [2**60 + row for row in range(20)]
    unsigned = pa.array([2**64 - 1 - row for row in range(20)], type=pa.uint64())
    path = tmp_path / "events.parquet"
    pq.write_table(pa.table({"user_id": large, "hash": unsigned, "n": list(range(20))}), path)
    table = read(path)
    assert table.data["user_id"].tolist() == [str(value) for value in large]
    assert table.data["hash"].tolist() == unsigned.cast(pa.string()).to_pylist()
    assert table.data["n"].tolist() == list(range(20))
