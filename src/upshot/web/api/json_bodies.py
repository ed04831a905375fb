"""Bodies of requests and answers: JSON as the standard has it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from upshot.web.api.problems import Problem


class StrictJson(Parser):
    """Refuses what Python takes beyond JSON: NaN, infinities, endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request.

        Raises
        ------
        Problem
            When it is not JSON.
        """
        try:
            return json.loads(request.body, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise Problem("malformed") from None


class PlainJson(BaseRenderer):
    """Writes times to the microsecond everywhere, and nothing that JSON does not have."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The body of an answer."""
        return to_json(data, inf_nan_mode="null")


def _refuse(word: str) -> Any:
    raise ValueError(word)
