"""A learned model in the library."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel
from upshot.web.sentences import SentenceField


class SavedBundle(PublicModel):
    """One ``.upshot`` file with what a person wants to know before using it.

    ``question``, ``quality`` and ``columns`` repeat what the file's manifest says, so that a list
    of bundles opens no file. A bundle learned again from another is its next version: ``parent``
    is the one before, ``version`` counts from 1.
    """

    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="bundles"
    )
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, on_delete=models.CASCADE, related_name="bundles"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="bundles")
    name = SentenceField(marked=False)
    notes = models.TextField(blank=True)
    question = SentenceField(marked=False)
    task = models.CharField(max_length=20)
    target = models.CharField(max_length=300)
    quality = SentenceField(blank=True)
    level = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=list)
    learned_from = models.CharField(max_length=255, blank=True)
    version = models.PositiveIntegerField(default=1)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="later_versions"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Comparison(PublicModel):
    """Two bundles on the same rows; ``result`` is an `upshot.explaining.comparing.ComparedFacts`.

    ``older`` is the one in use, ``newer`` the one that would replace it. The rows are those that
    the newer one's run had set aside, or all rows of ``dataset`` where one is chosen.
    """

    older = models.ForeignKey(SavedBundle, on_delete=models.CASCADE, related_name="+")
    newer = models.ForeignKey(SavedBundle, on_delete=models.CASCADE, related_name="comparisons")
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, on_delete=models.CASCADE, related_name="+"
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.JSONField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.older} / {self.newer}"
