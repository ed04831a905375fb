"""A person corrects what was understood of a column, and the bundle reads new files so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import upshot
from upshot.cli.main import EXIT_INPUT, run

ROWS = [f"{i},{i % 7},{('Rome', 'unknown', 'Oslo')[i % 3]},{i * 3 % 11}" for i in range(80)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "leads.csv"
    path.write_text("id,score,city,spent\n" + "\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def _columns(out: str) -> dict[str, dict[str, object]]:
    return {column["name"]: column for column in json.loads(out)["columns"]}


def test_a_kind_and_a_missing_value_are_taken(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--kind", "score=category", "--missing", "city=unknown"]
    assert run(["read", str(file), *given, "--json"]) == 0
    columns = _columns(capsys.readouterr().out)
    assert columns["score"]["kind"] == "category"
    assert columns["city"]["missing"] == 27


def test_the_bundle_remembers_the_correction(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.upshot"
    given = ["--kind", "score=category", "--question", "how_much", "--seconds", "5"]
    assert run(["train", str(file), "--target", "spent", *given, "--out", str(out)]) == 0
    assert upshot.load(out).manifest.schema.column("score").kind.value == "category"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--kind", "score=colour"], "Choose one of number"),
        (["--kind", "score"], "such as Amount=number"),
        (["--missing", "=x"], "such as City=unknown"),
        (["--kind", "scor=number"], "Did you mean 'score'?"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_with_a_remedy(
    file: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    assert run(["read", str(file), *given]) == EXIT_INPUT
    assert said in capsys.readouterr().err
