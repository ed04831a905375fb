"""How quickly the API scores one row with a warm bundle, over HTTP, as a program sees it.

Starts the website on a data folder of its own, puts a bundle in its library, makes a token, and
asks again and again for one row; then the same with several programs at once. On an idle machine::

    python benchmarks/api.py                      # the bundles of the tests
    python benchmarks/api.py my.upshot --requests 2000 --programs 4

The goal of issue 6: 95 of 100 answers within 50 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from upshot.client import Client

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
PUT = """
import shutil, sys
from datetime import timedelta
from pathlib import Path
import django
django.setup()
from django.utils import timezone
from upshot.web.accounts.access import create_workspace
from upshot.web.accounts.models import User
from upshot.web.api.tokens import make
from upshot.web.bundles.models import SavedBundle
from upshot.web.files.store import keep_file, temporary_folder
user = User.objects.create_user("bench@example.com", "correct horse battery")
home = create_workspace("Benchmark", user)
_, text = make(user, home, name="b", scopes=["read", "predict"],
               expires_at=timezone.now() + timedelta(days=1))
print(text)
for name in sys.argv[1:]:
    copy = shutil.copy(name, temporary_folder() / "bundle")
    saved = SavedBundle.objects.create(
        workspace=home, file=keep_file(home, Path(copy)), name=Path(name).stem,
        question="?", task="?", target="?")
    print(saved.uuid)
"""


@dataclass(frozen=True)
class Where:
    """What is asked: a site, a token, a bundle and a row."""

    url: str
    token: str
    bundle: str
    row: dict[str, object]


def main() -> None:
    """Measure and print one line per bundle and number of programs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundles", nargs="*", type=Path, default=sorted(GOLDEN.glob("*.upshot")))
    parser.add_argument("--requests", type=int, default=500, help="per program")
    parser.add_argument("--programs", type=int, default=4, help="programs at once")
    parser.add_argument("--reasons", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "UPSHOT_DATA": folder,
            "UPSHOT_API_REQUESTS_PER_MINUTE": "100000000",
            "UPSHOT_API_WARM_BUNDLES": "8",
        }
        options = ["--port", str(_free_port()), "--workers", "0", "--data", folder]
        site = subprocess.Popen(
            [sys.executable, "-m", "upshot", "serve", *options],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _measure(_address(site), environment, given)
        finally:
            site.terminate()
            site.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(site: subprocess.Popen[str]) -> str:
    assert site.stdout is not None
    for line in site.stdout:
        if found := re.search(r"ready on (\S+)", line):
            return found.group(1)
    raise SystemExit("The website did not start.")


def _measure(url: str, environment: dict[str, str], given: argparse.Namespace) -> None:
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "upshot.web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PUT, *map(str, given.bundles)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    token, *ids = done.stdout.split()
    for path, bundle in zip(given.bundles, ids, strict=True):
        with Client(url, token) as client:
            row = dict(client.bundle(bundle).example or {})
            begun = time.perf_counter()
            client.predict(bundle, [row], reasons=given.reasons)
            cold = time.perf_counter() - begun
        for programs in sorted({1, given.programs}):
            times = _ask(Where(url, token, bundle, row), programs, given)
            facts = {
                "bundle": path.name,
                "programs": programs,
                "requests": len(times),
                "cold_ms": round(1000 * cold, 1),
                **{f"p{q}_ms": _quantile(times, q) for q in (50, 95, 99)},
            }
            print(json.dumps(facts), flush=True)


def _ask(where: Where, programs: int, given: argparse.Namespace) -> list[float]:
    times: list[float] = []

    def ask() -> None:
        with Client(where.url, where.token) as client:
            client.predict(where.bundle, [where.row])
            for _ in range(given.requests):
                begun = time.perf_counter()
                client.predict(where.bundle, [where.row], reasons=given.reasons)
                times.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=ask) for _ in range(programs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _quantile(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    place = min(len(ordered) - 1, len(ordered) * percent // 100)
    return round(1000 * ordered[place], 1)


if __name__ == "__main__":
    main()
