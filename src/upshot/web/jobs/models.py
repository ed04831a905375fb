"""A piece of long work, as a row."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from upshot.web.sentences import SentenceField


class State(models.TextChoices):
    """Where a job is on its way: queued → running → one of the last three."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


FINISHED = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELLED})


class Job(models.Model):
    """A named handler with JSON arguments, and what became of it.

    `token` is the fence: it grows with every claim, and only the worker that holds the present
    one may write. `message` is for people.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    # A plain number: jobs know no other app.
    workspace_id = models.BigIntegerField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    token = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    # Seconds of wall clock; empty means the installation's own limit (UPSHOT_JOB_SECONDS).
    time_limit = models.FloatField(null=True)
    progress = models.JSONField(default=dict)
    stop_requested = models.BooleanField(default=False)
    cancel_requested = models.BooleanField(default=False)
    message = SentenceField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("state", "lease_until"), name="job_state_lease"),)

    def __str__(self) -> str:
        return f"{self.name} {self.uuid} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


class WorkerSign(models.Model):
    """The last sign of life of a worker."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
