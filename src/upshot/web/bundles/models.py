"""A learned model in the library."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel


class SavedBundle(PublicModel):
    """One ``.upshot`` file with what a person wants to know before using it.

    ``question``, ``quality`` and ``columns`` repeat what the file's manifest says, so that a list
    of bundles opens no file.
    """

    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="bundles"
    )
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, on_delete=models.CASCADE, related_name="bundles"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="bundles")
    name = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    question = models.CharField(max_length=300)
    task = models.CharField(max_length=20)
    target = models.CharField(max_length=300)
    quality = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=list)
    learned_from = models.CharField(max_length=255, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name
