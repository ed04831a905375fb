"""A person says how a file is to be read, and later files are read the same way."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from upshot.errors import FileProblem
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables import read
from upshot.tables.again import read_like
from upshot.tables.options import ReadOptions
from upshot.tables.schema import Kind, Schema


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str, encoding: str = "utf-8", name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return written


LEADS = "".join(f"Käufer {i};{i},50;offen\n" for i in range(1, 30))


def test_delimiter_quote_and_header_are_followed(write):
    path = write(f"Name;Wert;Stand\n{LEADS}")
    assert len(read(path, options=ReadOptions(delimiter=",")).schema.names) == 2
    one = read(path, options=ReadOptions(delimiter=""))
    assert one.raw.column(0)[0].as_py() == "Käufer 1;1,50;offen"
    numbered = read(path, options=ReadOptions(header_rows=0))
    assert numbered.schema.names == ("column_1", "column_2", "column_3")
    assert numbered.raw.column(0)[0].as_py() == "Name"
    assert numbered.source.header_row is None


def test_a_delimiter_of_two_signs_is_followed(write):
    path = write("a::b\n1::x:y\n2::z\n")
    table = read(path, options=ReadOptions(delimiter="::"))
    assert table.schema.names == ("a", "b")
    assert table.raw.column("b").to_pylist() == ["x:y", "z"]
    assert table.source.delimiter == "::"


def test_quotes_are_text_when_a_person_says_so(write):
    path = write('size,kind\n"5"" pipe",steel\n"6"" pipe",iron\n')
    assert read(path).raw.column("size")[0].as_py() == '5" pipe'
    kept = read(path, options=ReadOptions(quote=""))
    assert kept.raw.column("size")[0].as_py() == '"5"" pipe"'


def test_the_encoding_is_followed(write):
    path = write(f"Name;Wert;Stand\n{LEADS}", "cp1252")
    assert read(path).raw.column(0)[0].as_py() == "Käufer 1"
    table = read(path, options=ReadOptions(encoding="cp1251"))
    assert table.raw.column(0)[0].as_py() == "Kдufer 1"
    assert table.source.encoding == "cp1251"


def test_the_header_line_and_skipped_lines_are_followed(write):
    path = write(f"a;b;c\n1;2;3\nName;Wert;Stand\n{LEADS}")
    table = read(path, options=ReadOptions(header=3))
    assert table.schema.names == ("Name", "Wert", "Stand")
    assert table.rows == 29
    assert table.source.header_row == 2
    assert table.source.skipped.before == 2
    assert read(path, options=ReadOptions(skip=2)).schema.names == table.schema.names
    two = read(path, options=ReadOptions(header=1, header_rows=2))
    assert two.schema.names == ("a 1", "b 2", "c 3")


def test_another_table_than_the_largest_is_taken(write):
    small = "Channel,Sessions\nEmail,12\nPaid search,40\nDirect,31\n"
    days = "Day,Visits,Revenue\n" + "".join(f"2026-10-{d:02d},{d},{d}.5\n" for d in range(1, 29))
    path = write(f"{small}\n{days}")
    assert read(path).source.table == 2
    assert read(path).source.tables == ("Channel, Sessions", "Day, Visits, Revenue")
    table = read(path, options=ReadOptions(table=1))
    assert table.schema.names == ("Channel", "Sessions")
    assert table.rows == 3
    with pytest.raises(FileProblem, match="2 tables"):
        read(path, options=ReadOptions(table=3))


def test_the_decimal_sign_decides_between_two_readings(write):
    path = write("shop;visits\nA;1.250\nB;2.125\nC;3.500\n")
    comma = read(path, options=ReadOptions(decimal=","))
    point = read(path, options=ReadOptions(decimal="."))
    assert comma.data["visits"].tolist() == [1250, 2125, 3500]
    assert point.data["visits"].tolist() == [1.25, 2.125, 3.5]


def test_a_workbook_follows_header_and_skipped_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    for i, row in enumerate([["x", "y"], ["name", "units"], *[[f"n{i}", i] for i in range(9)]]):
        sheet.write_row(i, 0, row)
    book.close()
    table = read(path, options=ReadOptions(header=2))
    assert table.schema.names == ("name", "units")
    assert table.schema.column("units").kind is Kind.NUMBER
    assert read(path, options=ReadOptions(skip=2, header_rows=0)).rows == 9
    with pytest.raises(FileProblem, match="below row"):
        read(path, options=ReadOptions(header=99))


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(encoding="no-such"),
        ReadOptions(encoding="base64"),
        ReadOptions(delimiter='"'),
        ReadOptions(quote="''"),
        ReadOptions(header=0),
        ReadOptions(header=999),
        ReadOptions(skip=-1),
        ReadOptions(header=2, header_rows=0),
        ReadOptions(header_rows=4),
        ReadOptions(table=2),
        ReadOptions(decimal="x"),
    ],
)
def test_a_choice_that_no_file_can_follow_is_refused_in_words(write, options):
    with pytest.raises(FileProblem) as caught:
        read(write("a,b\n1,2\n3,4\n"), options=options)
    assert caught.value.remedy


def test_choices_are_remembered_for_later_files(write):
    first = read(
        write(f"title;x;y\nName;Wert;Stand\n{LEADS}"),
        options=ReadOptions(header=2, encoding="utf-8"),
    )
    schema = from_jsonable(to_jsonable(first.schema), Schema).with_kind("Name", Kind.TEXT)
    assert schema.reading == ReadOptions(header=2, encoding="utf-8")
    later = read_like(write(f"title;x;y\nName;Wert;Stand\n{LEADS[:100]}", name="b.csv"), schema)
    assert later.schema.names == first.schema.names
    assert "read-differently" not in {note.code for note in later.notes}


def test_a_later_file_of_another_shape_is_read_as_it_is(write):
    first = read(write(f"title;x;y\nName;Wert;Stand\n{LEADS}"), options=ReadOptions(header=2))
    for text in (f"Name;Wert;Stand\n{LEADS}", "Name,Wert,Stand\nA,1,x\nB,2,y\n", "Name\nA\n"):
        later = read_like(write(text, name="b.csv"), first.schema)
        assert later.schema.names[0] == "Name"
        assert "read-differently" in {note.code for note in later.notes}
