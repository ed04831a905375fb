"""Tables drawn with signs are read as what stands between the signs."""

from __future__ import annotations

import pytest

NAMES = ["id", "shop", "paid"]
ROWS = [[str(100 + i), ("Big Fish Ltd", "Zed")[i % 2], f"{i}.50"] for i in range(12)]


def _barred(header: str, rule: str, row: str, end: str = "") -> str:
    lines = [header.format(*NAMES), rule, *(row.format(*cells) for cells in ROWS), end]
    return "\n".join(lines) + "\n"


DRAWN = {
    "a database's terminal": _barred(
        " {:<4} | {:<12} | {:>6} ", "------+--------------+--------", " {:>4} | {:<12} | {:>6} ",
        "(12 rows)\n",
    ),
    "a boxed table": "+------+--------------+--------+\n"
    + _barred("| {:<4} | {:<12} | {:<6} |", "+------+--------------+--------+",
              "| {:>4} | {:<12} | {:>6} |", "+------+--------------+--------+"),
    "a table in Markdown": _barred("| {} | {} | {} |", "|---|:---|---:|", "| {} | {} | {} |"),
    "dashes below the names": _barred("{:<5} {:<13} {:>6}", "----- ------------- ------",
                                      "{:<5} {:<13} {:>6}"),
    "a list of a business system": "All shops\n\n" + "-" * 34 + "\n" + _barred(
        "|{:<5} |{:<13} |{:>6}|", "-" * 34, "|{:<5} |{:<13} |{:>6}|", "-" * 34),
    "columns of a fixed width": "\n".join(
        "{:<5}{:<13}{:>6}".format(*cells) for cells in (NAMES, *ROWS)) + "\n",
}  # fmt: skip


@pytest.mark.parametrize("case", DRAWN)
def test_the_cells_stand_between_the_signs(read_text, case):
    table = read_text(DRAWN[case])
    assert list(table.raw.column_names) == NAMES
    assert [list(row.values()) for row in table.raw.to_pylist()] == ROWS
    assert "drawn-table" in {note.code for note in table.notes}


def test_a_line_of_dashes_above_a_plain_file_draws_nothing(read_text):
    rows = "".join(f"{i},a|b,{i}.5\n" for i in range(10))
    table = read_text(f"Report\n------\nid,tags,paid\n{rows}")
    assert list(table.raw.column_names) == ["id", "tags", "paid"]
    assert table.raw.column("tags")[0].as_py() == "a|b"


def test_sentences_below_each_other_are_no_columns(read_text):
    table = read_text("comment\n" + "it is a day\nhe was so good to us\nno\n" * 4)
    assert list(table.raw.column_names) == ["comment"]
