"""Following a link: an invitation, or a new password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from upshot.web import audit
from upshot.web.accounts import invitations, mail, recovery, setup, throttle
from upshot.web.accounts.forms_account import ForgotForm, NewPasswordForm
from upshot.web.accounts.forms_workspace import JoinForm
from upshot.web.accounts.middleware import CHOSEN_WORKSPACE
from upshot.web.accounts.models import Invitation, User, normal_email
from upshot.web.accounts.views import BACKEND


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join a workspace, with the account one has or a new one."""
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "accounts/link_closed.html", status=404)
    if request.user.is_authenticated:
        return _join_as(request, token, invitation)
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, bound_to=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                email, password = form.cleaned_data["email"], form.cleaned_data["password"]
                user = User.objects.create_user(email, password)
                membership = invitations.accept(token, user)
        except invitations.InvitationClosed:
            return render(request, "accounts/link_closed.html", status=404)
        start_session(request, user, backend=BACKEND)
        return _welcome(request, membership)
    status = 422 if request.method == "POST" else 200
    context = {"invitation": invitation, "form": form, "path": request.path}
    return render(request, "accounts/join.html", context, status=status)


@never_cache
@sensitive_post_parameters("new")
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest, kind: str, person: int, token: str) -> HttpResponse:
    """Set a new password by a link."""
    user = recovery.find(kind, person, token)
    if user is None:
        return render(request, "accounts/link_closed.html", status=404)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        recovery.reset(user, kind, form.cleaned_data["new"])
        audit.record(request, "accounts:reset", user)
        end_session(request)
        messages.success(request, _("Your new password is saved. Log in with it."))
        return redirect("accounts:login")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/recover.html", {"form": form, "person": user}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Send a link, or say who else can make one; the answer never tells who has an account."""
    if setup.is_open():
        return redirect("accounts:setup")
    form = ForgotForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and mail.is_configured():
        _send_link(request, form.cleaned_data["email"])
        messages.success(
            request, _("If there is an account with this e-mail, a link is on its way to it.")
        )
        return redirect("accounts:login")
    context = {"form": form, "sends_mail": mail.is_configured()}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/forgot.html", context, status=status)


def _send_link(request: HttpRequest, email: str) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    marked = f"forgot:{normal_email(email)}"
    if throttle.is_blocked(marked, address):
        return
    throttle.note_failure(marked, address)
    user = User.objects.filter(email=normal_email(email), is_active=True).first()
    if user is not None:
        link = request.build_absolute_uri(recovery.path_for(user))
        body = _(
            "Somebody asked for a new password for your account on Upshot.\n\n"
            "Open this link within an hour to set one. It works once.\n\n%(link)s\n\n"
            "If it was not you, you can ignore this: nothing has changed."
        ) % {"link": link}
        mail.send(user.email, _("A new password for Upshot"), body)


def _join_as(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    context = {"invitation": invitation}
    if not invitations.suits(invitation, request.user.email):
        return render(request, "accounts/join_other.html", context, status=403)
    if request.method != "POST":
        return render(request, "accounts/join_member.html", context)
    try:
        membership = invitations.accept(token, request.user)
    except invitations.InvitationClosed:
        return render(request, "accounts/link_closed.html", status=404)
    return _welcome(request, membership)


def _welcome(request: HttpRequest, membership) -> HttpResponse:
    audit.record(request, "accounts:join", membership, detail=membership.role)
    request.session[CHOSEN_WORKSPACE] = str(membership.workspace.uuid)
    words = _("Welcome to “%(name)s”.") % {"name": membership.workspace.name}
    messages.success(request, words)
    return redirect("common:home")
