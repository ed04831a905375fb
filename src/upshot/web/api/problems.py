"""Every error of the API as problem details (RFC 9457), from one registry."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"
DOCUMENTED_AT = "/api/docs#problem-"


@dataclass(frozen=True)
class ProblemKind:
    """One kind of error: its status, what it means, and what to do."""

    status: int
    title: str | Promise
    remedy: str | Promise


PROBLEMS: dict[str, ProblemKind] = {
    "malformed": ProblemKind(
        400, _("The request cannot be read."), _("Send valid JSON, or a valid form with a file.")
    ),
    "no-token": ProblemKind(
        401,
        _("The request shows no valid token."),
        _("Send “Authorization: Bearer upshot_…”. Tokens are made in your account."),
    ),
    "missing-scope": ProblemKind(
        403, _("The token may not do this."), _("Make a token with the scope that is named.")
    ),
    "missing-role": ProblemKind(
        403,
        _("The person behind the token may not do this."),
        _("Ask the owner of the workspace for the right to do it."),
    ),
    "refused": ProblemKind(
        403, _("The request came from another website."), _("Call the API from a program.")
    ),
    "not-found": ProblemKind(
        404, _("There is nothing at this address."), _("Check the address and the identifier.")
    ),
    "wrong-method": ProblemKind(
        405, _("This address does not take this method."), _("The header “Allow” names those.")
    ),
    "not-ready": ProblemKind(
        409, _("This is not ready yet."), _("Ask for its state until the work has ended.")
    ),
    "unusable": ProblemKind(
        409, _("This cannot be used as it is."), _("Make it again, or choose another one.")
    ),
    "still-running": ProblemKind(
        409,
        _("The first request with this Idempotency-Key is still being answered."),
        _("Send the same request again a little later."),
    ),
    "wrong-offset": ProblemKind(
        409, _("The piece begins elsewhere."), _("Ask how far the file is, and go on from there.")
    ),
    "wrong-version": ProblemKind(
        412, _("This is another version of tus."), _("Send “Tus-Resumable: 1.0.0”.")
    ),
    "wrong-type": ProblemKind(
        415,
        _("A piece has another content type."),
        _("Send it as “application/offset+octet-stream”."),
    ),
    "wrong-checksum": ProblemKind(
        460, _("The piece arrived with another checksum."), _("Send it again.")
    ),
    "disk-full": ProblemKind(
        507, _("The disk is full."), _("Delete what you no longer need, or ask for room.")
    ),
    "too-large": ProblemKind(
        413, _("The request is too large."), _("Send fewer rows, or a file instead of rows.")
    ),
    "invalid": ProblemKind(
        422, _("Something in the request does not fit."), _("Each entry of “errors” says what.")
    ),
    "key-reused": ProblemKind(
        422,
        _("This Idempotency-Key was used for another request."),
        _("Use a new key for each new request."),
    ),
    "too-many-requests": ProblemKind(
        429, _("Too many requests."), _("Wait as long as the header “Retry-After” says.")
    ),
    "our-fault": ProblemKind(
        500,
        _("Something went wrong on our side."),
        _("Try again; if it happens once more, tell whoever runs this Upshot."),
    ),
    "unavailable": ProblemKind(503, _("Upshot cannot answer now."), _("Try again in a minute.")),
}

BY_STATUS: dict[int, str] = {
    400: "malformed",
    401: "no-token",
    403: "refused",
    404: "not-found",
    405: "wrong-method",
    413: "too-large",
    422: "invalid",
    429: "too-many-requests",
    500: "our-fault",
    503: "unavailable",
}
"""The kind of an error that Django answered itself."""


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one part of a request."""

    field: str
    message: str


class Problem(Exception):
    """An error to answer with.

    Parameters
    ----------
    code : str
        A key of `PROBLEMS`.
    detail : str
        What is wrong here; the kind's remedy where nothing more can be said.
    errors : sequence of FieldError
        The parts of the request that do not fit.
    retry_after : float or None
        Seconds to wait.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail
        self.errors, self.retry_after = tuple(errors), retry_after


def problem_response(problem: Problem) -> HttpResponse:
    """The problem as a response."""
    kind = PROBLEMS[problem.code]
    body: dict[str, Any] = {
        "type": f"{DOCUMENTED_AT}{problem.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail or str(kind.remedy),
        "code": problem.code,
    }
    if problem.errors:
        body["errors"] = [
            {"field": error.field, "message": error.message} for error in problem.errors
        ]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=kind.status, content_type=CONTENT_TYPE
    )
    if kind.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="upshot"'
    if problem.retry_after is not None:
        response["Retry-After"] = str(max(1, math.ceil(problem.retry_after)))
    return response


def on_problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer a problem that an endpoint raised."""
    return problem_response(problem)
