"""Real files beside the project, where they are: every one is read right."""

from __future__ import annotations

import csv
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.facts import describe
from upshot.tables.schema import Kind

pytestmark = pytest.mark.slow

# Where the catalogue's word for something differs from what a reader should say.
DELIMITERS = {"cdnow": " "}
TARGET_KINDS = {
    "binary": {Kind.BOOLEAN, Kind.CATEGORY},
    "multiclass": {Kind.CATEGORY, Kind.NUMBER},
    "regression": {Kind.NUMBER},
    "uplift": {Kind.BOOLEAN},
    "forecast": {Kind.NUMBER},
    "mmm": {Kind.NUMBER},
    "ab_test": {Kind.BOOLEAN},
    "attribution": {Kind.NUMBER},
}


def test_every_file_of_the_catalogue_is_read_right(shared_data, subtests):
    catalogue = json.loads((shared_data / "catalog.json").read_text("utf-8"))["datasets"]
    for entry in catalogue:
        with subtests.test(entry["name"]):
            table = read(shared_data / entry["file"])
            assert table.rows == entry["rows"]
            assert len(table.schema.columns) == entry["columns"]
            delimiter = DELIMITERS.get(entry["name"], entry["delimiter"])
            assert (table.source.delimiter or "") == delimiter
            assert (table.source.encoding or table.source.format) == entry["encoding"]
            if entry["target"]:
                kind = table.schema.column(entry["target"]).kind
                assert kind in TARGET_KINDS[entry["task"]]
            for name in entry["id_columns"]:
                named = "column_1" if name.startswith("Unnamed") else name
                assert named in table.schema
            assert len(table.data) == entry["rows"]


EXPORTS = {
    "hubspot_all_contacts.csv": ("hubspot-contacts", 3000, 0),
    "linkedin_campaign_performance_utf16.csv": ("linkedin-ads", 90, 0),
    "mailchimp_subscribed_members_export.csv": ("mailchimp-audience", 1500, 0),
    "meta_ads_ads_daily.csv": ("meta-ads", 270, 1),
    "meta_ads_fr_semicolon_decimal_comma.csv": ("meta-ads", 120, 0),
    "salesforce_leads_report_latin1_footer.csv": ("salesforce-leads", 1200, 0),
    "shopify_orders_export_1.csv": ("shopify-orders", 3455, 0),
    "agency_weekly_results_multisheet.xlsx": (None, 52, 5),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_made_up_exports_are_recognised_and_read(shared_data, name):
    export, rows, totals = EXPORTS[name]
    table = read(shared_data / "made_up_exports" / name)
    assert table.source.export == export
    assert table.rows == rows
    assert table.source.skipped.totals == totals


def spectrum(folder: Path) -> list[tuple[Path, Any]]:
    return [
        (path, json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8")))
        for path in sorted((folder / "csvs").glob("*.csv"))
    ]


def test_csv_spectrum_pairs_equal_their_json(shared_corpora, subtests):
    for path, truth in spectrum(shared_corpora / "csv_spectrum"):
        expected = truth
        if path.stem == "location_coordinates":
            # The JSON of this pair holds another phone number than its CSV.
            expected = [{**truth, "Contact Phone Number": "2095257564"}]
        with subtests.test(path.stem):
            assert read(path).raw.to_pylist() == expected


def test_no_file_of_the_corpus_breaks_the_reader(shared_corpora, tmp_path):
    with tarfile.open(shared_corpora / "duckdb_csv.tar.gz") as archive:
        members = [member for member in archive.getmembers() if member.isfile()][::7]
        for member in members:
            stream = archive.extractfile(member)
            assert stream is not None
            path = tmp_path / "file"
            path.write_bytes(stream.read())
            try:
                describe(read(path))
            except FileProblem as problem:
                assert problem.remedy, member.name  # noqa: PT017


def test_naughty_strings_stay_as_they_are(shared_corpora, tmp_path):
    strings = json.loads((shared_corpora / "naughty_strings.json").read_text("utf-8"))
    strings = [text.replace("\x00", "") for text in strings]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["number", "naughty", "same"])
    writer.writerows([i, text, text] for i, text in enumerate(strings))
    path = tmp_path / "naughty.csv"
    path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    table = read(path)
    assert table.rows == len(strings)
    assert table.raw.column("naughty").to_pylist() == strings
    describe(table)
    headers = tmp_path / "headers.csv"
    out = io.StringIO()
    csv.writer(out).writerows([strings, ["1"] * len(strings), ["2"] * len(strings)])
    headers.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    wide = read(headers)
    assert len(set(wide.schema.names)) == len(wide.schema.columns)
    describe(wide)
