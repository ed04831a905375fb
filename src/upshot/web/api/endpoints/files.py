"""Files that come in, and files that go out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _

from upshot.web.api.problems import FieldError, Problem
from upshot.web.datasets.forms import FileField
from upshot.web.files import pieces


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


def received_or_sent(request: Any, file: Any, upload: Any, sha256: str | None = None) -> Any:
    """The file of a form, or the one sent in pieces before.

    Raises
    ------
    Problem
        When there is neither or both, or as `received` does.
    """
    if (file is None) == (upload is None):
        words = _("Send a file, or the id of an upload.")
        raise Problem("invalid", errors=[FieldError("file", words)])
    if upload is None:
        return received(file, sha256)
    caller = request.auth
    return received(pieces.arrived(caller.user, caller.workspace, str(upload)), sha256)


def sent(path: Path, name: str, content_type: str = "application/octet-stream") -> FileResponse:
    """A stored file as a download."""
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
