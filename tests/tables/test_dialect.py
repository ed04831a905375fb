from __future__ import annotations

import pytest

from upshot.tables.dialect import find_dialect


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_common_delimiters_are_found(delimiter):
    rows = [["name", "city", "visits"], ["Anna", "Bonn, am Rhein", "3"], ["Ben", "Ulm", "4"]]
    text = "\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows
    )
    assert find_dialect(text).delimiter == delimiter


def test_decimal_commas_do_not_win_over_semicolons():
    text = "day;cost;clicks\n" + "01.02.2025;1.234,56;7\n02.02.2025;12,50;9\n" * 5
    assert find_dialect(text).delimiter == ";"


@pytest.mark.parametrize(
    "text",
    [
        "time\n05:40\n21:30\n17:45\n",
        "when\n2020-01-01 01:02:03\n2020-01-02 01:02:03\n",
        '"Dec 8, 2022"\n"Sep 26, 2022"\n"Aug 31, 2022"\n',
        "100,000.00\n300,000.20\n50\n",
    ],
)
def test_one_column_stays_one_column(text, read_text):
    assert len(read_text(text).schema.columns) == 1


def test_words_in_one_column_are_not_split_at_spaces(read_text):
    table = read_text("remark\nvery nice shop\nslow delivery\nwould buy again\n")
    assert table.schema.names == ("remark",)
    assert table.rows == 3


def test_single_quotes_are_quotes_only_where_they_enclose_cells(read_text):
    quoted = read_text("a,b\n'x, y','1'\n'z, w','2'\n")
    assert quoted.raw.column("a").to_pylist() == ["x, y", "z, w"]
    apostrophes = read_text("a,b\n'tis,1\nO'Brien,2\n")
    assert apostrophes.raw.column("a").to_pylist() == ["'tis", "O'Brien"]


def test_backslash_escapes_are_understood(read_text):
    table = read_text('id,text\n1,"say \\"hi\\", please"\n2,"ok"\n')
    assert table.raw.column("text").to_pylist() == ['say "hi", please', "ok"]


def test_an_excel_hint_line_is_obeyed_and_left_out(read_text):
    table = read_text("sep=;\na;b\n1;2\n")
    assert table.schema.names == ("a", "b")
    assert table.rows == 1


def test_columns_aligned_with_spaces_are_read(read_text):
    lines = [f" {i:05d}  199701{i % 28 + 1:02d}  {i % 5}  {i * 1.5:7.2f}" for i in range(1, 40)]
    table = read_text("\n".join([" id     date      cds  value", *lines]))
    assert table.schema.names == ("id", "date", "cds", "value")
    assert table.rows == 39


def test_a_space_before_an_opening_quote_is_no_part_of_the_cell(read_text):
    table = read_text('"Year", "Score", "Title"\n1968,  86, "Hi, Mum"\n1970,  17, "Bloody, Mama"\n')
    assert table.raw.column("Title").to_pylist() == ["Hi, Mum", "Bloody, Mama"]
