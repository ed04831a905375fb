"""The entries of the log and the two ends of its chain."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or remove an entry."""


class Entries(models.QuerySet["Entry"]):
    """Entries can be added and read; the database refuses the rest as well (migration 0001)."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly("Entries of the audit log cannot be changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Entries of the audit log cannot be removed.")

    def bulk_update(self, *_args: Any, **_values: Any) -> NoReturn:
        raise AppendOnly("Entries of the audit log cannot be changed.")


class Entry(models.Model):
    """One thing that was done.

    People and objects are named by number only: names are looked up when the log is shown, so the
    log holds none of them after they are deleted. ``digest`` covers every field and ``previous``,
    the digest of the entry before.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.BigIntegerField(null=True, db_index=True)
    workspace = models.UUIDField(null=True, db_index=True)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=36, blank=True)
    address = models.CharField(max_length=45, blank=True)
    detail = models.CharField(max_length=100, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = Entries.as_manager()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Entries of the audit log cannot be changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Entries of the audit log cannot be removed.")


class Chain(models.Model):
    """Where the chain begins and ends; one row.

    ``genesis`` is this installation's own random value. Entries up to ``kept_after`` were removed
    when their time was over; ``kept_digest`` is the digest of the last of them, on which the next
    one rests. The database lets entries go only up to ``kept_after``.
    """

    genesis = models.CharField(max_length=64)
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)
    kept_after = models.BigIntegerField(default=0)
    kept_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.length} entries"
