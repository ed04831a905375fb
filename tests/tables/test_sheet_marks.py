"""How far a sheet reaches is the same however its places are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from upshot.tables.sheet_marks import _ANY, _column_number, _usual_reach

_PLACES = st.from_regex(r"[A-Z]{0,4}[0-9]{0,9}[\"x]?", fullmatch=True)
_PARTS = st.one_of(
    _PLACES.map(lambda place: f'<c r="{place}'.encode()),
    st.sampled_from(
        [b'<row r="12">', b"r", b' r="', b'<v>3</v> r="A', b"</c>", b'A1"', b' r=" r="B2"']
    ),
)


@given(st.lists(_PARTS, max_size=12).map(b"".join))
def test_places_looked_for_at_once_are_those_of_the_patterns(text: bytes) -> None:
    in_column, in_row = _ANY
    # The fast way asks for a space before the name of the attribute, as every program writes it.
    spaced = text.replace(b"<r", b"< r")
    columns = max(map(_column_number, in_column.findall(spaced)), default=0)
    rows = max(map(int, in_row.findall(spaced)), default=0)
    found = _usual_reach(spaced)
    assert found[0] <= columns
    assert found[1] <= rows
    usual = spaced.replace(b' r="', b"\0").replace(b"r=", b"q=").replace(b"\0", b' r="')
    columns = max(map(_column_number, in_column.findall(usual)), default=0)
    rows = max(map(int, in_row.findall(usual)), default=0)
    assert _usual_reach(usual) == (columns, rows)
