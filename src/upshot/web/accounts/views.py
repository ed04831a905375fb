"""Set-up, log in, log out."""

from __future__ import annotations

import time

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from upshot.web.accounts import setup, throttle, two_factor
from upshot.web.accounts.forms import LoginForm, SetupForm
from upshot.web.accounts.forms_account import CodeForm
from upshot.web.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Who has given the right password and still owes the second factor.
_HALFWAY = "halfway"
HALFWAY_SECONDS = 10 * 60


@never_cache
@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Make the owner's account; open until there is one."""
    if not setup.is_open():
        return redirect("accounts:login")
    form = SetupForm(request.POST or None, initial={"token": request.GET.get("token", "")})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            owner = setup.create_owner(
                fields["token"],
                email=fields["email"],
                password=fields["password"],
                workspace=fields["workspace"],
            )
        except setup.SetupClosed:
            form.add_error("token", _("This is not the code shown in the terminal."))
        else:
            start_session(request, owner, backend=BACKEND)
            return redirect("common:home")
    status = 200 if request.method != "POST" else 422
    return render(request, "accounts/setup.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in and go where the person wanted to go."""
    if setup.is_open():
        return redirect("accounts:setup")
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    if request.user.is_authenticated:
        return redirect(target)
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        if two_factor.is_on(form.user):
            return _ask_for_code(request, form.user, target)
        start_session(request, form.user)
        return redirect(target)
    status = 200 if request.method != "POST" else 422
    return render(request, "accounts/login.html", {"form": form, "next": target}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_code(request: HttpRequest) -> HttpResponse:
    """The second step of logging in, for those who switched it on."""
    halfway = request.session.get(_HALFWAY)
    user = _halfway_user(halfway)
    if user is None:
        request.session.pop(_HALFWAY, None)
        return redirect("accounts:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        if throttle.is_blocked_for_codes(user.email, address):
            form.add_error("code", _("Too many attempts did not work. Wait 15 minutes."))
        elif two_factor.passes(user, form.cleaned_data["code"]):
            target = halfway["next"]
            del request.session[_HALFWAY]
            start_session(request, user, backend=BACKEND)
            return redirect(target)
        else:
            throttle.note_wrong_code(user.email, address)
            form.add_error(
                "code", _("This is not the code the app shows now, nor an unused recovery code.")
            )
    status = 200 if request.method != "POST" else 422
    return render(request, "accounts/login_code.html", {"form": form}, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on this device."""
    end_session(request)
    messages.info(request, _("You are logged out."))
    return redirect("accounts:login")


def _ask_for_code(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Remember who is halfway in; a session under a new key, so that nobody prepared it."""
    request.session.cycle_key()
    request.session[_HALFWAY] = {
        "user": user.pk,
        "at": time.time(),
        "next": target,
        # A changed password makes the half-finished log-in worthless.
        "proof": user.get_session_auth_hash(),
    }
    return redirect("accounts:login_code")


def _halfway_user(halfway: dict[str, object] | None) -> User | None:
    if not halfway or time.time() - float(halfway["at"]) > HALFWAY_SECONDS:  # type: ignore[arg-type]
        return None
    user = User.objects.filter(pk=halfway["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != halfway["proof"]:
        return None
    return user
