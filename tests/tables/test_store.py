from __future__ import annotations

import pandas as pd
import pytest

from upshot.errors import FileProblem
from upshot.tables.store import load, save


@pytest.fixture
def table(read_text):
    return read_text("Name,Größe,when\n" + "Anna,1.5,2024-01-01\nBen,,2024-02-01\n" * 10)


def test_a_table_comes_back_as_it_was(table, tmp_path):
    save(table, tmp_path / "t.parquet")
    back = load(tmp_path / "t.parquet")
    assert back.raw.equals(table.raw)
    assert back.schema == table.schema
    assert back.notes == table.notes
    assert back.source == table.source
    pd.testing.assert_frame_equal(back.data, table.data)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize("data", [b"", b"PAR1", b"hello"])
def test_a_damaged_store_is_refused(tmp_path, data):
    (tmp_path / "t.parquet").write_bytes(data)
    with pytest.raises(FileProblem, match="damaged"):
        load(tmp_path / "t.parquet")


def test_a_flipped_byte_and_a_missing_file_are_problems(table, tmp_path):
    with pytest.raises(FileProblem, match="gone"):
        load(tmp_path / "none.parquet")


def test_a_failed_save_leaves_nothing_behind(table, tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    def fail(*args, **kwargs):
        raise OSError("disk full")

    before = set(tmp_path.iterdir())
    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(FileProblem, match="disk full"):
        save(table, tmp_path / "t.parquet")
    assert set(tmp_path.iterdir()) == before
