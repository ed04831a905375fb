"""Every finder finds its example, says so in whole sentences, and leaves a clean table alone."""

from __future__ import annotations

from datetime import date

import pytest

from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.findings import FINDERS, Finding, Importance, find
from upshot.tables.remedies import apply_remedy, fits, is_applied, take_back
from upshot.tables.table import Table

TODAY = date(2026, 1, 15)
ROWS = 600
HEADER = "order_id,created,city,visits,price,plan,bought"
CITIES = ("Berlin", "Rome", "Oslo")


def clean(row: int) -> list[str]:
    """A row of an honest export."""
    day = f"2025-{1 + row * 11 // ROWS:02d}-{1 + row % 28:02d}"
    price = f"{19.5 + row % 41}"
    plan = ("basic", "plus", "pro", "team")[row // 3 % 4]
    return [f"A-{1000 + row * 7}", day, CITIES[row % 3], str(row % 23), price, plan, "yn"[row % 2]]


def csv_of(change=None, header: str = HEADER, rows: int = ROWS) -> str:
    """The honest export, each row changed by `change(row, cells)`."""
    lines = [header]
    for row in range(rows):
        cells = clean(row)
        lines.append(",".join(cells if change is None else change(row, cells)))
    return "\n".join(lines) + "\n"


def setting(place: int, value: str, *rows: int):
    """A change that writes a value into one column of some rows."""
    return lambda row, cells: [
        *cells[:place],
        value if row in rows else cells[place],
        *cells[place + 1 :],
    ]


def adding(value):
    return lambda row, cells: [*cells, value(row, cells)]


EXAMPLES: dict[str, str] = {
    "test-rows": csv_of(
        adding(lambda row, cells: "do not use" if row == 40 else f"words about {row} and more"),
        f"{HEADER},remark",
    ),
    "repeats": csv_of(lambda row, cells: clean(row - 1) if row in (31, 77) else cells),
    "impossible": csv_of(
        adding(lambda row, _: "-4" if row == 50 else str(20 + row % 50)), f"{HEADER},age"
    ),
    "outlier": csv_of(setting(4, "99999", 12)),
    "future-date": csv_of(setting(1, "2099-12-31", 12, 13)),
    "reversed-dates": csv_of(
        adding(lambda row, _: "2024-01-01" if row == 60 else f"2025-12-{1 + row % 28:02d}"),
        f"{HEADER},closed",
    ),
    "variants": csv_of(setting(2, "berlin ", 10, 20)),
    "mixed-units": csv_of(
        adding(lambda row, _: f"{row % 9 + 1} kg" if row % 4 else f"{row % 9 * 100} g"),
        f"{HEADER},weight",
    ),
    "gap": csv_of(
        adding(lambda row, cells: str(row % 17) if cells[1] < "2025-08" else ""), f"{HEADER},opens"
    ),
    "copy": csv_of(adding(lambda _, cells: cells[2][:2].upper()), f"{HEADER},code of city"),
    "many-rows": csv_of(adding(lambda row, _: f"K{row % 200:04d}x"), f"{HEADER},customer_id"),
    "nearly-constant": csv_of(adding(lambda row, _: "yes" if row < 4 else "no"), f"{HEADER},vip"),
    "personal": csv_of(adding(lambda row, _: f"p{row}@shop.org"), f"{HEADER},email"),
}


def found_in(table: Table) -> tuple[Finding, ...]:
    return find(table, TODAY)


def only(table: Table, code: str) -> Finding:
    matching = [one for one in found_in(table) if one.code.startswith(code)]
    assert len(matching) == 1, [one.code for one in found_in(table)]
    return matching[0]


def test_every_finder_has_an_example():
    assert EXAMPLES.keys() == FINDERS.keys()


def test_a_clean_table_is_left_alone(read_text):
    assert found_in(read_text(csv_of())) == ()


@pytest.mark.parametrize("rows", [0, 1, 2, 5])
def test_tiny_tables_are_no_trouble(read_text, rows):
    found_in(read_text(csv_of(rows=rows)))


@pytest.mark.parametrize("code", FINDERS)
def test_every_finder_finds_its_example_and_nothing_else(read_text, code):
    found = found_in(read_text(EXAMPLES[code]))
    assert {one.code for one in found if one.importance is not Importance.REMARK} <= {
        one.code for one in found if one.code.startswith(code)
    }
    assert any(one.code.startswith(code) for one in found)


@pytest.mark.parametrize("code", FINDERS)
def test_every_finding_says_what_where_why_and_what_to_do(read_text, code):
    table = read_text(EXAMPLES[code])
    finding = only(table, code)
    for sentence in (finding.what, finding.why, finding.remedy):
        assert sentence[0] in "`" or sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith((".", "?"))
        assert "{" not in sentence
    assert all(name in table.schema for name in finding.columns)
    assert all(f"`{name}`" in finding.what for name in finding.columns[:1])
    assert from_jsonable(to_jsonable(finding), Finding) == finding
    assert finding.note.code == finding.code


@pytest.mark.parametrize("code", FINDERS)
def test_what_is_offered_can_be_done_and_undone(read_text, code):
    table = read_text(EXAMPLES[code])
    finding = only(table, code)
    for offer in finding.offers:
        schema = table.schema
        assert all(fits(schema, step) for step in offer.steps)
        for step in offer.steps:
            schema = apply_remedy(schema, step)
        assert all(is_applied(schema, step) for step in offer.steps)
        mended = found_in(table.with_schema(schema))
        assert finding.key not in {one.key for one in mended}
        for step in reversed(offer.steps):
            schema = take_back(schema, step)
        assert found_in(table.with_schema(schema)) == found_in(table)


def test_the_most_important_comes_first(read_text):
    text = csv_of(
        lambda row, cells: [*setting(2, "berlin", 3)(row, cells), f"p{row}@shop.org"],
        f"{HEADER},email",
    )
    assert [one.code for one in found_in(read_text(text))] == ["variants", "personal"]


def test_a_key_stays_when_figures_change(read_text):
    few = only(read_text(csv_of(setting(2, "berlin", 1))), "variants")
    more = only(read_text(csv_of(setting(2, "berlin", 1, 2, 4))), "variants")
    assert few.key == more.key
    assert (few.rows, more.rows) == (1, 3)
