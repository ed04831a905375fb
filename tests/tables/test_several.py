"""Several tables below each other in one text file."""

from __future__ import annotations

from pathlib import Path

from upshot.tables import read

DAYS = "Day,Sessions,Revenue\n" + "".join(f"2026-10-{d:02d},{d * 7},{d}.5\n" for d in range(1, 29))
CHANNELS = "Channel,Sessions\nEmail,12\nPaid search,40\nDirect,31\n"


def read_text(folder: Path, text: str):
    path = folder / "export.csv"
    path.write_text(text, "utf-8")
    return read(path)


def test_the_largest_of_several_tables_is_read_and_the_others_are_said(tmp_path: Path) -> None:
    table = read_text(tmp_path, f"{CHANNELS}\n\n{DAYS}")
    assert table.schema.names == ("Day", "Sessions", "Revenue")
    assert table.rows == 28
    assert table.source.header_row == 6
    note = next(note for note in table.notes if note.code == "several-tables")
    assert "2 tables" in note.message
    assert "line 7" in note.message


def test_a_table_below_another_adds_no_rows_to_it(tmp_path: Path) -> None:
    table = read_text(tmp_path, f"# Start date: 20261001\n{DAYS}\n{CHANNELS}")
    assert table.rows == 28
    assert "Channel" not in table.schema.names


def test_gaps_notes_and_repeated_headers_do_not_part_a_table(tmp_path: Path) -> None:
    head, *rows = DAYS.splitlines()
    gap = "\n".join([head, *rows[:10], "", *rows[10:]])
    assert read_text(tmp_path, gap).rows == 28
    repeated = "\n".join([head, *rows[:10], "", head, *rows[10:]])
    assert read_text(tmp_path, repeated).rows == 28
    note = f"Report of October\nAll channels\n\n{DAYS}\nSource: the shop\n"
    assert read_text(tmp_path, note).rows == 28
