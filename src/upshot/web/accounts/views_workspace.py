"""A workspace: who is in it, and as what."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.web import audit
from upshot.web.accounts import invitations, mail, members
from upshot.web.accounts.access import create_workspace, get_workspace_for, is_at_least
from upshot.web.accounts.forms_workspace import ROLES, InviteForm, RoleForm, WorkspaceForm
from upshot.web.accounts.middleware import CHOSEN_WORKSPACE
from upshot.web.accounts.models import Membership, Role, Workspace

_FRESH = "fresh_invitation"


@never_cache
@require_safe
def workspace(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The people of a workspace; its owners also see what they may change."""
    found = get_workspace_for(request.user, pk)
    fresh = request.session.pop(_FRESH, None)
    return _page(request, found, fresh=fresh if fresh and fresh["workspace"] == str(pk) else None)


@require_http_methods(["GET", "POST"])
def workspace_new(request: HttpRequest) -> HttpResponse:
    """Create another workspace and go there."""
    form = WorkspaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = create_workspace(form.cleaned_data["name"], request.user)
            audit.record(request, "accounts:workspace_new", made)
        request.session[CHOSEN_WORKSPACE] = str(made.uuid)
        messages.success(request, _("The workspace is ready. You are in it now."))
        return redirect("accounts:workspace", made.uuid)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/workspace_new.html", {"form": form}, status=status)


@require_POST
def switch(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Work in another workspace."""
    found = get_workspace_for(request.user, pk)
    request.session[CHOSEN_WORKSPACE] = str(found.uuid)
    # The page one comes from belongs to the other workspace, unless it is a list.
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    return redirect(target)


@require_POST
def workspace_rename(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a workspace another name."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    form = WorkspaceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, name_form=form, status=422)
    found.name = form.cleaned_data["name"]
    found.save(update_fields=["name"])
    messages.success(request, _("The new name is saved."))
    return redirect("accounts:workspace", found.uuid)


@require_POST
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a link by which one person may join."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, invite_form=form, status=422)
    role, email = Role(form.cleaned_data["role"]), form.cleaned_data["email"]
    with transaction.atomic():
        invitation, token = invitations.invite(found, request.user, role, email)
        audit.record(request, "accounts:invite", invitation, detail=role.value)
    link = request.build_absolute_uri(reverse("accounts:join", args=[token]))
    sent = bool(email) and mail.send(email, _subject(found), _letter(found, link))
    # Shown once: the page that follows takes it out of the session.
    request.session[_FRESH] = {"workspace": str(pk), "link": link, "sent": sent, "email": email}
    return redirect("accounts:workspace", found.uuid)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Close a link before anybody used it."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    waiting = get_object_or_404(found.invitations, uuid=invitation, used_at=None)
    with transaction.atomic():
        audit.record(request, "accounts:invitation_withdraw", waiting)
        waiting.delete()
    messages.success(request, _("The link no longer works."))
    return redirect("accounts:workspace", found.uuid)


@require_POST
def member_role(request: HttpRequest, pk: uuid.UUID, member: int) -> HttpResponse:
    """Give a member another role."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        audit.nothing_done(request)
        messages.error(request, _("There is no such role. Choose one of the list."))
        return redirect("accounts:workspace", found.uuid)
    before, after = membership.role, Role(form.cleaned_data["role"])
    try:
        with transaction.atomic():
            members.change_role(membership, after)
            audit.record(request, "accounts:member_role", membership, detail=f"{before} → {after}")
    except members.LastOwner:
        audit.nothing_done(request)
        messages.error(request, _needs_an_owner())
    return redirect("accounts:workspace", found.uuid)


@require_POST
def member_remove(request: HttpRequest, pk: uuid.UUID, member: int) -> HttpResponse:
    """Take a member out."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=member)
    who = str(membership.user)
    if _take_out(request, membership, "accounts:member_remove"):
        words = _("%(who)s is no longer in this workspace.") % {"who": who}
        messages.success(request, words)
    return redirect("accounts:workspace", found.uuid)


@require_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave a workspace."""
    found = get_workspace_for(request.user, pk)
    membership = found.memberships.get(user=request.user)
    if not _take_out(request, membership, "accounts:leave"):
        return redirect("accounts:workspace", found.uuid)
    messages.success(request, _("You have left the workspace."))
    return redirect("accounts:account")


def _take_out(request: HttpRequest, membership: Membership, action: str) -> bool:
    try:
        with transaction.atomic():
            audit.record(request, action, membership)
            members.remove(membership)
    except members.LastOwner:
        audit.nothing_done(request)
        messages.error(request, _needs_an_owner())
        return False
    return True


def _needs_an_owner() -> str:
    return _("A workspace needs an owner. Make somebody else an owner first.")


def _subject(workspace: Workspace) -> str:
    return _("You are invited to “%(name)s” on Upshot") % {"name": workspace.name}


def _letter(workspace: Workspace, link: str) -> str:
    return _(
        "You are invited to the workspace “%(name)s” on Upshot.\n\n"
        "Open this link within seven days to join. It works once.\n\n%(link)s\n\n"
        "If you did not expect this, you can ignore it."
    ) % {"name": workspace.name, "link": link}


def _page(
    request: HttpRequest,
    found: Workspace,
    *,
    fresh: dict[str, str] | None = None,
    name_form: WorkspaceForm | None = None,
    invite_form: InviteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    people = list(found.memberships.select_related("user").order_by("pk"))
    own = next(member for member in people if member.user_id == request.user.pk)
    is_owner = is_at_least(own.role, Role.OWNER)
    context = {
        "found": found,
        "people": people,
        "own": own,
        "is_owner": is_owner,
        "may_leave": not members.is_last_owner(own),
        "roles": [(value, words.split(":")[0]) for value, words in ((r, str(w)) for r, w in ROLES)],
        "invitations": invitations.open_invitations(found) if is_owner else (),
        "fresh": fresh,
        "sends_mail": mail.is_configured(),
        "name_form": name_form or WorkspaceForm(initial={"name": found.name}),
        "invite_form": invite_form or InviteForm(),
    }
    return render(request, "accounts/workspace.html", context, status=status)
