"""Who is asking, and in which workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout as end_session
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from upshot.web.accounts import sessions
from upshot.web.accounts.access import current_membership, memberships_of
from upshot.web.accounts.models import User

# The only pages that answer without a log-in. A page is added here or it is closed.
PUBLIC_PAGES = frozenset(
    {
        "accounts:forgot",
        "accounts:join",
        "accounts:login",
        "accounts:login_code",
        "accounts:recover",
        "accounts:setup",
        "common:design",
        "common:healthz",
        "common:language",
        "common:readyz",
        "guide:chapter",
        "guide:index",
        "guide:picture",
        "operation:metrics",
    }
)

# Addresses that ask for a token instead; `upshot.web.api.gate` is their lock.
WITH_TOKEN = "api:v1:"  # noqa: S105

CHOSEN_WORKSPACE = "workspace"

GetResponse = Callable[[HttpRequest], HttpResponse]


class SignedInOnly(LoginRequiredMiddleware):
    """Every page needs a log-in, except those in `PUBLIC_PAGES`.

    Decorators cannot open a page: the list above is the whole truth.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Any,
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is not None and match.view_name in PUBLIC_PAGES:
            return None
        if match is not None and match.view_name.startswith(WITH_TOKEN):
            return None
        if request.user.is_authenticated:
            return None
        if not User.objects.exists():
            return redirect("accounts:setup")
        return self.handle_no_permission(request, view_func)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if not getattr(request, "htmx", False):
            return super().handle_no_permission(request, view_func)
        # A fragment must not hold the log-in page: the whole page goes there instead.
        back = urlencode({"next": request.htmx.current_url_abs_path or "/"})  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(f"{reverse('accounts:login')}?{back}")


class NotKept:
    """Have no browser or proxy keep what a signed-in person sees (ASVS 5.0, 14.2.5).

    On a shared machine the next person would find it with the Back button, after the log-out too.
    Pages that say themselves how long they last are left as they are. It stands outside of
    compression, which leaves alone what *a page* wants kept nowhere.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response


class CurrentWorkspace:
    """Sets ``request.memberships``, ``request.membership`` and ``request.workspace``, when asked.

    Strangers have none.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def membership() -> Any:
            if not request.user.is_authenticated:
                return None
            chosen = request.session.get(CHOSEN_WORKSPACE)
            return current_membership(request.user, chosen, request.memberships)  # type: ignore[attr-defined]

        request.memberships = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: memberships_of(request.user) if request.user.is_authenticated else []
        )
        request.membership = SimpleLazyObject(membership)  # type: ignore[attr-defined]
        request.workspace = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: request.membership.workspace if request.membership else None  # type: ignore[attr-defined]
        )
        return self.get_response(request)


class Devices:
    """Keeps the list of devices on which a person is logged in, and ends sessions in time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and sessions.is_over(request):
            end_session(request)
        response = self.get_response(request)
        # Afterwards, so that a log-in is on the list at once.
        if request.user.is_authenticated:
            sessions.note(request)
        return response
