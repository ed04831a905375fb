from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from upshot.tables.schema import Kind


def test_each_kind_has_its_type(read_text):
    rows = "".join(
        f"{i % 7}.5,{['yes', 'no', ''][i % 3]},2024-01-{i % 28 + 1:02d},{'ab'[i % 2]},"
        f"remark number {i} here,c-{i}9,x\n"
        for i in range(60)
    )
    data = read_text("n,b,d,c,t,code,k\n" + rows).data
    assert data["n"].dtype == "float64"
    assert data["b"].dtype == "boolean"
    assert data["d"].dtype == "datetime64[us]"
    assert isinstance(data["c"].dtype, pd.CategoricalDtype)
    assert list(data["c"].cat.categories) == ["a", "b"]
    assert data["t"].dtype == "str"
    assert data["code"].dtype == "str"
    assert data["k"].dtype == "str"
    assert data["b"].isna().sum() == 20


def test_missing_is_missing_in_every_kind(read_text):
    rows = "1.5,yes,2024-01-01,a\n,,,\n--,N/A,NULL,?\n2.5,no,2024-02-01,b\n" * 10
    data = read_text("n,b,d,c\n" + rows).data
    assert data.isna().sum().tolist() == [10, 10, 10, 10]


def test_padding_and_text_markers_are_no_part_of_a_value(read_text):
    rows = "".join(f'" {"ab"[i % 2]} ",\'0{i % 9}123\n' for i in range(40))
    data = read_text("c,zip\n" + rows).data
    assert list(data["c"].cat.categories) == ["a", "b"]
    assert data["zip"].iloc[0] == "00123"


def test_a_person_may_override_a_kind(read_text):
    table = read_text("a,b\n" + "1,x\n2,y\n" * 20)
    as_text = table.with_schema(table.schema.with_kind("a", Kind.CATEGORY))
    assert list(as_text.data["a"].cat.categories) == ["1", "2"]
    as_number = as_text.with_schema(as_text.schema.with_kind("b", Kind.NUMBER))
    assert as_number.data["b"].isna().all()
    as_boolean = table.with_schema(table.schema.with_kind("a", Kind.BOOLEAN))
    assert len(as_boolean.data) == 40


def test_override_from_text_finds_the_format_itself(read_text):
    table = read_text("when,c\n" + "01.02.2024,x\n15.03.2024,y\n" * 20)
    text = table.with_schema(table.schema.with_kind("when", Kind.TEXT))
    back = text.with_schema(text.schema.with_kind("when", Kind.DATETIME))
    assert back.data["when"].iloc[1] == pd.Timestamp("2024-03-15")


def test_native_columns_are_used_as_they_are():
    from upshot.tables.infer import infer
    from upshot.tables.typed import typed_frame

    raw = pa.table(
        {
            "amount": pa.array([1.5, None, float("inf")] * 20),
            "n": pa.array([3, None, 5, 8] * 15, type=pa.int64()),
            "at": pa.array([0, None, 86_400_000_000] * 20, type=pa.timestamp("us")),
            "ok": pa.array([True, False, None] * 20),
            "zip": pa.array([1234.0, 5678.0, None] * 20),
        }
    )
    data = typed_frame(raw, infer(raw).schema)
    assert np.isnan(data["amount"].iloc[2])
    assert data["n"].iloc[0] == 3
    assert data["at"].iloc[2] == pd.Timestamp("1970-01-02")
    assert data["ok"].dtype == "boolean"
    assert list(data["zip"].cat.categories) == ["1234", "5678"]
