"""Switching the second factor on and off, and the codes for when the app is gone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from upshot.web import audit
from upshot.web.accounts import throttle, two_factor
from upshot.web.accounts.forms_account import CodeForm, ProveForm


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Whether it is on, and what can be done."""
    return _page(request)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Make a secret for the app."""
    proof = _proof(request)
    if two_factor.is_on(request.user):
        return redirect("accounts:two_factor")
    if not proof.is_valid():
        return _page(request, proof=proof, status=422)
    two_factor.begin(request.user)
    return redirect("accounts:two_factor")


@never_cache
@sensitive_post_parameters("code")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Switch it on, once a code shows that the app has the secret."""
    form = CodeForm(request.POST)
    address = request.META.get("REMOTE_ADDR", "")
    if throttle.is_blocked_for_codes(request.user.email, address):
        form.add_error("code", _("Too many attempts did not work. Wait 15 minutes."))
        return _page(request, code=form, status=422)
    codes = two_factor.confirm(request.user, form.data.get("code", "")) if form.is_valid() else None
    if codes is None:
        throttle.note_wrong_code(request.user.email, address)
        form.add_error("code", _("This is not the code the app shows now. Type the newest one."))
        return _page(request, code=form, status=422)
    audit.record(request, "accounts:two_factor_on")
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_new": True})


@never_cache
@sensitive_post_parameters("password")
@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    """Log in with the password alone again."""
    proof = _proof(request)
    if not proof.is_valid():
        return _page(request, proof=proof, status=422)
    two_factor.switch_off(request.user)
    messages.success(request, _("The second factor is off."))
    return redirect("accounts:account")


@never_cache
@sensitive_post_parameters("password")
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes; the old ones no longer work."""
    proof = _proof(request)
    if not two_factor.is_on(request.user):
        return redirect("accounts:two_factor")
    if not proof.is_valid():
        return _page(request, proof=proof, status=422)
    codes = two_factor.new_recovery_codes(request.user)
    audit.record(request, "accounts:recovery_codes")
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _proof(request: HttpRequest) -> ProveForm:
    data = request.POST if request.method == "POST" else None
    return ProveForm(request.user, request.META.get("REMOTE_ADDR", ""), data)


def _page(
    request: HttpRequest,
    *,
    proof: ProveForm | None = None,
    code: CodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    factor = two_factor.pending(request.user)
    context = {
        "is_on": two_factor.is_on(request.user),
        "left": two_factor.recovery_codes_left(request.user),
        "factor": factor,
        # Drawn by us from our own secret; it holds no text of anybody.
        "picture": mark_safe(two_factor.picture(factor)) if factor else "",  # noqa: S308
        "proof": proof or ProveForm(request.user, ""),
        "code": code or CodeForm(),
    }
    return render(request, "accounts/two_factor.html", context, status=status)
