"""Remarks of one sort are one line with the columns behind it; a long list waits behind a click."""

from __future__ import annotations

from django.template.loader import render_to_string

from upshot.errors import Note
from upshot.web.datasets.templatetags.named import SHOWN, quiet


def note(code: str, column: str) -> Note:
    return Note(code, f"`{column}` says something.", column, "", "info")


def test_columns_that_are_alike_are_one_line() -> None:
    notes = [*(note("constant", name) for name in "abc"), note("identifier", "id")]
    lines = quiet(notes)
    assert [line["columns"] for line in lines["first"][:1]] == [["a", "b", "c"]]
    assert "3 columns are the same in every row" in str(lines["first"][0]["message"])
    assert lines["first"][1] == notes[-1]
    assert not lines["rest"]


def test_stored_notes_are_gathered_as_well() -> None:
    stored = {"code": "constant", "message": "x", "column": "a", "remedy": "", "level": "info"}
    (line,) = quiet([stored, {**stored, "column": "b"}])["first"]
    assert line["columns"] == ["a", "b"]


def test_a_long_list_waits_behind_a_click() -> None:
    notes = [note(f"code-{n}", f"column {n}") for n in range(SHOWN + 3)]
    page = render_to_string("pages/notes.html", {"notes": notes})
    assert "3 more remarks" in page
    assert page.count("says something") == SHOWN + 3


def test_no_note_is_no_list() -> None:
    assert "<ul" not in render_to_string("pages/notes.html", {"notes": []})
