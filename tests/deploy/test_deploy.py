"""What is written for servers works as written, as far as that can be seen without an engine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from upshot.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
UNIT = (ROOT / "deploy" / "upshot.service").read_text("utf-8")


def parses(command: list[str]) -> None:
    """The command line exists with these options."""
    assert command[0].rpartition("/")[2] == "upshot"
    shown = CliRunner().invoke(cli, [command[1], "--help"])
    assert shown.exit_code == 0
    for word in command[2:]:
        if word.startswith("--"):
            assert word in shown.output


def test_the_image_is_made_of_what_is_there() -> None:
    for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE):
        *sources, _target = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
    allowed = (ROOT / ".dockerignore").read_text("utf-8")
    for source in ("deploy", "src", "pyproject.toml", "requirements.txt", "README.md"):
        assert f"!{source}" in allowed


def test_every_command_line_exists() -> None:
    (command,) = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    parses(yaml.safe_load(command))
    for name in ("web", "worker"):
        parses(COMPOSE["services"][name]["command"])
    (start,) = re.findall(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    parses(shlex.split(start))


def test_every_setting_named_is_one_that_exists() -> None:
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    named = set(COMPOSE["services"]["web"]["environment"])
    named |= set(re.findall(r"UPSHOT_[A-Z_]+", DOCKERFILE))
    assert named
    assert all(f"`{name}`" in documented for name in named)


def test_nothing_is_reachable_from_outside_or_runs_as_root_unasked() -> None:
    assert COMPOSE["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in COMPOSE["services"]["database"]
    assert "USER upshot" in DOCKERFILE
    assert "User=upshot" in UNIT


def test_the_servers_tools_are_not_older_than_the_server() -> None:
    version = COMPOSE["services"]["database"]["image"].partition(":")[2].partition("-")[0]
    debian = re.findall(r"^FROM python:3\.\d+-slim-(\w+)$", DOCKERFILE, re.MULTILINE)[-1]
    assert int(version) <= {"bookworm": 15, "trixie": 17}[debian]


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not on this machine")
    unit = tmp_path / "upshot.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert "upshot.service" not in done.stderr, done.stderr


@pytest.mark.slow
def test_the_installation_of_the_image_answers(tmp_path: Path) -> None:
    home = tmp_path / "upshot"
    quick = {**os.environ, "PIP_NO_CACHE_DIR": "0"}
    subprocess.run(["sh", str(ROOT / "deploy" / "install.sh"), str(home)], check=True, env=quick)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [home / "bin" / "upshot", "serve", "--host", "0.0.0.0", "--port", str(port)]
    data = tmp_path / "data"
    site = subprocess.Popen(
        [*serve, "--data", data], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    try:
        assert site.stdout is not None
        assert "Upshot is ready on" in site.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.2)
        with urllib.request.urlopen(f"{address}/login/", timeout=10) as answer:
            page = answer.read().decode()
        style = re.search(r'href="(/static/upshot/base[^"]*)"', page)
        assert style is not None
        with urllib.request.urlopen(f"{address}{style[1]}", timeout=10) as answer:
            assert answer.status == 200
    finally:
        site.terminate()
        site.communicate(timeout=20)
