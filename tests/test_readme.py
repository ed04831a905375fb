"""The README's commands and Python run as printed."""

from __future__ import annotations

import os
import re
import shlex
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


def run_all(commands: list[str], folder: Path) -> None:
    for command in commands:
        program, *arguments = shlex.split(command, comments=True)
        assert program == "upshot"
        run = [sys.executable, "-m", "upshot", *arguments]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def make_site(data: Path) -> None:
    """Make the database that `upshot serve` makes when it first starts."""
    code = "import django; django.setup()\n"
    code += "from django.core.management import call_command\n"
    code += "call_command('migrate', interactive=False, verbosity=0)"
    settings = {"DJANGO_SETTINGS_MODULE": "upshot.web.config.settings", "UPSHOT_DATA": str(data)}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **settings}, check=True)


@pytest.mark.slow
def test_the_command_lines_run_as_printed(folder: Path) -> None:
    road, operation = (block.splitlines() for block in blocks("bash"))
    assert len(road) == 4
    run_all(road, folder)
    make_site(folder / "upshot-data")
    run_all(operation, folder)
    assert {"leads.upshot", "scored.csv", "leads.html", "monday.zip"} <= {
        path.name for path in folder.iterdir()
    }


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
