"""The daily round is put in the queue while the site runs, and the site stops all the same."""

from __future__ import annotations

import time
from typing import Any

from upshot.web.rounds import daily_rounds


def test_a_running_site_queues_one_round(transactional_db: Any) -> None:
    from upshot.web.jobs.models import Job

    began = time.monotonic()
    with daily_rounds():
        while not Job.objects.filter(name="keeping.round").exists():
            assert time.monotonic() - began < 20
            time.sleep(0.02)
    with daily_rounds():
        pass
    assert Job.objects.filter(name="keeping.round").count() == 1
