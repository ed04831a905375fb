"""One's own account: name, password, devices."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from upshot.web import audit
from upshot.web.accounts import sessions, two_factor
from upshot.web.accounts.forms import PasswordForm
from upshot.web.accounts.forms_account import NameForm


@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who I am, which workspaces I am in, where I am logged in, and my password."""
    form = PasswordForm(request.user, request.META.get("REMOTE_ADDR", ""), request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        sessions.end_all(request.user, keep=request.session.session_key)
        audit.record(request, "accounts:password")
        messages.success(request, _("Your password is changed. Other devices are logged out."))
        return redirect("accounts:account")
    status = 200 if request.method != "POST" else 422
    context = {
        "form": form,
        "name_form": NameForm(initial={"name": request.user.name}, prefix=None),
        "memberships": request.user.memberships.select_related("workspace").order_by("pk"),
        "devices": sessions.devices(request.user),
        "this_session": request.session.session_key,
        "two_factor": two_factor.is_on(request.user),
    }
    return render(request, "accounts/account.html", context, status=status)


@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    """Change the name others see."""
    form = NameForm(request.POST)
    if form.is_valid():
        request.user.name = form.cleaned_data["name"]
        request.user.save(update_fields=["name"])
        messages.success(request, _("Your name is saved."))
    else:
        audit.nothing_done(request)
        messages.error(request, _("A name has at most 100 characters. The old one was kept."))
    return redirect("accounts:account")


@require_POST
def session_end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Log one device out."""
    sign_in = get_object_or_404(request.user.sign_ins, uuid=pk)
    sessions.end(sign_in)
    messages.success(request, _("That device is logged out."))
    return redirect("accounts:account")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Log all other devices out."""
    count = sessions.end_all(request.user, keep=request.session.session_key)
    words = ngettext("%(n)d device is logged out.", "%(n)d devices are logged out.", count)
    messages.success(request, words % {"n": count})
    return redirect("accounts:account")
