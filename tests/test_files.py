"""Files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from upshot.errors import FileProblem
from upshot.files import appearing, write_atomically


def test_a_failed_write_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    target = tmp_path / "scored.csv"
    target.write_text("old")

    def write_half() -> None:
        with appearing(target) as temporary:
            temporary.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_finished_write_replaces_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "scored.csv"
    target.write_text("old")
    write_atomically(target, b"new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        write_atomically(tmp_path / "nowhere" / "scored.csv", b"")
    assert "cannot be written" in caught.value.problem
    assert caught.value.remedy
