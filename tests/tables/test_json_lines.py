from __future__ import annotations

import json

import pytest

from upshot.errors import FileProblem
from upshot.tables import json_lines
from upshot.tables.schema import Kind

ROWS = [
    {"id": f"c{i}", "spent": i + 0.5, "customer": {"city": "Bonn", "geo": {"zip": "01234"}},
     "tags": ["vip", "new"], "opted": i % 2 == 0}
    for i in range(30)
]  # fmt: skip


def as_lines(rows):
    return "\n".join(json.dumps(row) for row in rows) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        as_lines(ROWS),
        as_lines(ROWS).replace("\n", "\r\n\r\n"),
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        json.dumps({"data": ROWS, "page": 1}, indent=2),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_lists_and_wrapped_lists_give_the_same_table(read_text, text, encoding):
    table = read_text(text, encoding=encoding)
    assert table.source.format == "jsonl"
    assert table.schema.names == ("id", "spent", "customer.city", "customer.geo.zip", "tags",
                                  "opted")  # fmt: skip
    assert table.rows == 30
    assert table.data["spent"].tolist() == [row["spent"] for row in ROWS]
    assert table.schema.column("opted").kind is Kind.BOOLEAN
    assert table.raw.column("customer.geo.zip")[0].as_py() == "01234"
    assert table.raw.column("tags")[0].as_py() == "vip, new"


def test_missing_names_are_missing_cells_and_mixed_types_are_text(read_text):
    table = read_text('{"a": 1}\n{"b": "x", "a": null}\n{"a": "two", "b": [{"c": 1}]}\n')
    assert table.raw.column("a").to_pylist() == ["1", None, "two"]
    assert table.raw.column("b").to_pylist() == [None, "x", '[{"c": 1}]']


def test_numbers_that_fit_no_column_and_half_characters_are_kept_as_text(read_text):
    table = read_text('{"n": 99999999999999999999, "t": "\\ud800x"}\n{"n": 1, "t": "\u2028"}\n')
    assert table.raw.column("n")[0].as_py() == "99999999999999999999"
    assert table.raw.column("t")[0].as_py() == "?x"
    longer = read_text("\n".join(f'{{"a": 1, "n": {2**53 + i}}}' for i in range(5)))
    assert longer.raw.column("n")[1].as_py() == str(2**53 + 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1}\n{"a": 2\n{"a": 3}\n', "Line 2 "),
        ('{"a": 1}\n\n[1, 2]\n', "Line 3 "),
        ('[{"a": 1},\n{"a": 2},\n{"a" 3}]', "line 3"),
        ('[{"a": 1}, 2]', "Item 2 "),
        ('{"a": 1}\n{"a": ' + "[" * 200_000 + "\n", "Line 2 "),
        ('{"a": 1}\n{"a": ' + "9" * 5_000 + "}\n", "Line 2 "),
    ],
)
def test_a_broken_file_says_where(read_text, text, line):
    with pytest.raises(FileProblem, match=line) as caught:
        read_text(text)
    assert caught.value.remedy


def test_values_used_as_names_are_refused(read_text, monkeypatch):
    monkeypatch.setattr(json_lines, "MAX_CELLS", 1_000)
    with pytest.raises(FileProblem, match="too much"):
        read_text(as_lines({f"k{i}": i} for i in range(100)))


def test_text_that_only_begins_like_json_stays_text(read_text):
    assert read_text("[a],b\n1,2\n3,4\n").source.format == "csv"
    assert read_text("{x},b\n1,2\n3,4\n").source.format == "csv"
