"""Pages about how long data stays: retention, a copy to take away, deleting for good."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.web import audit
from upshot.web.accounts.access import get_workspace_for
from upshot.web.accounts.forms_account import ProveForm
from upshot.web.accounts.models import Role, User
from upshot.web.audit.log import write
from upshot.web.jobs.queue import enqueue
from upshot.web.keeping import forgetting
from upshot.web.keeping.forms import DeleteWorkspaceForm, RetentionForm
from upshot.web.keeping.models import DataCopy


@require_POST
def retention(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how long a workspace keeps data."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    form = RetentionForm(request.POST)
    if not form.is_valid():
        audit.nothing_done(request)
        messages.error(request, _("Type a number of days from 7 to 3650, or nothing."))
        return redirect("accounts:workspace", found.uuid)
    found.retention_days = form.cleaned_data["days"]
    with transaction.atomic():
        found.save(update_fields=["retention_days"])
        days = found.retention_days
        detail = f"{days} d" if days else "∞"
        audit.record(request, "keeping:retention", found, detail=detail)
    messages.success(request, _("Saved. What goes soon is announced a week before."))
    return redirect("accounts:workspace", found.uuid)


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Have a copy of one's data made."""
    waiting = request.user.data_copies.filter(size=None, job__finished_at=None)
    if not waiting.exists():
        with transaction.atomic():
            made = DataCopy.objects.create(user=request.user)
            made.job = enqueue("keeping.copy", {"copy": str(made.uuid)})
            made.save(update_fields=["job"])
            audit.record(request, "keeping:copy", made)
    else:
        audit.nothing_done(request)
    messages.info(request, _("Your copy is being made. It appears below when it is ready."))
    return redirect("accounts:account")


@never_cache
@require_safe
def copy_download(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """Take the copy away."""
    made = get_object_or_404(request.user.data_copies, uuid=pk)
    if not made.is_ready or not made.path.is_file():
        raise Http404
    name = f"upshot-data-{made.created_at:%Y-%m-%d}.zip"
    return FileResponse(
        made.path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def delete_workspace(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what goes, then delete the workspace for good."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    data = request.POST if request.method == "POST" else None
    form = DeleteWorkspaceForm(found.name, request.user, _address(request), data)
    if request.method == "POST" and form.is_valid():
        audit.record(request, "keeping:delete_workspace", found)
        forgetting.delete_workspace(found)
        messages.success(request, _("The workspace and everything in it are deleted."))
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    context = {"found": found, "form": form, "goes": _what_goes(found)}
    return render(request, "keeping/delete_workspace.html", context, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what goes, then delete the account for good."""
    user = request.user
    data = request.POST if request.method == "POST" else None
    form = ProveForm(user, _address(request), data)
    stuck = forgetting.workspaces_in_need(user)
    if request.method == "POST" and form.is_valid() and not stuck:
        number = user.pk
        write("keeping:delete_account", actor=number, address=_address(request))
        person = User.objects.get(pk=number)
        end_session(request)
        audit.nothing_done(request)  # it is on record already
        forgetting.delete_account(person)
        messages.success(request, _("Your account is deleted."))
        return redirect("accounts:login")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "stuck": stuck, "alone": forgetting.workspaces_alone(user)}
    return render(request, "keeping/delete_account.html", context, status=status)


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def _what_goes(workspace) -> dict[str, int]:
    return {
        "people": workspace.memberships.count(),
        "datasets": workspace.datasets.count(),
        "bundles": workspace.bundles.count(),
    }
