"""`upshot read`: facts as JSON, and the table written typed or as text."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from upshot.cli.main import EXIT_INPUT, run

ROWS = [
    f"{7000 + i:05d};{i},5;{'ja' if i % 3 else 'nein'};2026-01-{1 + i % 28:02d}" for i in range(60)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kunden.csv"
    path.write_text("PLZ;Umsatz;Gekauft;Datum\n" + "\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def test_json_holds_what_scripts_rely_on(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(file), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    promised = (
        "file format encoding delimiter decimal sheet header_row skipped rows export columns notes"
    )
    assert set(promised.split()) <= set(facts)
    assert (facts["delimiter"], facts["decimal"], facts["rows"]) == (";", ",", 60)
    assert set(facts["skipped"]) == {"before", "after", "totals"}
    promised = "name kind missing distinct examples personal notes"
    assert all(set(promised.split()) <= set(column) for column in facts["columns"])


def test_out_writes_the_typed_table(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "typed.parquet"
    assert run(["read", str(file), "--out", str(out)]) == 0
    written = pd.read_parquet(out)
    assert written["Umsatz"].tolist() == [i + 0.5 for i in range(60)]
    assert written["PLZ"].tolist()[0] == "07000"


def test_text_leaves_every_cell_as_it_was(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "text.csv"
    assert run(["read", str(file), "--out", str(out), "--text"]) == 0
    written = pd.read_csv(out, dtype=str)
    assert written.loc[1].tolist() == ["07001", "1,5", "ja", "2026-01-02"]


def test_an_unknown_ending_is_refused_with_a_remedy(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(file), "--out", str(tmp_path / "table.docx")]) == EXIT_INPUT
    assert ".csv, .xlsx or .parquet" in capsys.readouterr().err


def test_what_was_found_is_told_before_any_learning(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text(encoding="utf-8").replace("2026-01-02", "2099-12-31", 1)
    file.write_text(text, encoding="utf-8")
    assert run(["read", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "Mend these first:" in shown
    assert "`Datum` lies in the future in one row: '2099-12-31'. See row " in shown
    assert run(["read", str(file), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["code"], found["importance"], found["columns"]) == (
        "future-date",
        "mistake",
        ["Datum"],
    )
    assert found["offers"][0]["steps"][0]["action"] == "treat-missing"
