"""A new file scored by a learned model."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel


class Prediction(PublicModel):
    """One scored file. How it goes is told by ``job``; it is ready once ``rows`` is known.

    ``preview`` holds the highest rows as shown, ``summary`` the tenths of the list.
    """

    bundle = models.ForeignKey(
        "bundles.SavedBundle", on_delete=models.CASCADE, related_name="predictions"
    )
    upload = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="prediction_uploads"
    )
    original_name = models.CharField(max_length=255)
    sample = models.CharField(max_length=60, blank=True)
    sheet = models.CharField(max_length=255, blank=True)
    sheets = models.JSONField(default=list)
    rows = models.BigIntegerField(null=True)
    notes = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    summary = models.JSONField(default=list)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_ready(self) -> bool:
        """Whether the scores are there."""
        return self.rows is not None


class Format(models.TextChoices):
    """The formats a scored list is offered in."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"
    PARQUET = "parquet", "Parquet"


class ScoredFile(models.Model):
    """The scored list in one format."""

    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10, choices=Format.choices)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="scores")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("prediction", "format"), name="one_file_per_format"),
        )

    def __str__(self) -> str:
        return f"{self.prediction_id}.{self.format}"
