from __future__ import annotations

import time

import pytest

from upshot.errors import FileProblem
from upshot.tables import safely
from upshot.tables.options import ReadOptions
from upshot.tables.safely import Limits, preview_in_child, read_in_child


def test_a_table_comes_back_from_the_child(tmp_path):
    path = tmp_path / "a1b2"
    path.write_text("name,visits\nAnna,3\nBen,4\n")
    table = read_in_child(path, name="leads.csv")
    assert table.rows == 2
    assert table.source.file == "leads.csv"


def test_a_problem_comes_back_with_its_remedy(tmp_path):
    path = tmp_path / "a1b2"
    path.write_bytes(b"")
    with pytest.raises(FileProblem, match=r"leads\.csv.*empty") as caught:
        read_in_child(path, name="leads.csv")
    assert caught.value.remedy


def test_too_long_and_too_much_memory_are_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,visits\n" + "Anna,3\n" * 10)
    started = time.monotonic()
    with pytest.raises(FileProblem, match="too long"):
        read_in_child(path, limits=Limits(0.01, 1024**3))
    assert time.monotonic() - started < 5
    with pytest.raises(FileProblem, match="more memory"):
        read_in_child(path, limits=Limits(60, 1024 * 1024))


def test_a_crash_of_the_child_is_a_problem_of_the_file(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(safely, "_run", lambda *args: safely._Outcome(-6))
    with pytest.raises(FileProblem, match="broke the reader"):
        read_in_child(path)


def test_choices_and_previews_go_through_the_child(tmp_path):
    path = tmp_path / "a1b2"
    path.write_text("title\nname;visits\nAnna;3,5\nBen;4,25\n")
    options = ReadOptions(header=2, delimiter=";")
    assert read_in_child(path, options=options).schema.reading == options
    seen = preview_in_child(path, name="leads.csv", options=options)
    assert seen.source.file == "leads.csv"
    assert seen.columns[0][0] == "name"
    assert seen.rows[0] == ("Anna", "3.5")
    assert seen.lines[:2] == ("title", "name;visits")
    with pytest.raises(FileProblem, match="below line"):
        preview_in_child(path, options=ReadOptions(header=40))
