"""Version 1 of the API: its routers, and every error in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from upshot import __version__
from upshot.errors import InputError
from upshot.web.accounts.models import Role
from upshot.web.api.endpoints import (
    bundles,
    datasets,
    predictions,
    runs,
    uploads,
    webhooks,
)
from upshot.web.api.gate import Token
from upshot.web.api.json_bodies import PlainJson, StrictJson
from upshot.web.api.problems import BY_STATUS, FieldError, Problem, on_problem, problem_response

MOST_ERRORS = 20
LONGEST_PLACE = 200


class Version(NinjaAPI):
    """Names operations as their functions are named, which clients made from it repeat."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of an operation."""
        return str(operation.view_func.__name__)


api = Version(
    title="Upshot",
    version=__version__,
    description="From a marketing spreadsheet to a decision, for programs.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="v1",
    parser=StrictJson(),
    renderer=PlainJson(),
)
api.add_router("/datasets", datasets.router)
api.add_router("/uploads", uploads.router)
api.add_router("/runs", runs.router)
api.add_router("/bundles", bundles.router)
api.add_router("/predictions", predictions.router)
api.add_router("/webhooks", webhooks.router)

api.add_exception_handler(Problem, on_problem)


@api.exception_handler(AuthenticationError)
def no_token(_request: HttpRequest, _error: Any) -> HttpResponse:
    """No token was shown."""
    return problem_response(Problem("no-token"))


@api.exception_handler(Http404)
def not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    """There is none, or it is not the caller's: which of the two is nobody's business."""
    return problem_response(Problem("not-found"))


@api.exception_handler(PermissionDenied)
def no_role(_request: HttpRequest, _error: Any) -> HttpResponse:
    """The person's role changed between the gate and the object."""
    return problem_response(Problem("missing-role"))


@api.exception_handler(HttpError)
def refused(_request: HttpRequest, error: Any) -> HttpResponse:
    """What django-ninja refuses by itself."""
    return problem_response(Problem(BY_STATUS.get(error.status_code, "malformed")))


@api.exception_handler(InputError)
def in_words(_request: HttpRequest, error: Any) -> HttpResponse:
    """What the library refuses, in its words: most often a bundle that cannot be opened."""
    return problem_response(Problem("unusable", str(error)))


@api.exception_handler(UnreadablePostError)
def cut_off(_request: HttpRequest, _error: Any) -> HttpResponse:
    """The connection ended within the body."""
    return problem_response(Problem("malformed"))


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Parts of the request do not fit; what was sent is not repeated."""
    errors = [
        FieldError(".".join(map(str, item["loc"]))[:LONGEST_PLACE], item["msg"])
        for item in error.errors[:MOST_ERRORS]
    ]
    return problem_response(Problem("invalid", errors=errors))


def addresses() -> list[Any]:
    """The addresses of this version, without the empty root that django-ninja adds."""
    patterns, _app, _namespace = api.urls
    return [pattern for pattern in patterns if pattern.name != "api-root"]


@dataclass(frozen=True)
class Operation:
    """One operation and who may call it."""

    name: str
    method: str
    path: str
    scopes: frozenset[str]
    role: Role
    obeys_key: bool


def operations() -> Iterator[Operation]:
    """Every operation of this version.

    Raises
    ------
    TypeError
        When one asks for no token.
    """
    # django-ninja lists its routes nowhere in public.
    for router in api._get_bound_routers():
        for inner, view in router.path_operations.items():
            for found in view.operations:
                gates = [gate for gate in found.auth_callbacks if isinstance(gate, Token)]
                if len(gates) != 1 or len(found.auth_callbacks) != 1:
                    raise TypeError(f"{found.view_func.__name__} must ask for a token.")
                for method in found.methods:
                    yield Operation(
                        name=found.view_func.__name__,
                        method=method,
                        path=re.sub(r"{[^}:]+:", "{", f"{router.prefix}{inner}"),
                        scopes=gates[0].scopes,
                        role=gates[0].role,
                        obeys_key=getattr(found.view_func, "obeys_idempotency_key", False),
                    )
