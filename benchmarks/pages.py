"""How long the server takes for each page with 50 data sets and 200 runs in the workspace.

``python benchmarks/pages.py`` walks the road once on a sample, copies the rows, and asks for every
page as a person's browser would, in this process: session, queries and templates are in the figure,
the network is not. Prints one line a page; fails when a page's 95th
percentile is over 200 ms.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from every_page import PAGES

DATASETS, RUNS, LISTS = 50, 200, 50
TIMES = 30
MOST_MS = 200.0


def main() -> int:
    """Fill a workspace, then measure."""
    os.environ["UPSHOT_DATA"] = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "upshot.web.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", interactive=False, verbosity=0)
    owner, ids = walk()
    client = Client(HTTP_HOST="localhost")
    client.force_login(owner)
    slow = 0
    print(f"{'page':28} {'median ms':>10} {'p95 ms':>8} {'queries':>8} {'kB':>7}")
    for name, path in PAGES.items():
        if name == "common:design":
            continue
        median, late, queries, size = measured(client, path.format_map(ids))
        slow += late > MOST_MS
        print(f"{name:28} {median:10.0f} {late:8.0f} {queries:8} {size / 1000:7.1f}")
    return 1 if slow else 0


def measured(client: Any, path: str) -> tuple[float, float, int, int]:
    """Median and 95th percentile in milliseconds, queries, and bytes of the page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    # Counted at once: the next request forgets them.
    queries = len(captured.captured_queries)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    late = took[int(0.95 * len(took))]
    return took[len(took) // 2], late, queries, len(answer.content)


def walk() -> tuple[Any, dict[str, str]]:
    """The road once, on a sample, with the jobs done here; then many copies of its rows."""
    from upshot.samples import SAMPLES
    from upshot.web.accounts.access import create_workspace
    from upshot.web.accounts.models import User
    from upshot.web.bundles.models import Comparison
    from upshot.web.datasets import actions as data
    from upshot.web.predictions import actions as scoring
    from upshot.web.runs import actions as asking
    from upshot.web.runs.models import WhatIf

    owner = User.objects.create_user("anna@example.com", "a long enough sentence")
    workspace = create_workspace("Shop", owner)
    dataset = data.start_sample(workspace, owner, "leads")
    work()
    dataset.refresh_from_db()
    uploaded = upload(owner, workspace)
    question = asking.ask(dataset, owner, choice(), "quick")
    work()
    question.refresh_from_db()
    run = asking.start(question, owner)
    work()
    run.refresh_from_db()
    prediction = scoring.score_sample(run.bundle, owner, SAMPLES["leads"])
    work()
    prediction.refresh_from_db()
    made = {
        "workspace": workspace,
        "dataset": dataset,
        "upload": uploaded,
        "question": question,
        "run": run,
        "bundle": run.bundle,
        "prediction": prediction,
        "tried": WhatIf.objects.create(bundle=run.bundle, cells={}),
        "comparison": Comparison.objects.create(older=run.bundle, newer=run.bundle),
    }
    many(made)
    # A website's process has not learned anything: what learning left is not its to look through.
    gc.collect()
    gc.freeze()
    return owner, {name: str(item.uuid) for name, item in made.items()}


def upload(owner: Any, workspace: Any) -> Any:
    """A file of one's own: only such a one can be read in another way."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from upshot.web.datasets.models import Dataset

    rows = "\n".join(f"{n % 7},{n % 5},{'yes' if n % 7 > 3 else 'no'}" for n in range(500))
    client = Client(HTTP_HOST="localhost")
    client.force_login(owner)
    content = f"Visits,Letters,Ordered\n{rows}\n".encode()
    client.post("/data/new/", {"file": SimpleUploadedFile("customers.csv", content)})
    work()
    return Dataset.objects.get(workspace=workspace, original_name="customers.csv")


def choice() -> Any:
    """The question the sample was made for, without its leak."""
    from upshot.jsonable import to_jsonable
    from upshot.questions import Choice
    from upshot.samples import SAMPLES

    sample = SAMPLES["leads"]
    asked = Choice(sample.question, sample.target, positive=sample.positive, ignore=(sample.leak,))
    return to_jsonable(asked)


def many(made: dict[str, Any]) -> None:
    """Copies: what lists hold, and what hangs on the one thing whose page is asked for."""
    for _ in range(DATASETS - 1):
        copy_of(made["dataset"])
    for number in range(RUNS - 1):
        bundle = copy_of(made["bundle"], name=f"Bundle {number}")
        copy_of(made["run"], bundle=bundle)
    for _ in range(LISTS - 1):
        copy_of(made["prediction"])
    for _ in range(LISTS - 1):
        copy_of(made["comparison"])


def copy_of(item: Any, **changes: Any) -> Any:
    """The same row once more."""
    made = type(item).objects.get(pk=item.pk)
    made.pk, made.uuid = None, uuid.uuid4()
    for field, value in changes.items():
        setattr(made, field, value)
    made.save()
    return made


def work() -> None:
    """Do all waiting jobs here."""
    from upshot.web.jobs.run import run_next_here

    while (job := run_next_here()) is not None:
        if job.state != "succeeded":
            raise SystemExit(f"{job.kind}: {job.message}")


if __name__ == "__main__":
    sys.exit(main())
