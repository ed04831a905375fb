"""After a correction only the columns that it is about are counted again."""

from __future__ import annotations

import pytest

from upshot.errors import Remedy
from upshot.tables import read
from upshot.tables.profile import profile
from upshot.tables.profiled_again import profiled_again, read_anew
from upshot.tables.remedies import apply_remedy
from upshot.tables.schema import Kind


@pytest.fixture
def table(tmp_path):
    rows = [f"{['NYC', 'New York'][i % 2]},{i},{i * 2},2024-01-{i % 28 + 1:02d}" for i in range(60)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["city,zip,spend,day", *rows]) + "\n")
    return read(path)


def test_the_profile_is_as_if_all_were_counted(table):
    before = profile(table)
    schema = table.schema.with_kind("zip", Kind.CATEGORY).with_ignored("spend")
    schema = apply_remedy(schema, Remedy("join-values", "city", ("New York", "NYC")))
    assert read_anew(table.schema, schema) == ("city", "zip")
    changed = table.with_schema(schema)
    assert profiled_again(changed, before, table.schema) == profile(changed)
    assert profiled_again(changed) == profile(changed)


def test_other_columns_are_not_looked_at(table, monkeypatch):
    before = profile(table)
    counted = []

    def spy(few):
        counted.extend(few.schema.names)
        return profile(few)

    monkeypatch.setattr("upshot.tables.profiled_again.profile", spy)
    changed = table.with_schema(table.schema.with_kind("zip", Kind.CATEGORY))
    profiled_again(changed, before, table.schema)
    assert counted == ["zip"]
    profiled_again(table.with_schema(table.schema.with_ignored("zip")), before, table.schema)
    assert counted == ["zip"]
