"""What every command promises: exit codes, one JSON object, no traceback."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from upshot.cli.main import COMMANDS, EXIT_INPUT, EXIT_OURS, run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Example:" in shown
    assert f"upshot {name}" in shown


def test_a_missing_file_is_the_inputs_fault_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(tmp_path / "nowhere.csv"), "--json"]) == EXIT_INPUT
    shown = capsys.readouterr()
    assert json.loads(shown.out)["error"]["problem"]
    assert shown.err.startswith("Error: ")
    assert "Traceback" not in shown.err


def test_an_unknown_option_is_the_usages_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--nonsense"]) == EXIT_INPUT
    assert "No such option" in capsys.readouterr().err


def test_our_own_fault_is_a_sentence_that_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("jane@example.com")

    monkeypatch.setattr(import_module("upshot.tables.safely"), "read_in_child", broken)
    assert run(["read", str(tmp_path / "leads.csv")]) == EXIT_OURS
    shown = capsys.readouterr().err
    assert "ValueError" in shown
    assert "jane@example.com" not in shown
    assert "Traceback" not in shown
