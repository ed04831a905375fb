"""Files that come in, and files that go out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse

from upshot.web.api.problems import FieldError, Problem
from upshot.web.datasets.forms import FileField


def received(file: Any, sha256: str | None = None) -> Any:
    """An uploaded file, if it is within the limits and arrived as it was sent.

    Raises
    ------
    Problem
        When it is empty, too large, or has another SHA-256 than the program says.
    """
    try:
        checked = FileField().clean(file)
    except ValidationError as error:
        raise Problem("invalid", errors=[FieldError("file", error.messages[0])]) from None
    if sha256 is not None and checked.incoming.sha256 != sha256.lower():
        raise Problem(
            "invalid",
            errors=[FieldError("sha256", "The file arrived with another SHA-256. Send it again.")],
        )
    return checked


def sent(path: Path, name: str, content_type: str = "application/octet-stream") -> FileResponse:
    """A stored file as a download."""
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
