"""A question asked of a data set, and the runs that answer it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from upshot.web.common.models import PublicModel
from upshot.web.sentences import SentenceField
from upshot.wording import current


class Effort(models.TextChoices):
    """How long a run may take; the seconds are `upshot.budget.EFFORT_SECONDS`."""

    QUICK = "quick", _("Quick: about 10 seconds. A first look.")
    STANDARD = "standard", _("Standard: about 1 minute. Right for most decisions.")
    THOROUGH = "thorough", _("Thorough: about 10 minutes. When every per cent counts.")


def effort_parts(effort: str) -> tuple[str, str]:
    """An effort in a word, and what it is good for."""
    word, _colon, help_text = str(Effort(effort).label).partition(": ")
    return word, help_text


class Question(PublicModel):
    """A question with its readiness check.

    ``choice`` is an `upshot.questions.Choice`, ``readiness`` the `upshot.questions.Readiness` once
    ``job`` is done, ``decisions`` what a person decided about each leak suspect:
    ``{column: "ignore" | "keep"}``. ``recipe`` is a bundle to learn like, and ``search`` says
    whether its recipe is only where the search starts.
    """

    dataset = models.ForeignKey(
        "datasets.Dataset", on_delete=models.CASCADE, related_name="questions"
    )
    schema_version = models.ForeignKey(
        "datasets.SchemaVersion", on_delete=models.CASCADE, related_name="questions"
    )
    choice = models.JSONField()
    title = SentenceField(marked=False)
    effort = models.CharField(max_length=10, choices=Effort.choices, default=Effort.STANDARD)
    readiness = models.JSONField(null=True)
    decisions = models.JSONField(default=dict)
    recipe = models.ForeignKey(
        "bundles.SavedBundle", null=True, on_delete=models.SET_NULL, related_name="repeated_by"
    )
    search = models.BooleanField(default=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title


class Run(PublicModel):
    """One run of learning. How it goes is told by ``job``; what came out by ``answer``, whose
    sentence is repeated in ``verdict`` for lists.

    ``choice`` and ``effort`` are what was learned with, decisions included. ``charts`` holds the
    pictures of the answer as SVG text by name, drawn once when the run ended; ``charts_in`` holds
    the same in other languages, by their codes. ``marks`` is what a person said of drivers:
    ``{column: "change" | "fixed" | "consequence"}``.
    """

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.CASCADE, related_name="runs")
    schema_version = models.ForeignKey(
        "datasets.SchemaVersion", on_delete=models.CASCADE, related_name="runs"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="runs")
    title = SentenceField(marked=False)
    choice = models.JSONField()
    effort = models.CharField(max_length=10, choices=Effort.choices)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.JSONField(null=True)
    verdict = SentenceField(blank=True)
    charts = models.JSONField(default=dict)
    charts_in = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    bundle = models.OneToOneField(
        "bundles.SavedBundle", null=True, on_delete=models.SET_NULL, related_name="run"
    )
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def pictures(self) -> dict[str, Any]:
        """The pictures in the reader's language; runs of early releases have them in English."""
        pictures: dict[str, Any] = self.charts_in.get(current()) or self.charts
        return pictures

    @property
    def effort_words(self) -> str:
        """The effort in a word."""
        return effort_parts(self.effort)[0]


class HeldOutRows(models.Model):
    """The rows a run set aside (`upshot.explaining.held_out`), apart from the run: they are read
    only when something is compared on them.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="held_out")
    packed = models.BinaryField()


class WhatIf(PublicModel):
    """One row tried out with a bundle: its ``cells`` by column, and the
    `upshot.bundles.what_if.WhatIfFacts` once ``job`` is done. ``before`` is the row it was changed
    from.
    """

    bundle = models.ForeignKey(
        "bundles.SavedBundle", on_delete=models.CASCADE, related_name="what_ifs"
    )
    before = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    cells = models.JSONField()
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.JSONField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
