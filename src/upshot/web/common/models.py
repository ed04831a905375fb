"""What every model of the site shares."""

from __future__ import annotations

import uuid

from django.db import models


class PublicModel(models.Model):
    """A row with an address: links hold its `uuid`, never its running number."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
