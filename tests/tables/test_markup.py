"""Web pages and XML that were saved under the name of a workbook."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.options import ReadOptions
from upshot.tables.schema import Kind

ROWS = [(f"Käse {i}", f"2025-01-{i + 1:02d}", f"{i * 1.5:.2f}") for i in range(12)]


def page(rows: list[tuple[str, ...]], *, before: str = "", after: str = "", row: str = "td") -> str:
    body = "".join(
        "<tr>" + "".join(f"<{row} class=xl24>{cell}</{row}>" for cell in one) + "</tr>\n"
        for one in rows
    )
    return f"{before}<table border=1>{body}</table>{after}"


def written(tmp_path: Path, data: str | bytes, name: str = "export.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


HEADER = ("Product", "Day", "Cost")


@pytest.mark.parametrize(
    "before",
    [
        "<html><head><meta charset='utf-8'><style>td {color: red}</style></head><body>",
        "<!DOCTYPE html>\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body>",
        "",
        "<style>.num {mso-number-format: General}</style>",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0' 'x.dtd'><html><body>",
        "<!-- made by a shop --><div>",
    ],
)
def test_a_page_saved_as_a_workbook_is_read(tmp_path, before):
    table = read(written(tmp_path, page([HEADER, *ROWS], before=before)))
    assert table.source.format == "html"
    assert list(table.raw.column_names) == list(HEADER)
    assert table.raw.column("Product").to_pylist()[:2] == ["Käse 0", "Käse 1"]
    assert table.schema.column("Day").kind is Kind.DATETIME
    assert table.data["Cost"].sum() == 99


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_page_in_another_encoding(tmp_path, encoding):
    said = "<html><meta charset=windows-1252>" if encoding == "cp1252" else "<html>"
    table = read(written(tmp_path, page([HEADER, *ROWS], before=said).encode(encoding)))
    assert table.raw.column("Product")[0].as_py() == "Käse 0"


def test_tags_that_are_never_closed_end_with_the_next(tmp_path):
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in one) for one in [HEADER, *ROWS])
    table = read(written(tmp_path, f"<table>{rows}"))
    assert (table.rows, list(table.raw.column_names)) == (12, list(HEADER))


def test_spans_give_group_titles_and_repeat_values_downwards(tmp_path):
    lines = "<tr><th>Shop<th colspan=2>Sales</tr><tr><th></th><th>units</th><th>value</th></tr>"
    for shop in ("North", "South"):
        lines += f"<tr><td rowspan=3>{shop}</td><td>1</td><td>2.5</td></tr>"
        lines += "<tr><td>2</td><td>3.5</td></tr>" * 2
    table = read(written(tmp_path, f"<table>{lines}</table>"))
    assert list(table.raw.column_names) == ["Shop", "Sales units", "Sales value"]
    assert table.raw.column("Shop").to_pylist() == ["North"] * 3 + ["South"] * 3
    assert table.data["Sales value"].sum() == 19


def test_the_largest_table_of_a_page_is_read_and_the_others_offered(tmp_path):
    menu = "<table><caption>Menu</caption><tr><td>Home</td><td>Log out</td></tr></table>"
    laid_out = f"<html><table><tr><td>{menu}</td><td>{page([HEADER, *ROWS])}</td></tr></table>"
    path = written(tmp_path, laid_out)
    table = read(path)
    assert (table.rows, table.source.sheets) == (12, ("Menu", "Table 2"))
    assert read(path, sheet="Menu").raw.num_columns == 2


def test_text_as_a_page_shows_it(tmp_path):
    rows = [(f"a<br>b &amp;\n  c<script>x</script> {i}", f"{i}", "1") for i in range(5)]
    table = read(written(tmp_path, page([HEADER, *rows])))
    assert table.raw.column("Product")[0].as_py() == "a b & c 0"


def test_the_exact_number_that_excel_keeps_is_taken(tmp_path):
    rows = "".join(f"<tr><td>k{i}<td x:num='{i}.123'>{i}.1<td x:num>{7 + i}" for i in range(5))
    table = read(written(tmp_path, f"<table><tr><td>key<td>value<td>other{rows}</table>"))
    assert table.data["value"].tolist() == [i + 0.123 for i in range(5)]
    assert table.data["other"].tolist() == [7, 8, 9, 10, 11]


def xml_spreadsheet(sheets: dict[str, str], *, before: str = "", prefix: str = "") -> str:
    p = f"{prefix}:" if prefix else ""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    declared = f' xmlns:{prefix}="{space}"' if prefix else f' xmlns="{space}"'
    body = "".join(
        f'<{p}Worksheet ss:Name="{name}"><{p}Table>{rows}</{p}Table></{p}Worksheet>'
        for name, rows in sheets.items()
    )
    also = "" if prefix == "ss" else f' xmlns:ss="{space}"'
    return f'<?xml version="1.0"?>{before}<{p}Workbook{declared}{also}>{body}</{p}Workbook>'


def xml_row(cells: list[tuple[str, str]], *, prefix: str = "", more: str = "") -> str:
    p = f"{prefix}:" if prefix else ""
    inside = "".join(
        f'<{p}Cell><{p}Data ss:Type="{kind}">{value}</{p}Data></{p}Cell>' for kind, value in cells
    )
    return f"<{p}Row{more}>{inside}</{p}Row>"


def xml_rows(prefix: str = "") -> str:
    head = xml_row([("String", name) for name in HEADER], prefix=prefix)
    return head + "".join(
        xml_row([("String", a), ("DateTime", f"{b}T00:00:00.000"), ("Number", c)], prefix=prefix)
        for a, b, c in ROWS
    )


@pytest.mark.parametrize("prefix", ["", "ss"])
@pytest.mark.parametrize("before", ["", '<?mso-application progid="Excel.Sheet"?>\n'])
def test_an_xml_spreadsheet_keeps_its_types(tmp_path, prefix, before):
    text = xml_spreadsheet({"Costs": xml_rows(prefix)}, before=before, prefix=prefix)
    table = read(written(tmp_path, text))
    assert (table.source.format, table.source.sheet) == ("xml", "Costs")
    assert str(table.raw.column("Day").type) == "timestamp[us]"
    assert table.data["Cost"].sum() == 99
    assert table.raw.column("Product")[3].as_py() == "Käse 3"


def test_an_xml_spreadsheet_with_places_spans_and_errors(tmp_path):
    rows = '<Row ss:Index="3">' + "".join(
        f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in ("a", "b", "c")
    )
    rows += "</Row>"
    for i in range(4):
        rows += f'<Row><Cell ss:MergeDown="1"><Data ss:Type="String">g{i}</Data></Cell>'
        rows += f'<Cell ss:Index="3"><Data ss:Type="Number">{i}</Data></Cell></Row>'
        rows += '<Row><Cell ss:Index="2"><Data ss:Type="Boolean">1</Data></Cell>'
        rows += '<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>'
    sheets = {"Empty": "", "A &amp; B": rows}
    table = read(written(tmp_path, xml_spreadsheet(sheets)))
    assert table.source.sheets == ("A & B",)
    assert table.raw.column("a").to_pylist() == [f"g{i // 2}" for i in range(8)]
    assert table.raw.column("c").to_pylist() == [0, None, 1, None, 2, None, 3, None]


def test_a_bare_ampersand_does_not_end_the_reading(tmp_path):
    text = xml_spreadsheet({"Costs": xml_rows()})
    text = text.replace("Käse 3", "Fish & Chips").replace("Käse 4", "Salt &amp; Pepper &lt;3")
    table = read(written(tmp_path, text))
    assert table.raw.column("Product")[3].as_py() == "Fish & Chips"
    assert table.raw.column("Product")[4].as_py() == "Salt & Pepper <3"


BOMBS = {
    "entities": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/hostname'>]>"
    "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>&b;&c;</Workbook>",
    "far row": xml_spreadsheet({"A": xml_row([("Number", "1")], more=' ss:Index="9999999"')}),
    "far cell": xml_spreadsheet(
        {"A": '<Row><Cell ss:Index="16380" ss:MergeAcross="900"><Data>1</Data></Cell></Row>'}
    ),
    "wide": "<table>" + "<tr><td colspan=999999>1" * 5 + "<tr>" * 100_000 + "<td>1</table>",
    "a page of words": "<html><body><p>No rows.</p></body></html>",
    "an empty table": "<html><table><tr><td></td></tr></table></html>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, name):
    with pytest.raises(FileProblem) as caught:
        read(written(tmp_path, BOMBS[name]))
    assert caught.value.remedy
    assert "hostname" not in caught.value.problem


def test_deep_nesting_is_no_harm(tmp_path):
    text = "<table><tr><td>" * 5_000 + "x" + page([HEADER, *ROWS])
    with contextlib.suppress(FileProblem):
        read(written(tmp_path, text))


def test_a_text_with_a_remark_like_a_page_stays_a_text(tmp_path):
    path = written(tmp_path, "a,b\n<table>,1\nx,2\n", "a.csv")
    assert read(path).source.format == "csv"


def test_a_header_of_two_rows_that_a_person_names(tmp_path):
    table = read(written(tmp_path, page([HEADER, *ROWS])), options=ReadOptions(header_rows=0))
    assert table.rows == 13
