"""Any table, written in any dialect and locale, is read back equal."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import math
import string
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables.polluted import Written, write
from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.facts import describe
from upshot.tables.options import AS_DETECTED
from upshot.tables.reading import parse_file

PARTS = st.text(string.ascii_letters + " ,;'\"-|", min_size=1, max_size=6)
ACCENTED = st.sampled_from(["Straße", "Müller", "café", "mañana", "garçon", "àl", ""])
WORDS = st.tuples(PARTS, ACCENTED, PARTS).map("".join)
NUMBERS = st.decimals(-99999, 999999, places=2).map(float)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
ROWS = st.lists(st.tuples(WORDS, NUMBERS, DATES), min_size=3, max_size=30, unique_by=lambda r: r[1])


def written(value: float, decimal: str, thousands: str) -> str:
    text = f"{value:,.2f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=ROWS,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    marks=st.sampled_from(
        [(".", ""), (".", ","), (",", ""), (",", "."), (",", "\u202f"), (".", "'")]
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_cells_and_numbers_come_back(rows, delimiter, quoting, marks, encoding, end):
    if encoding == "cp1252" and marks[1] == "\u202f":
        marks = (",", "\u00a0")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(["remark", "amount", "day"])
    for word, number, day in rows:
        writer.writerow([f"w{word}", written(number, *marks), day.strftime("%d.%m.%Y")])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(out.getvalue().encode(encoding))
        table = read(path)
    assert table.schema.names == ("remark", "amount", "day")
    assert table.raw.column("remark").to_pylist() == [f"w{word}" for word, _, _ in rows]
    assert all(
        math.isclose(got, number, abs_tol=1e-9)
        for got, (_, number, _) in zip(table.data["amount"], rows, strict=True)
    )


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(data)
        with contextlib.suppress(FileProblem):
            describe(read(path))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12))
def test_no_text_breaks_the_reader(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(out.getvalue().encode("utf-8"))
        with contextlib.suppress(FileProblem):
            describe(read(path))


SIGNS = {
    "plain": st.sampled_from([",", ";", "\t", "|"]),
    "wide": st.sampled_from(["||", "::", "~", "^"]),
}
NAMES = ["Customer", "City", "Amount", "First visit", "Remark", "Active"]
WORDS_WRITTEN = st.lists(
    st.sampled_from(
        ["blue", "soft, warm", "a; b", "it's", 'said "so"', "Müller", "two\nlines", "x|y", "Zoë B."]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@st.composite
def written_tables(draw):
    """A table of text, number, date and yes/no columns, and how it is written."""
    width = draw(st.integers(2, 6))
    kinds = {
        "Customer": st.integers(10_000, 99_999).map(lambda n: f"C{n}"),
        "City": st.sampled_from(["Ulm", "New York", "São Paulo", "Graz, Austria", ""]),
        "Amount": NUMBERS.map(lambda n: f"{n:.2f}"),
        "First visit": DATES.map(str),
        "Remark": st.one_of(st.just(""), WORDS_WRITTEN),
        "Active": st.sampled_from(["yes", "no"]),
    }
    names = ["Customer", *draw(st.permutations(NAMES[1:]))[: width - 1]]
    row = st.tuples(*(kinds[name] for name in names)).map(list)
    rows = draw(st.lists(row, min_size=5, max_size=25))
    how = Written(
        delimiter=draw(st.one_of(*SIGNS.values())),
        quote=draw(st.sampled_from(['"', '"', "'"])),
        escape=draw(st.sampled_from(["", "", "\\"])),
        end=(end := draw(st.sampled_from(["\n", "\r\n"]))),
        last=draw(st.sampled_from(["", end])),
        always=draw(st.booleans()),
    )
    return [names, *rows], how


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=written_tables(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_every_table_written_in_any_dialect_comes_back_cell_by_cell(made, encoding):
    (names, *rows), how = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(write([names, *rows], how).encode(encoding))
        raw = parse_file(path, path.name, AS_DETECTED).raw
    assert raw.column_names == names
    found = zip(*(column.to_pylist() for column in raw.columns), strict=True)
    assert [[(c or "").replace("\r\n", "\n") for c in row] for row in found] == rows
