"""What every request passes: our own address only, one language, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from upshot.errors import InputError
from upshot.wording import speaking

GetResponse = Callable[[HttpRequest], HttpResponse]


class OwnAddressOnly:
    """Refuse a foreign Host (DNS rebinding) and a foreign Origin, on this machine too.

    A page of another site, open in the same browser, can reach a local server; its requests carry
    that site's Origin or, after rebinding, its Host. Neither is ever ours.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()  # raises DisallowedHost, answered with 400
        origin = request.headers.get("Origin")
        if origin is not None and not _is_own(origin, request.scheme or "http", host):
            return HttpResponse(
                "This request came from another website, so it was refused.\n",
                status=403,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


def _is_own(origin: str, scheme: str, host: str) -> bool:
    return origin == f"{scheme}://{host}" or origin in settings.CSRF_TRUSTED_ORIGINS


class OneLanguage:
    """Let the library's sentences speak the language Django chose for this request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with speaking(get_language() or settings.LANGUAGE_CODE):
            return self.get_response(request)


class RefusalsInWords:
    """Answer with the problem and its remedy where a view lets an `InputError` pass."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only what is the input's fault; anything else is ours and stays a failure."""
        if not isinstance(error, InputError):
            return None
        return render(request, "errors/refused.html", {"error": error}, status=409)
