"""Quotation marks that break the rules, and lines pasted in from another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from upshot.tables import read
from upshot.tables.dialect import Dialect
from upshot.tables.quotes import has_stray_quotes, split_leniently

HEADER = ["Date", "Product", "Note", "Price", "Remark"]
ROWS = [
    [f"{day:02d}/11/2024", "Kids' jacket", "Warm, light; it's made to last", f"{day}.5", "ok"]
    for day in range(1, 13)
]


def written(path: Path, rows: list[str], header: str = ",".join(HEADER)) -> list[list[str | None]]:
    path.write_text("\r\n".join([header, *rows]) + "\r\n", "utf-8")
    table = read(path)
    assert table.schema.names == tuple(HEADER)
    return [list(row.values()) for row in table.raw.to_pylist()]


def quoted(row: list[str], delimiter: str = ",", quote: str = '"') -> str:
    cells = [f"{quote}{cell}{quote}" if delimiter in cell else cell for cell in row]
    return delimiter.join(cells)


def test_an_apostrophe_inside_single_quotes_belongs_to_the_text(tmp_path: Path) -> None:
    assert written(tmp_path / "a.csv", [quoted(row, quote="'") for row in ROWS]) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_line_with_another_delimiter_is_still_a_row(tmp_path: Path, delimiter: str) -> None:
    lines = [quoted(row) for row in ROWS]
    lines[4] = quoted(ROWS[4], delimiter)
    assert written(tmp_path / "a.csv", lines) == ROWS


@pytest.mark.parametrize("column", [0, 1, 2, 3])
def test_a_quote_that_never_closes_costs_no_cell(tmp_path: Path, column: int) -> None:
    lines = [quoted(row) for row in ROWS]
    cells = [f'"{cell}"' if "," in cell else cell for cell in ROWS[4]]
    cells[column] = '"' + cells[column]
    lines[4] = ",".join(cells)
    got = written(tmp_path / "a.csv", lines)
    assert got[:4] + got[5:] == ROWS[:4] + ROWS[5:]
    assert [str(cell).strip('"') for cell in got[4]] == ROWS[4]


def test_a_short_row_keeps_its_quoted_cells_whole(tmp_path: Path) -> None:
    lines = [quoted(row) for row in ROWS]
    lines[4] = quoted(ROWS[4][1:])
    assert written(tmp_path / "a.csv", lines)[4] == [*ROWS[4][1:], None]


def test_quotes_in_unquoted_cells_are_no_strays() -> None:
    assert not has_stray_quotes('a,5" pipe,c\n"b",x,y', Dialect())
    assert has_stray_quotes('a,"so "called" thing",c', Dialect())


def test_a_line_that_no_reading_makes_whole_is_given_up() -> None:
    assert split_leniently('a,"b"', Dialect(), 4) is None
    assert split_leniently('"' * 3_000 + "," * 300, Dialect(), 250) is None
