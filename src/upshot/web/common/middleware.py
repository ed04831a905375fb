"""What every request passes: our own address only, smaller answers, one language, and refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
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


class Compressed(GZipMiddleware):
    """Send pages and their styles and scripts compressed; downloads go out as they are.

    Size gives away content where a secret stands beside text that a stranger chose (BREACH). The
    session's cookie does not come with other sites' requests, the form token is masked anew in each
    page, and Django adds bytes at random. What is never to be stored may hold a secret in the open,
    a recovery code or a key, and the same goes for what answers a form: both stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress what is safe and worth it."""
        kind = response.get("Content-Type", "").partition(";")[0]
        is_plain = request.method == "GET" and response.status_code == 200
        if not is_plain or kind not in _COMPRESSED or _is_secret(response):
            return response
        compressed: HttpResponse = super().process_response(request, response)
        return compressed


_COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml"})


def _is_secret(response: HttpResponse) -> bool:
    kept_back = response.get("Content-Disposition", "").startswith("attachment")
    return kept_back or "no-store" in response.get("Cache-Control", "")


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
