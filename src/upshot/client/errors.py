"""What the client raises.

The hierarchy::

    UpshotError
    ├── ApiError    the site answered with an error, or not at all
    └── NotDone     work failed, was cancelled, or takes longer than one would wait
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from upshot.errors import UpshotError


class ApiError(UpshotError):
    """The site refused a request; the attributes repeat its problem details.

    Attributes
    ----------
    status : int
        The status of the answer; 0 when there was none.
    code : str
        Stable slug such as ``"not-found"``; programs match on it.
    errors : tuple of (field, message)
        The parts of the request that do not fit.
    """

    def __init__(self, status: int, details: Mapping[str, Any]) -> None:
        fields = tuple(
            (str(item.get("field", "")), str(item.get("message", "")))
            for item in details.get("errors") or ()
        )
        title = str(details.get("title") or f"The site answered with {status}.")
        shown = " ".join(f"{field}: {message}" for field, message in fields)
        super().__init__(f"{title} {shown}".strip(), str(details.get("detail", "")))
        self.status, self.code, self.errors = status, str(details.get("code", "")), fields


class NotDone(UpshotError):
    """Work that was waited for did not end well, or not in time."""
