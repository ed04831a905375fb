"""How far a sheet reaches is the same however its places are looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.tables.sheet_marks import _ANY, _column_number, _reach, _usual_reach

_PLACES = st.from_regex(r"[A-Zxfd]{0,4}[0-9]{0,9}[\"x]?", fullmatch=True)
_PARTS = st.one_of(
    _PLACES.map(lambda place: f'<c r="{place}'.encode()),
    st.sampled_from([b'<row r="12">', b" r", b' r="', b'<v>3</v> r="A', b"</c>", b'A1"', b"="]),
)


@given(st.lists(_PARTS, max_size=12).map(b"".join))
def test_places_looked_for_at_once_are_those_of_the_patterns(text: bytes) -> None:
    in_column, in_row = _ANY
    # The patterns also find what is no attribute of its own; only a space begins one.
    text = text.replace(b"r=", b"q=").replace(b" q=", b" r=").replace(b'="="', b'"')
    columns = max(map(_column_number, in_column.findall(text)), default=0)
    rows = max(map(int, in_row.findall(text)), default=0)
    assert _reach(text) == (columns, rows)
    assert _usual_reach(text) in {None, (columns, rows)}


def test_places_in_small_letters_reach_as_far() -> None:
    assert _usual_reach(b'<row r="1"><c r="A1"/><c r="xfd9"/>') == (16_384, 9)


@pytest.mark.parametrize(
    "written", ['r = "XFD9"', 'r= "XFD9"', "r='XFD9'", '\nr="XFD9"', '\tr="XFD9"']
)
def test_places_written_as_xml_allows_are_found(written: str) -> None:
    assert _reach(f'<row r="1"><c r="A1"/><c {written}/>'.encode()) == (16_384, 9)
