"""The description of the API: OpenAPI for programs, a plain page for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from upshot.web.api.endpoints.uploads import PROBLEM_OF
from upshot.web.api.idempotency import HEADER, LONGEST_KEY
from upshot.web.api.middleware import ADDRESS
from upshot.web.api.problems import CONTENT_TYPE, PROBLEMS
from upshot.web.api.schemas import ProblemOut
from upshot.web.api.v1 import Operation, api, operations

TAGGED = frozenset({"get_dataset", "get_run", "get_progress", "get_prediction"})
"""Operations that take ``If-None-Match``."""

WORDS = {
    "pk": "The identifier.",
    "file": "The file, as a part of a form.",
    "upload": "The identifier of a file sent in pieces, instead of `file`.",
    "sha256": "SHA-256 of the file, 64 hexadecimal digits.",
    "bundle": "The identifier of a bundle.",
    "dataset": "The identifier of a data set.",
    "format": "Which kind of file.",
    "rows": "One object per row, column name to value; 1,000 at most.",
    "url": "Where messages are sent: https and the open internet.",
    "events": "Which ends to tell.",
}
"""What parts mean that have no words of their own."""


@dataclass(frozen=True)
class Field:
    """A parameter, or a part of a body."""

    name: str
    place: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Endpoint:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    words: SafeString
    scopes: tuple[str, ...]
    role: str
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description for programs."""
    return JsonResponse(description())


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The description for people; no script, nothing from elsewhere."""
    groups: dict[str, list[Endpoint]] = {}
    for tag, endpoint in endpoints():
        groups.setdefault(tag, []).append(endpoint)
    context = {
        "groups": groups,
        "problems": PROBLEMS,
        "address": request.build_absolute_uri(ADDRESS),
    }
    return render(request, "api/docs.html", context)


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1, with every error and header that an answer can have."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ADDRESS))
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, inner in schema.pop("$defs", {}).items():
        found["components"]["schemas"][name] = inner
    found["components"]["schemas"]["Problem"] = schema
    # It is kept for everybody, so it does not speak the language of whoever asked first.
    with override(settings.LANGUAGE_CODE):
        for operation in operations():
            _complete(operation, _described(found, operation))
    return found


def _described(whole: dict[str, Any], operation: Operation) -> dict[str, Any]:
    path = f"{ADDRESS.rstrip('/')}{operation.path}"
    found: dict[str, Any] = whole["paths"][path][operation.method.lower()]
    return found


def _complete(operation: Operation, described: dict[str, Any]) -> None:
    """Add what django-ninja does not know: problems, and the headers of ours."""
    responses = described["responses"]
    for status, titles in _problems_of(operation).items():
        responses[status] = {
            "description": " ".join(titles),
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    described["responses"] = {str(key): value for key, value in responses.items()}
    if operation.name in TAGGED:
        described["parameters"].append(_header("If-None-Match", "The ETag you have."))
        described["responses"]["304"] = {"description": "It did not change."}
    if operation.obeys_key:
        words = "The same request with the same key is done once."
        schema = {"type": "string", "pattern": f"^[!-~]{{1,{LONGEST_KEY}}}$"}
        described["parameters"].append(_header(HEADER, words, schema))


def _problems_of(operation: Operation) -> dict[int, list[str]]:
    codes = ["no-token", "missing-scope", "missing-role", "invalid", "too-many-requests"]
    if "{pk}" in operation.path or operation.method == "POST":
        codes += ["not-found", "not-ready", "unusable"]
    if operation.method == "POST":
        codes += ["malformed", "too-large"]
    if operation.path.startswith("/uploads"):
        codes += [code for code in PROBLEM_OF.values() if code not in codes]
    found: dict[int, list[str]] = {}
    for code in codes:
        found.setdefault(PROBLEMS[code].status, []).append(str(PROBLEMS[code].title))
    return found


def _header(name: str, words: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": words,
        "schema": schema or {"type": "string"},
    }


def endpoints() -> Iterator[tuple[str, Endpoint]]:
    """Every operation as the page shows it, with the group it belongs to."""
    whole = description()
    for operation in operations():
        described = _described(whole, operation)
        answers = tuple(
            (status, answer["description"]) for status, answer in described["responses"].items()
        )
        yield (
            described["tags"][0],
            Endpoint(
                name=operation.name,
                method=operation.method,
                path=f"{ADDRESS.rstrip('/')}{operation.path}",
                summary=described["summary"],
                words=_marked(described.get("description", "")),
                scopes=tuple(sorted(operation.scopes)),
                role=str(operation.role.label),
                fields=tuple(_fields(whole, described)),
                answers=answers,
            ),
        )


def _fields(whole: dict[str, Any], described: dict[str, Any]) -> Iterator[Field]:
    for item in described["parameters"]:
        schema = {"description": WORDS.get(item["name"], item.get("description", ""))}
        schema = {**item["schema"], **schema}
        yield _field(whole, item["name"], item["in"], schema, item["required"])
    for content in described.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(whole, content["schema"])
        required = schema.get("required", ())
        for name, inner in schema.get("properties", {}).items():
            yield _field(whole, name, "body", inner, name in required)


def _field(
    whole: dict[str, Any], name: str, place: str, schema: dict[str, Any], required: bool
) -> Field:
    words = schema.get("description") or WORDS.get(name, "")
    return Field(name, place, _kind(_resolved(whole, schema)), required, words)


def _marked(words: str) -> SafeString:
    """Words with `names in backticks` set as code."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words))
    return mark_safe(marked)  # noqa: S308 - escaped above


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in one word or by its choices."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    options = [item for item in schema.get("anyOf", ()) if item.get("type") != "null"]
    if options:
        return _kind(options[0])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "object")


def _resolved(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: dict[str, Any] = whole["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    return found
