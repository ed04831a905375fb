"""Files by their content: what was uploaded, and what was made from it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One file of a workspace, named by its SHA-256; whoever needs it holds a foreign key to it.

    The rows and the files are made and removed together by `upshot.web.files.store`.
    """

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace", "sha256"), name="one_row_per_content"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the file lies; built from our own values only."""
        folder: Path = settings.DATA.files
        return folder / str(self.workspace_id) / self.sha256[:2] / self.sha256
