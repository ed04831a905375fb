"""The website's tests once more, against a PostgreSQL server of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str) -> str:
    """A program of the server's; Debian keeps them outside the search path."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(places[-1]) if places else None)
    if found is None:
        pytest.skip(f"PostgreSQL's {name} is not on this machine")
    return found


def as_user(*command: str) -> list[str]:
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else [*command]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that only this test can reach."""
    initdb, pg_ctl = tool("initdb"), tool("pg_ctl")
    # A socket's path may have 107 characters at most, so not below pytest's own folders.
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        data = str(folder / "data")
        quiet = {"capture_output": True}
        subprocess.run(
            as_user(initdb, "-D", data, "-A", "trust", "-U", "upshot"), check=True, **quiet
        )
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200"
        log = str(folder / "log")
        subprocess.run(
            as_user(pg_ctl, "-D", data, "-o", options, "-l", log, "-w", "start"), check=True
        )
        yield f"postgresql://upshot@{quote(str(folder), safe='')}/postgres"
        subprocess.run(as_user(pg_ctl, "-D", data, "-m", "immediate", "stop"), check=True, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_website_works_the_same_on_postgresql(server: str) -> None:
    tools = str(Path(tool("pg_dump")).parent)
    environment = {
        **os.environ,
        "UPSHOT_DATABASE": server,
        "PATH": os.pathsep.join((tools, os.environ.get("PATH", ""))),
    }
    environment.pop("UPSHOT_TEST_DATA", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/web", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
