"""Files that depart from the rules in one way each are read cell by cell as they were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables.polluted import Polluted, files
from upshot.errors import FileProblem
from upshot.tables.options import AS_DETECTED
from upshot.tables.reading import parse_file

FILES = list(files())


def cells(path: Path) -> tuple[list[str], list[list[str]]]:
    raw = parse_file(path, path.name, AS_DETECTED).raw
    rows = zip(*(column.to_pylist() for column in raw.columns), strict=True)
    return list(raw.column_names), [[cell or "" for cell in row] for row in rows]


def trimmed(row: list[str]) -> list[str]:
    """A row with one kind of line end and without the empty cells at its end."""
    row = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
    while row and not row[-1]:
        row.pop()
    return row


@pytest.mark.parametrize("polluted", FILES, ids=lambda one: one.name)
def test_every_cell_is_read_as_it_was_meant(polluted: Polluted, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(polluted.data)
    names, rows = cells(path)
    wanted = list(polluted.rows)
    if polluted.header:
        assert names[: len(wanted[0])] == wanted.pop(0)
    assert [trimmed(row) for row in rows] == [trimmed(row) for row in wanted]


def test_a_file_without_any_content_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    for data in (b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"   \n"):
        path.write_bytes(data)
        with pytest.raises(FileProblem, match="empty"):
            parse_file(path, path.name, AS_DETECTED)
