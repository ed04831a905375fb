"""`upshot report` writes the form its file's name asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from upshot.cli.main import EXIT_INPUT, run

GOLDEN = Path(__file__).parents[1] / "golden" / "format-1-catboost.upshot"


@pytest.mark.parametrize(
    ("ending", "start"), [(".html", b"<!doctype html>"), (".xlsx", b"PK"), (".pptx", b"PK")]
)
def test_the_ending_chooses_the_form(ending: str, start: bytes, tmp_path: Path) -> None:
    target = tmp_path / f"report{ending}"
    assert run(["report", str(GOLDEN), "--out", str(target)]) == 0
    assert target.read_bytes().startswith(start)


def test_an_unknown_ending_is_the_usages_fault_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.pdf"
    assert run(["report", str(GOLDEN), "--out", str(target)]) == EXIT_INPUT
    assert "Choose a name ending in .html, .xlsx or .pptx." in capsys.readouterr().err
    assert not target.exists()
