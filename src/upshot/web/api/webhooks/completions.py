"""From ended jobs to messages: looked for every few seconds by a worker.

What must be told follows from the rows alone: a job that ended, an address that wants to know, no
message yet. A crash at any point loses nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from upshot.web.api.models import Delivery, DeliveryState, Webhook
from upshot.web.jobs.models import FINISHED, Job, State
from upshot.web.jobs.queue import enqueue

LOOKED_BACK = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
MOST_AT_ONCE = 100

# Job → (kind of object, the argument that names it, what each end is called).
_ENDS: dict[str, tuple[str, dict[str, str]]] = {
    "datasets.read": (
        "dataset",
        {State.SUCCEEDED: "dataset.ready", State.FAILED: "dataset.failed"},
    ),
    "predictions.score": (
        "prediction",
        {State.SUCCEEDED: "prediction.finished", State.FAILED: "prediction.failed"},
    ),
    "runs.train": (
        "run",
        {
            State.SUCCEEDED: "run.finished",
            State.FAILED: "run.failed",
            State.CANCELLED: "run.cancelled",
        },
    ),
}
_ENDS["api.run"] = _ENDS["runs.train"]


def sweep() -> None:
    """Make the messages that are missing, and have those delivered that are due."""
    for hook in Webhook.objects.all():
        for job in _ended(hook):
            _tell(hook, job)
    _deliver_due()
    old = Delivery.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    if old.exists():  # deleting nothing would still take the database's write lock
        old.delete()


def payload_of(job: Job) -> dict[str, Any] | None:
    """What is said of an ended job: which object, and how it ended; nothing of its content."""
    kind, ends = _ENDS[job.name]
    event = ends.get(job.state)
    if event is None or job.finished_at is None:
        return None
    return {
        "type": event,
        "timestamp": job.finished_at.isoformat(),
        "data": {"kind": kind, "id": job.arguments[kind], "state": job.state},
    }


def _ended(hook: Webhook) -> Iterator[Job]:
    since = max(hook.created_at, timezone.now() - LOOKED_BACK)
    told = Delivery.objects.filter(webhook=hook).values("about")
    yield from Job.objects.filter(
        workspace_id=hook.workspace_id,
        name__in=_ENDS,
        state__in=FINISHED,
        finished_at__gte=since,
    ).exclude(uuid__in=told)[:MOST_AT_ONCE]


def _tell(hook: Webhook, job: Job) -> None:
    payload = payload_of(job)
    if payload is None or payload["type"] not in hook.events:
        return
    try:
        with transaction.atomic():
            Delivery.objects.create(
                webhook=hook, about=job.uuid, event=payload["type"], payload=payload
            )
    except IntegrityError:
        return  # another worker was quicker


def _deliver_due() -> None:
    """Put a job in the queue for each message that is due and has none under way."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=timezone.now())
    idle = Q(job=None) | Q(job__state__in=FINISHED)
    for pk in due.filter(idle).values_list("pk", flat=True)[:MOST_AT_ONCE]:
        with transaction.atomic():
            delivery = (
                due.filter(idle, pk=pk)
                .select_for_update(of=("self",))
                .select_related("webhook__workspace")
                .first()
            )
            if delivery is None:
                continue
            arguments = {"delivery": str(delivery.uuid)}
            delivery.job = enqueue("api.deliver", arguments, delivery.webhook.workspace)
            delivery.save(update_fields=["job"])
