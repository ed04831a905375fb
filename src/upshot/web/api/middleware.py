"""What every answer of the API has in common, whoever gave it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from upshot.web.api.problems import BY_STATUS, CONTENT_TYPE, Problem, problem_response

ADDRESS = "/api/v1/"

GetResponse = Callable[[HttpRequest], HttpResponse]


class ApiAnswers:
    """Turns Django's own error pages below the API into problem details; says what rate is left.

    It stands first, so that what other middleware refuses is answered in the same form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(ADDRESS):
            return response
        if response.status_code >= 400 and response.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(response)
        rate = getattr(request, "api_rate", None)
        if rate is not None:
            response["RateLimit-Limit"] = str(rate.limit)
            response["RateLimit-Remaining"] = str(rate.remaining)
        response.setdefault("Cache-Control", "private, no-store")
        return response


def _as_problem(page: HttpResponse) -> HttpResponse:
    code = BY_STATUS.get(page.status_code)
    if code is None:
        code = "our-fault" if page.status_code >= 500 else "malformed"
    response = problem_response(Problem(code))
    if "Allow" in page:
        response["Allow"] = page["Allow"]
    return response
