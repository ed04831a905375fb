"""Set-up, log in, log out, own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from upshot.web.accounts import setup
from upshot.web.accounts.forms import LoginForm, PasswordForm, SetupForm

_BACKEND = "django.contrib.auth.backends.ModelBackend"


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
            start_session(request, owner, backend=_BACKEND)
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
        start_session(request, form.user)
        return redirect(target)
    status = 200 if request.method != "POST" else 422
    return render(request, "accounts/login.html", {"form": form, "next": target}, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on this device."""
    end_session(request)
    messages.info(request, _("You are logged out."))
    return redirect("accounts:login")


@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who I am, which workspaces I am in, and my password."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other devices are logged out."))
        return redirect("accounts:account")
    memberships = request.user.memberships.select_related("workspace").order_by("pk")
    status = 200 if request.method != "POST" else 422
    return render(
        request,
        "accounts/account.html",
        {"form": form, "memberships": memberships},
        status=status,
    )
