"""A data set and the versions of what we understood of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel
from upshot.web.sentences import SentenceField


class Dataset(PublicModel):
    """One file of a workspace, as received and as read.

    ``original_name`` is text to show, never part of a path. ``source`` and ``notes`` hold the
    reader's facts as JSON; ``reading`` is what a person said about how to read the file, an
    `upshot.tables.options.ReadOptions` without the sheet. ``current`` is the version of the schema
    in force. How reading goes is told by ``job``; the data set is ready once it has a ``current``
    version.
    """

    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="datasets"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200)
    original_name = models.CharField(max_length=255)
    sample = models.CharField(max_length=60, blank=True)
    sheet = models.CharField(max_length=255, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    upload = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="dataset_uploads"
    )
    table = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="dataset_tables"
    )
    rows = models.BigIntegerField(null=True)
    source = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    current = models.ForeignKey(
        "datasets.SchemaVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        """Whether the file has been read."""
        return self.current_id is not None


class SchemaVersion(PublicModel):
    """One version of what each column is; never changed once made, except for late profiles.

    ``schema`` is an `upshot.tables.schema.Schema`, ``profile`` an `upshot.tables.profile.Profile`
    of the table read by it, ``suggestions`` what could be asked of the table, ``findings`` what was
    found in it and what of that is mended. ``pending`` names the column whose profile ``job`` is
    still making again.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    change = SentenceField(blank=True)
    schema = models.JSONField()
    profile = models.JSONField()
    suggestions = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    pending = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("dataset", "number"), name="one_number_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.dataset_id} v{self.number}"
