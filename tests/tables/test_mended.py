"""A person is told which lines were mended, by their number in the file."""

from __future__ import annotations

import pytest

from upshot.errors import Note
from upshot.tables.dialect import Dialect
from upshot.tables.quotes import suspect_lines

ROWS = [f"{i},shop {i % 3},{i}.50,ok" for i in range(1, 41)]


def text_with(line: str, at: int = 10) -> str:
    return "\n".join(["Report", "", "id,shop,amount,state", *ROWS[:at], line, *ROWS[at:], ""])


def note_of(table, code: str) -> Note:
    return next(note for note in table.notes if note.code == code)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("99;shop 9;9.50;ok", "foreign-lines"),
        ('99,"shop "nine"",9.50,ok', "stray-quotes"),
        ("99,shop 9", "short-rows"),
        ("99,shop 9,9.50,ok,more", "long-rows"),
    ],
)
def test_the_line_is_named_as_a_text_editor_counts(read_text, line, code):
    table = read_text(text_with(line))
    assert "line 14" in note_of(table, code).message
    assert table.rows == 41
    assert table.raw.column("id")[10].as_py() == "99"


def test_cells_of_mended_lines_are_right(read_text):
    table = read_text(text_with('99,"shop "nine"",9.50,ok'))
    assert table.raw.column("shop")[10].as_py() == 'shop "nine"'
    table = read_text(text_with("99;shop 9;9.50;ok"))
    assert table.raw.column("state")[10].as_py() == "ok"


def test_lines_are_counted_across_cells_of_several_lines(read_text):
    rows = [*ROWS[:5], '50,"shop\nof two lines",1.50,ok', *ROWS[5:], "99,shop 9"]
    table = read_text("\n".join(["id,shop,amount,state", *rows, ""]))
    assert f"line {len(ROWS) + 4}" in note_of(table, "short-rows").message


def test_several_lines_are_counted_and_three_are_named(read_text):
    text = text_with("\n".join(["1;a;1.50;ok"] * 5))
    message = note_of(read_text(text), "foreign-lines").message
    assert message.startswith("5 lines")
    assert "14, 15 and 16" in message


def test_a_stray_quote_far_behind_the_beginning_is_found(read_text):
    rows = [f'{i},"shop, {i % 3}",{i}.50,ok' for i in range(20_000)]
    rows.insert(19_000, '99,"shop "nine" at the mall",9.50,ok')
    table = read_text("\n".join(["id,shop,amount,state", *rows, ""]))
    assert table.raw.column("shop")[19_000].as_py() == 'shop "nine" at the mall'
    assert "line 19,002" in note_of(table, "stray-quotes").message


def test_only_quotes_between_letters_are_suspect():
    good = b'id,name\n1,"a ""b"" c"\n2,"d\ne"\n3,plain\n'
    assert suspect_lines(good, Dialect()) == ""
    assert suspect_lines(good + b'4,"so "called" it"\n', Dialect()) == '4,"so "called" it"\n'
