from __future__ import annotations

import pytest

from upshot.errors import FileProblem
from upshot.tables.table import Skipped


def codes(table):
    return [note.code for note in table.notes]


def test_every_cell_is_the_text_it_was(read_text):
    table = read_text('a,b\n 007 ,"x ""y"""\nNULL,"line\nbreak"\n,\n1,2\n')
    assert table.raw.column("a").to_pylist() == [" 007 ", "NULL", "1"]
    assert table.raw.column("b").to_pylist() == ['x "y"', "line\nbreak", "2"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_understood(read_text, end):
    table = read_text(end.join(["a,b", "1,x", "2,y", ""]))
    assert table.rows == 2
    assert table.raw.column("b").to_pylist() == ["x", "y"]


def test_lines_above_the_header_are_skipped_and_counted(read_text):
    text = (
        "Campaign Performance Report\n"
        '"Report Start: January 1, 2025, 12:00 AM"\n\n'
        "Day,Campaign,Cost,Clicks\n" + "1/2/2025,Brand,12.5,3\n1/30/2025,Shop,7.1,4\n" * 4
    )
    table = read_text(text)
    assert table.schema.names == ("Day", "Campaign", "Cost", "Clicks")
    assert table.source.header_row == 3
    assert table.source.skipped == Skipped(before=3)
    assert "lines-above" in codes(table)


def test_lines_below_the_table_are_left_out(read_text):
    rows = "Anna,Lead,3\nBen,Lead,4\n" * 5
    table = read_text("name,status,visits\n" + rows + '\n\n"All leads report"\n"Confidential"\n')
    assert table.rows == 10
    assert table.source.skipped.after == 4


def test_a_long_cell_at_the_end_is_no_footer(read_text):
    table = read_text('name,status,remark\nAnna,new,"fine\nthanks"\nBen,new,"one\ntwo\nthree"\n')
    assert table.raw.column("remark").to_pylist() == ["fine\nthanks", "one\ntwo\nthree"]


def test_a_file_without_header_gets_numbered_columns(read_text):
    table = read_text("1,0.5,x\n2,0.6,y\n3,0.7,x\n")
    assert table.schema.names == ("column_1", "column_2", "column_3")
    assert table.source.header_row is None
    assert table.rows == 3
    assert "no-header" in codes(table)


def test_blank_and_repeated_names_are_made_unique(read_text):
    table = read_text("id,,value,value\n1,a,2,3\n2,b,4,5\n")
    assert table.schema.names == ("id", "column_2", "value", "value_2")
    assert {"blank-name", "repeated-name"} <= set(codes(table))


def test_delimiters_at_the_line_ends_make_no_column(read_text):
    assert read_text("a,b,\n1,2,\n3,4,\n").schema.names == ("a", "b")


def test_a_header_one_cell_short_names_all_but_the_row_numbers(read_text):
    table = read_text("x,y\n1,0.1,a\n2,0.2,b\n3,0.3,c\n")
    assert table.schema.names == ("column_1", "x", "y")


def test_short_and_long_rows_lose_no_cell(read_text):
    table = read_text("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n")
    assert table.raw.column("c").to_pylist() == ["3", None, "8", "1"]
    assert table.raw.column("column_4").to_pylist() == [None, None, "9", None]
    assert {"short-rows", "long-rows"} <= set(codes(table))


def test_a_quote_that_is_never_closed_swallows_nothing(read_text):
    plain = [f"{i},word {i},{i * 2}" for i in range(50)]
    plain[10] = '10,"open,20'
    table = read_text("\n".join(["id,text,n", *plain]))
    assert table.rows == 50
    assert table.raw.column("text")[10].as_py() == '"open'
    quoted = [f'{i},"word, {i}",{i * 2}' for i in range(50)]
    quoted[10] = '10,"open,20'
    table = read_text("\n".join(["id,text,n", *quoted]))
    assert table.rows == 50
    assert "unclosed-quote" in codes(table)


def test_comment_lines_are_left_out(read_text):
    table = read_text("# made today\na;b\n1;3\n# in between\n6;7\n4;4\n")
    assert table.schema.names == ("a", "b")
    assert table.rows == 3


def test_a_header_alone_is_a_table_without_rows(read_text):
    table = read_text("name,visits\n")
    assert table.schema.names == ("name", "visits")
    assert table.rows == 0
    assert len(table.data) == 0


def test_one_line_of_values_is_a_row_not_a_header(read_text):
    assert read_text("5,2020-01-02,7\n").rows == 1


def test_too_many_columns_are_refused(read_text):
    with pytest.raises(FileProblem, match="columns"):
        read_text(",".join(f"c{i}" for i in range(20_000)) + "\n")


def test_wide_tables_are_read(read_text):
    names = [f"c{i}" for i in range(3000)]
    table = read_text("\n".join([",".join(names), ",".join("1" * 3000), ",".join("2" * 3000)]))
    assert len(table.schema.columns) == 3000


def test_files_put_behind_each_other_are_one_table(read_text):
    part = "\ufeffid,name\n" + "".join(f"{i},Zoë {i}\n" for i in range(9))
    table = read_text(part + part)
    assert table.schema.names == ("id", "name")
    assert table.rows == 18


def test_the_codes_of_a_survey_tool_are_no_answers(read_text):
    rows = "".join(f"2024-01-{i + 1:02d},{i}\n" for i in range(9))
    codes = '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n'
    table = read_text(f"StartDate,Q1\nStart Date,How many?\n{codes}{rows}")
    assert table.schema.names == ("Start Date", "Q1 How many?")
    assert table.rows == 9
    assert "codes-of-columns" in {note.code for note in table.notes}
