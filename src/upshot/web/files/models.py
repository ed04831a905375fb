"""Files by their content: what was uploaded, and what was made from it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from upshot.web.common.models import PublicModel
from upshot.web.files.places import key_of, place


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
        """Where its content lies on this machine, fetched first when it is kept elsewhere.

        Raises
        ------
        FileProblem
            When what was fetched is not what was stored.
        """
        return place().local(self.key)

    @property
    def key(self) -> str:
        """Its name in the place of stored files; built from our own values only."""
        return key_of(self.workspace_id, self.sha256)

    @property
    def is_there(self) -> bool:
        """Whether its content is still in its place."""
        return place().has(self.key)


class Upload(PublicModel):
    """A file that arrives in pieces; made, continued and ended by `upshot.web.files.pieces`.

    ``offset`` is how much of it lies safely on disk. ``name`` is text to show, never part of a
    path. ``mark`` is what the browser knows of the file, to recognise it when it is chosen again;
    ``sha256`` is what a program says of its content, and later what it is. ``became`` is the
    address of what was made from it: from then on the file belongs to that.
    """

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=255)
    mark = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    became = models.CharField(max_length=200, blank=True)
    touched_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-touched_at", "-pk")

    def __str__(self) -> str:
        return f"{self.uuid} {self.offset}/{self.size}"

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.offset == self.size

    @property
    def path(self) -> Path:
        """Where its bytes lie until it is whole; built from our own values only."""
        folder: Path = settings.DATA.incoming
        return folder / f"upload-{self.uuid}.part"
