"""A piece parsed straight into its types holds the cells that the careful way gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upshot.tables import read
from upshot.tables.large import parse, pieces, reading
from upshot.tables.large.stored import StoredCells
from upshot.tables.table import Table

_ROWS = 900
_NUMBERS = st.sampled_from(
    ["0", "7", "12", "-3", "2.5", "1e3", "007", "+4", " 8", "n/a", "", "many"]
)
_WORDS = st.sampled_from(["red", "blue", "", " ", '"a, b"', '"two\nlines"', "Total", "färbig", "#"])
_DAYS = st.sampled_from(["2024-01-02", "2024-12-31 10:00:00", "", "soon", "2024-1-2", "2024-02-30"])
_STRANGE = st.lists(st.tuples(st.integers(300, _ROWS - 300), _NUMBERS, _WORDS, _DAYS), max_size=6)


def _written(strange: list[tuple[int, str, str, str]], path: Path) -> Path:
    rows = [
        [f"c{n * 37 % 9973}", str(n * 7 % 40), ("red", "blue")[n % 2], f"2024-03-{n % 28 + 1:02d}"]
        for n in range(_ROWS)
    ]
    for place, number, word, day in strange:
        rows[place][1:] = [number, word, day]
    lines = ["customer,views,color,first seen", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _read(path: Path, *, fast: bool) -> Table:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "LARGE_BYTES", 1000)
        patch.setattr(reading, "HEAD_BYTES", 4_000)
        patch.setattr(pieces.pieces, "__defaults__", (3_000,))
        if not fast:
            patch.setattr(parse, "_fast", lambda text, piece, plan: None)
        return read(path)


@settings(max_examples=8, deadline=None)
@given(_STRANGE)
def test_the_fast_and_the_careful_way_give_one_table(
    strange: list[tuple[int, str, str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        path = _written(strange, Path(folder, "orders.csv"))
        fast, careful = _read(path, fast=True), _read(path, fast=False)
        assert fast.schema == careful.schema
        assert fast.notes == careful.notes
        assert isinstance(fast.raw, StoredCells) == isinstance(careful.raw, StoredCells)
        for name in fast.raw.column_names:
            assert fast.raw.column(name).to_pylist() == careful.raw.column(name).to_pylist()
