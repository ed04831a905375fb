"""Copies of a person's data, made on request."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel


class DataCopy(PublicModel):
    """A zip with everything a person can take away; goes after a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_copies")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    size = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def path(self) -> Path:
        """Where the zip lies; built from our own values only."""
        root: Path = settings.DATA.root
        return root / "copies" / f"{self.uuid}.zip"

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.size is not None
