"""What hangs on an object, read from the models themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Model


def what_refers_to(model: type[Model]) -> list[Any]:
    """The foreign keys that point to a model, also those without a name for the way back."""
    fields = model._meta.get_fields(include_hidden=True)
    return [
        field
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
