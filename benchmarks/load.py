"""How fast pages come while a hundred people use the site and a training runs.

Starts the site with `upshot serve` on a data folder of its own, which holds 50 data sets, 200 runs
and their bundles. A long training runs while people walk from page to page, each thinking for a
second between two: lists, a data set, the run that learns, an answer, a bundle, files to download,
and through the API reads, single rows to score, and a few uploads. On an idle machine::

    python benchmarks/load.py
    python benchmarks/load.py --site-cores 0 --own-cores 1    # the site gets one core, we another

The goal of issue 6: 95 of 100 answers within 300 ms, and no error. Needs only what Upshot itself
needs. Prints a line for each kind of request, and how much processor time an answer takes, which
does not depend on what else the machine does; fails when the goal is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

HERE = Path(__file__).resolve().parent
THINK_SECONDS = 1.0
GOAL_MS = 300.0
WARM_SECONDS = 5.0
"""What comes before is not counted: the first request of each kind loads templates and bundles."""


@dataclass(frozen=True)
class Step:
    """Something a visitor does, and how often beside the others."""

    name: str
    weight: float
    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()


LIVE = (("HX-Request", "true"), ("HX-Target", "live"))
STEPS = (
    Step("data sets", 10, "/data/"),
    Step("a data set", 12, "/data/{dataset}/"),
    Step("runs", 8, "/runs/"),
    Step("the run that learns", 8, "/runs/{training}/"),
    Step("its progress", 12, "/runs/{training}/", headers=LIVE),
    Step("an answer", 15, "/runs/{run}/"),
    Step("bundles", 6, "/bundles/"),
    Step("a bundle", 8, "/bundles/{bundle}/"),
    Step("a scored list", 4, "/predictions/{prediction}/"),
    Step("api: data sets", 3, "/api/v1/datasets?limit=20"),
    Step("api: a data set", 3, "/api/v1/datasets/{dataset}"),
    Step("api: progress", 4, "/api/v1/runs/{training}/progress"),
    Step("api: one row", 6, "/api/v1/bundles/{bundle}/predict", "POST"),
    Step("api: upload", 1, "/api/v1/datasets", "POST"),
)


@dataclass
class Taken:
    """What was measured."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    asked: int = 0
    processor_ms: float = 0.0

    def everything(self) -> list[float]:
        """All answers, the quickest first."""
        return sorted(second for own in self.seconds.values() for second in own)


