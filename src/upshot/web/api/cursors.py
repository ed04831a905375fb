"""Long lists a part at a time: ``?limit=&cursor=``, newest first.

A cursor names the last row of the part before, by time and public id, so that rows added or
deleted meanwhile neither repeat nor hide any.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from ninja import Query, Schema
from pydantic import Field

from upshot.web.api.problems import FieldError, Problem
from upshot.web.common.pagination import rows_between

USUAL, MOST = 50, 200


class Part(Schema):
    """Which part of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    cursor: str | None = Field(
        None, max_length=200, description="The “next” of the part before; absent for the first."
    )


PartQuery = Annotated[Part, Query()]


def part_of(rows: QuerySet[Any], part: Part, shown: Callable[[Any], Any]) -> dict[str, Any]:
    """One part of a list, and the cursor of the next.

    Raises
    ------
    Problem
        When the cursor is not one of ours.
    """
    ordered = rows.order_by("-created_at", "-uuid")
    if part.cursor:
        time, public_id = _parsed(part.cursor)
        ordered = ordered.filter(Q(created_at__lt=time) | Q(created_at=time, uuid__lt=public_id))
    found = list(rows_between(ordered, 0, part.limit + 1))
    more = len(found) > part.limit
    found = found[: part.limit]
    return {
        "items": [shown(row) for row in found],
        "next": _cursor(found[-1]) if more else None,
    }


def _cursor(row: Any) -> str:
    text = f"{row.created_at.isoformat()}|{row.uuid}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parsed(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        time, _, public_id = base64.urlsafe_b64decode(padded.encode()).decode().partition("|")
        parsed = datetime.fromisoformat(time)
        if parsed.tzinfo is None or not 2000 < parsed.year < 9000:
            raise ValueError(time)
        return parsed, uuid.UUID(public_id)
    except (ValueError, binascii.Error):
        raise Problem(
            "invalid", errors=[FieldError("query.cursor", "This is no cursor of this list.")]
        ) from None
