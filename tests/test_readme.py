"""The README's commands and Python run as printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from upshot.samples import write_new_rows, write_sample

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sample("leads", tmp_path / "leads.csv")
    write_new_rows("leads", tmp_path / "new_leads.csv")
    return tmp_path


@pytest.mark.slow
def test_the_command_lines_run_as_printed(folder: Path) -> None:
    commands = [line for block in blocks("bash") for line in block.splitlines() if line.strip()]
    assert len(commands) == 4
    for command in commands:
        program, *arguments = command.split()
        assert program == "upshot"
        run = [sys.executable, "-m", "upshot", *arguments]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert {"leads.upshot", "scored.csv", "leads.html"} <= {path.name for path in folder.iterdir()}


@pytest.mark.slow
def test_the_python_runs_as_printed(folder: Path) -> None:
    (code,) = blocks("python")
    run = [sys.executable, "-c", code + "\nassert 'upshot_probability' in scores"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_file_the_readme_links_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / target).exists(), target