class Visitor(threading.Thread):
    """Somebody who uses the site until the end."""

    def __init__(self, who: dict[str, str], site: Any, until: float, taken: Taken) -> None:
        super().__init__(daemon=True)
        self.who, self.site, self.until, self.taken = who, site, until, taken
        self.random = random.Random(who["cookie"])
        self.host = urlsplit(site.address).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=30)

    def run(self) -> None:
        """Take a step, think, and take the next."""
        time.sleep(self.random.random() * THINK_SECONDS)
        weights = [step.weight for step in STEPS]
        while (now := time.monotonic()) < self.until:
            step = self.random.choices(STEPS, weights)[0]
            problem = self.take(step)
            seconds = time.monotonic() - now
            self.taken.asked += 1
            if now > self.site.counts_from:
                self.taken.seconds[step.name].append(seconds)
            if problem:
                self.taken.errors.append(f"{step.name}: {problem}")
            time.sleep(THINK_SECONDS)
        self.connection.close()

    def take(self, step: Step) -> str:
        """Ask, and say what was wrong with the answer."""
        body, headers = self.wish(step)
        try:
            path = step.path.format_map(self.site.ids)
            self.connection.request(step.method, path, body, dict(step.headers) | headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return repr(error)
        return "" if answer.status in (200, 201, 304) else f"{answer.status} {content[:200]!r}"

    def wish(self, step: Step) -> tuple[bytes | None, dict[str, str]]:
        """The body of a request and how it is signed."""
        if not step.path.startswith("/api/"):
            return None, {"Cookie": self.who["cookie"]}
        headers = {"Authorization": f"Bearer {self.who['token']}"}
        if step.method == "GET":
            return None, headers
        if step.name == "api: upload":
            body, mark = self.form(), "a-part-of-this-form"
            return body, headers | {"Content-Type": f"multipart/form-data; boundary={mark}"}
        wish = json.dumps({"rows": [self.site.row], "reasons": 3}).encode()
        return wish, headers | {"Content-Type": "application/json"}

    def form(self) -> bytes:
        """A file nobody has sent before."""
        draw = self.random.randrange
        lines = (f"{draw(50)},plan {draw(9)},{'yes' if draw(3) else 'no'}" for _ in range(1000))
        content = "\r\n".join(["visits,plan,bought", *lines])
        return (
            "--a-part-of-this-form\r\n"
            'Content-Disposition: form-data; name="file"; filename="leads.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{content}\r\n--a-part-of-this-form--\r\n"
        ).encode()


@dataclass
class Site:
    """The site that is measured."""

    address: str
    ids: dict[str, str]
    row: dict[str, Any]
    visitors: list[dict[str, str]]
    process: psutil.Process
    counts_from: float = 0.0

    def processor_seconds(self) -> float:
        """What the web server itself has used; its workers are not in it."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def state_of_training(self) -> str:
        """Whether the training still runs, as the API tells."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        sign = {"Authorization": f"Bearer {self.visitors[0]['token']}"}
        connection.request("GET", f"/api/v1/runs/{self.ids['training']}/progress", headers=sign)
        state: str = json.loads(connection.getresponse().read())["state"]
        connection.close()
        return state


@contextmanager
def site_of(data: Path, given: argparse.Namespace) -> Iterator[Site]:
    """A filled site, running."""
    fill = [sys.executable, str(HERE / "load_site.py"), str(data), str(given.people)]
    filled = json.loads(subprocess.run(fill, stdout=subprocess.PIPE, check=True).stdout)
    options = ["--port", str(free_port()), "--workers", str(given.workers), "--data", str(data)]
    # A core is for one process or the other: a generator that waits for one measures itself.
    pin(given.site_cores)
    process = subprocess.Popen(
        [sys.executable, "-m", "upshot", "serve", *options], stdout=subprocess.PIPE, text=True
    )
    pin(given.own_cores)
    try:
        address, watched = address_of(process), psutil.Process(process.pid)
        yield Site(address, filled["ids"], filled["row"], filled["visitors"], watched)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def address_of(process: subprocess.Popen[str]) -> str:
    """Where the site is, once it says so."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"ready on (\S+)", line):
            return found[1]
    raise SystemExit("The site did not start.")


def pin(cores: list[int] | None) -> None:
    """Stay on these cores, with whatever is started from now on."""
    if cores is not None:
        os.sched_setaffinity(0, cores)


def cores(text: str) -> list[int]:
    """``0,1`` as a list."""
    return [int(core) for core in text.split(",")]


def measure(site: Site, given: argparse.Namespace) -> Taken:
    """Wait for the training, then let people walk."""
    end = time.monotonic() + 60
    while (state := site.state_of_training()) != "running":
        if time.monotonic() > end:
            raise SystemExit(f"The training does not run; it is {state}.")
        time.sleep(0.5)
    begin = time.monotonic()
    site.counts_from = begin + WARM_SECONDS
    taken = Taken()
    until = site.counts_from + given.seconds
    used = site.processor_seconds()
    people = [Visitor(who, site, until, taken) for who in site.visitors]
    for person in people:
        person.start()
    for person in people:
        person.join()
    taken.processor_ms = 1000 * (site.processor_seconds() - used) / max(1, taken.asked)
    if (state := site.state_of_training()) != "running":
        raise SystemExit(f"The training was over before the measurement; it is {state}.")
    return taken


def percent(ordered: list[float], share: float) -> float:
    """A quantile in milliseconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def tell(taken: Taken, seconds: float) -> bool:
    """Print what was measured; whether the goal is reached."""
    for name, times in sorted(
        taken.seconds.items(), key=lambda item: -percent(sorted(item[1]), 0.95)
    ):
        print(line(name, sorted(times)))
    everything = taken.everything()
    print(line("everything", everything))
    print(
        f"{len(everything) / seconds:.0f} answers a second, "
        f"{taken.processor_ms:.1f} ms of processor time each, {len(taken.errors)} errors"
    )
    for error in first(taken.errors):
        print("  ", error)
    return percent(everything, 0.95) < GOAL_MS and not taken.errors


def line(name: str, times: list[float]) -> str:
    """One kind of request."""
    shares = "  ".join(f"p{int(100 * s)} {percent(times, s):6.0f} ms" for s in (0.5, 0.95, 0.99))
    return f"{name:22}{len(times):6}  {shares}"


def first(errors: Iterable[str]) -> list[str]:
    """Some different ones."""
    return sorted(set(errors))[:10]


def main() -> int:
    """Measure and print; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--site-cores", type=cores, help="Linux: such as 0")
    parser.add_argument("--own-cores", type=cores, help="Linux: such as 1")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, site_of(Path(folder), given) as site:
        taken = measure(site, given)
    print("load of the machine:", " ".join(f"{load:.1f}" for load in os.getloadavg()))
    return 0 if tell(taken, given.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
