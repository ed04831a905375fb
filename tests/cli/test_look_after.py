"""`upshot backup`, `restore` and `doctor` on a data folder of their own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from upshot.cli.main import EXIT_INPUT, run

MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
"""


def alone(arguments: list[str], data: Path) -> subprocess.CompletedProcess[str]:
    """Run Python as a person would, with no settings of the tests."""
    environment = {key: value for key, value in os.environ.items() if "UPSHOT" not in key}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "upshot.web.config.settings",
        "UPSHOT_DATA": str(data),
    }
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "data"
    assert alone(["-c", MAKE], folder).returncode == 0
    return folder


@pytest.fixture(autouse=True)
def no_database_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSHOT_DATABASE", raising=False)


def test_a_site_goes_out_and_comes_back(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, back = tmp_path / "monday.zip", tmp_path / "back"
    assert run(["backup", str(out), "--data", str(data)]) == 0
    assert run(["restore", str(out), "--data", str(back)]) == 0
    assert f"upshot serve --data {back}" in capsys.readouterr().out
    assert run(["restore", str(out), "--data", str(back)]) == EXIT_INPUT
    assert "not an empty folder" in capsys.readouterr().err


def test_a_folder_without_a_site_cannot_be_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", str(tmp_path / "x.zip"), "--data", str(tmp_path)]) == EXIT_INPUT
    assert "no website" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def findings(data: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict]]:
    code = run(["doctor", "--data", str(data), "--json"])
    facts = json.loads(capsys.readouterr().out)
    assert facts["healthy"] == (code == 0)
    assert all(check["remedy"] for check in facts["checks"] if check["level"] != "ok")
    return code, {check["name"]: check for check in facts["checks"]}


def test_doctor_looks_at_everything_and_changes_nothing(data: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file()}
    done = alone(["-m", "upshot", "doctor", "--data", str(data), "--json"], data)
    facts = json.loads(done.stdout)
    assert done.returncode == (0 if facts["healthy"] else 2)
    checks = {check["name"]: check["level"] for check in facts["checks"]}
    assert {"version", "django", "sqlite", "pytorch", "memory", "disk"} <= set(checks)
    assert [checks[name] for name in ("data folder", "secret key", "database")] == ["ok"] * 3
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())


def test_doctor_names_a_secret_others_can_read(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "secret-key").chmod(0o644)
    try:
        code, checks = findings(data, capsys)
    finally:
        (data / "secret-key").chmod(0o600)
    assert code == EXIT_INPUT
    assert "chmod 600" in checks["secret key"]["remedy"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM django_migrations WHERE app = 'runs'", "behind"),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('runs', '9', '')", "newer"),
        ("DROP TABLE django_migrations", "cannot be read"),
    ],
)
def test_doctor_tells_a_database_that_does_not_fit(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], statement: str, words: str
) -> None:
    assert run(["backup", str(tmp_path / "copy"), "--data", str(data)]) == 0
    capsys.readouterr()
    with closing(sqlite3.connect(tmp_path / "copy" / "upshot.sqlite3")) as database:
        database.execute(statement)
        database.commit()
    code, checks = findings(tmp_path / "copy", capsys)
    assert code == EXIT_INPUT
    assert words in checks["database"]["message"]


def test_doctor_on_no_folder_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code, checks = findings(tmp_path / "none", capsys)
    assert checks["data folder"]["level"] == "warning"
    assert not (tmp_path / "none").exists()
