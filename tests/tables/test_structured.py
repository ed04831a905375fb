"""What tools write around a table is left out, and every row of the table is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables.structured import Structured, files, mixed
from upshot.tables.options import AS_DETECTED
from upshot.tables.rawtable import RawTable
from upshot.tables.reading import parse_file

FILES = list(files())
# One way to write each structure of each table is enough for every day.
FEW = [one for one in FILES if "','" in one.name and one.name.endswith("wide=True")]


def parsed(one: Structured, folder: Path) -> RawTable:
    path = folder / f"file.{one.ending}"
    path.write_bytes(one.data)
    return parse_file(path, path.name, AS_DETECTED)


def check(one: Structured, folder: Path) -> None:
    raw = parsed(one, folder).raw
    rows = zip(*(column.to_pylist() for column in raw.columns), strict=True)
    assert list(raw.column_names) == one.names, one.name
    assert [[cell or "" for cell in row] for row in rows] == one.rows, one.name


@pytest.mark.parametrize("one", FEW, ids=lambda one: one.name)
def test_a_structure_is_read_as_it_was_meant(one: Structured, tmp_path: Path) -> None:
    check(one, tmp_path)


@pytest.mark.slow
def test_every_structure_in_every_writing(tmp_path: Path) -> None:
    for one in FILES:
        check(one, tmp_path)


@pytest.mark.parametrize("one", list(mixed(1, 60)), ids=lambda one: one.name)
def test_several_structures_at_once(one: Structured, tmp_path: Path) -> None:
    check(one, tmp_path)


@pytest.mark.slow
def test_many_mixtures(tmp_path: Path) -> None:
    for one in mixed(2, 2_000):
        check(one, tmp_path)


def test_the_last_rows_stay_where_they_are_only_half_filled(tmp_path: Path) -> None:
    rows = [f"u{i}@mail.example,Ann,Ulm,lead" for i in range(20)]
    kept = ["u21@mail.example,,,", "u22@mail.example,Bo,,", "Page,Ann,Ulm,lead"]
    text = "\n".join(["email,name,city,stage", *rows, *kept]) + "\n"
    one = Structured("", text.encode(), [], [])
    assert parsed(one, tmp_path).raw.num_rows == 23


def test_a_product_of_words_is_no_remark(tmp_path: Path) -> None:
    rows = [f"{word} number,{i},{i * 2},{i * 3}" for i, word in enumerate(["Tea", "Cup"] * 10)]
    text = "\n".join(["product,a,b,c", *rows, "Big brown bag,,,"]) + "\n"
    assert parsed(Structured("", text.encode(), [], []), tmp_path).raw.num_rows == 21


def test_left_out_remarks_are_said(tmp_path: Path) -> None:
    rows = [f"2025-01-{i + 1:02d},{i},{i * 2},{i * 3}" for i in range(20)]
    text = "\n".join(["day,a,b,c", *rows, "Page 1 of 3,,,"]) + "\n"
    found = parsed(Structured("", text.encode(), [], []), tmp_path)
    assert found.source.skipped.after == 1
    assert [note.code for note in found.notes] == ["lines-below"]
