"""Generated exports, read from a file to what is said about them."""

from __future__ import annotations

import csv
import io

import pytest

from upshot.tables.exports import EXPORTS, plain_header

ROWS = 40


def generated(code: str, *, blank: tuple[str, ...] = ()) -> str:
    """A made-up file of an export, with its late and personal columns and some left blank."""
    export = EXPORTS[code]
    columns = list(dict.fromkeys((*export.headers, *export.after_outcome, *export.personal)))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in range(ROWS):
        writer.writerow(
            "" if name in blank else f"{name.split()[0].lower()} {row} {place}"
            for place, name in enumerate(columns)
        )
    return out.getvalue()


def empties(table):
    return [note for note in table.notes if note.code == "all-missing"]


@pytest.mark.parametrize("code", EXPORTS)
def test_a_generated_file_is_recognised_and_its_late_columns_named(code, read_text):
    table = read_text(generated(code))
    export = EXPORTS[code]
    assert table.source.export == code
    assert table.rows == ROWS
    late = {note.column for note in table.notes if note.code == "after-outcome"}
    assert late == set(export.after_outcome)
    said = next(note for note in table.notes if note.code == "export")
    assert export.title in said.message
    assert export.row in said.message


@pytest.mark.parametrize("code", [code for code, export in EXPORTS.items() if export.personal])
def test_names_and_addresses_of_people_are_marked(code, read_text):
    table = read_text(generated(code))
    marked = {column.name for column in table.schema.columns if column.personal is not None}
    people = {
        name
        for name in EXPORTS[code].personal
        if plain_header(name).startswith(("firstname", "lastname", "email", "customeremail"))
    }
    assert people <= marked


def test_the_lines_about_a_ga4_report_and_its_total_are_set_aside(read_text):
    lines = [
        "# ----------------------------------------",
        "# Traffic acquisition: Session primary channel group (Default channel group)",
        "# Account: Example",
        "# Start date: 20260701",
        "# End date: 20260731",
        "# ----------------------------------------",
        "",
        (
            "Session primary channel group (Default channel group),Sessions,Engaged sessions,"
            "Engagement rate,Average engagement time per session,Events per session,Event count,"
            "Key events,Session key event rate,Total revenue"
        ),
        ",9000,5000,0.55,41.2,6.1,54900,120,0.0133,3400.5,Grand total",
    ]
    lines += [
        f"Channel {row},{900 - row},{500 - row},0.5{row},4{row}.2,6.{row},549{row},1{row},0,34{row}"
        for row in range(10)
    ]
    table = read_text("\n".join(lines) + "\n")
    assert table.source.export == "ga4"
    assert table.schema.names[0].startswith("Session primary channel group")
    assert table.rows == 10


def test_many_empty_columns_are_named_in_one_note(read_text):
    blank = ("Billing Zip", "Shipping Zip", "Discount Code")
    (note,) = empties(read_text(generated("shopify-orders", blank=blank)))
    assert note.column is None
    assert note.message.startswith("3 columns are empty in every row: ")
    assert all(f"`{name}`" in note.message for name in blank)


def test_one_empty_column_keeps_its_own_note(read_text):
    (note,) = empties(read_text(generated("shopify-orders", blank=("Billing Zip",))))
    assert note.column == "Billing Zip"
