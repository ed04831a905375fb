from __future__ import annotations

import pytest

from upshot.tables.exports import EXPORTS, recognise_export


@pytest.mark.parametrize("code", EXPORTS)
def test_every_export_is_described_fully(code):
    export = EXPORTS[code]
    assert export.code == code
    assert export.title
    assert export.row
    assert len(export.headers) >= 8
    assert len(set(export.headers)) == len(export.headers)
    assert export.keys
    assert {header for _, header in export.aliases} <= set(export.headers)


@pytest.mark.parametrize("code", EXPORTS)
def test_every_export_is_recognised_by_its_headers(code):
    headers = EXPORTS[code].headers
    assert recognise_export(headers).code == code
    shuffled = [header.upper() + " " for header in reversed(headers)]
    assert recognise_export([*shuffled, "my own column"]).code == code


@pytest.mark.parametrize("code", EXPORTS)
def test_a_part_of_the_headers_is_enough(code):
    headers = EXPORTS[code].headers
    part = headers[: max(6, len(headers) // 2)]
    assert recognise_export(part).code == code


def test_translated_headers_and_currencies_are_recognised():
    french = ["Jour", "Nom de la campagne", "Montant dépensé (EUR)", "Impressions", "Couverture",
              "Clics sur un lien", "Achats", "Taux de clics (CTR)"]  # fmt: skip
    assert recognise_export(french).code == "meta-ads"
    portuguese = ["Dia", "Campanha", "Código da moeda", "Custo", "Cliques", "Impr.", "CTR",
                  "CPC médio", "Conversões"]  # fmt: skip
    assert recognise_export(portuguese).code == "google-ads"


@pytest.mark.parametrize(
    "headers",
    [
        ["age", "job", "marital", "education", "default", "balance", "y"],
        ["Email", "First Name", "Last Name"],
        ["Date", "Clicks", "Impressions", "Cost"],
        [],
    ],
)
def test_other_files_are_no_export(headers):
    assert recognise_export(headers) is None


def test_an_export_marks_personal_and_late_columns(read_text):
    headers = EXPORTS["hubspot-contacts"].headers
    rows = "\n".join(",".join(f"value {i} {j}" for j in range(len(headers))) for i in range(30))
    table = read_text(",".join(headers) + "\n" + rows)
    assert table.source.export == "hubspot-contacts"
    late = {note.column for note in table.notes if note.code == "after-outcome"}
    assert "Lead Status" in late
    assert table.schema.column("First Name").personal is not None
