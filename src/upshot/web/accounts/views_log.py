"""The owner's page of the audit log: who did what, when and from where."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from upshot.web.accounts.access import get_workspace_for
from upshot.web.accounts.models import Role, User, Workspace
from upshot.web.audit.actions import ACTIONS
from upshot.web.audit.models import Entry
from upshot.web.common.pagination import page_of

KINDS = {
    "dataset": _("data set"),
    "question": _("question"),
    "run": _("run"),
    "savedbundle": _("bundle"),
    "prediction": _("scored list"),
    "membership": _("member"),
    "invitation": _("invitation"),
    "workspace": _("workspace"),
}

COLUMNS = (
    *(_("number"), _("time (UTC)"), _("person"), _("action"), _("object"), _("object id")),
    *(_("detail"), _("IP address"), _("previous digest"), _("digest")),
)


class FilterForm(forms.Form):
    """Which entries to show; everything is optional."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    action = forms.ChoiceField(label=_("Action"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, workspace: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = Entry.objects.filter(workspace=workspace.uuid).order_by()
        people = set(entries.exclude(actor=None).values_list("actor", flat=True).distinct())
        names = names_of(people)
        self.fields["person"].choices = [
            ("", _("Everybody")),
            *sorted(((str(pk), name_in(names, pk)) for pk in people), key=lambda pair: pair[1]),
        ]
        used = set(entries.values_list("action", flat=True).distinct())
        self.fields["action"].choices = [
            ("", _("Everything")),
            *((key, words) for key, words in ACTIONS.items() if key in used),
        ]

    def entries(self, workspace: Workspace) -> Any:
        """The entries of the workspace that were asked for, the latest first."""
        found = Entry.objects.filter(workspace=workspace.uuid)
        if not self.is_valid():
            return found
        asked = self.cleaned_data
        if asked["person"]:
            found = found.filter(actor=int(asked["person"]))
        if asked["action"]:
            found = found.filter(action=asked["action"])
        if asked["since"]:
            found = found.filter(at__date__gte=asked["since"])
        if asked["until"]:
            found = found.filter(at__date__lte=asked["until"])
        return found


@require_safe
def log(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was done in a workspace, a page at a time."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    form = FilterForm(found, request.GET)
    page = page_of(request, form.entries(found), 50)
    names = names_of({entry.actor for entry in page if entry.actor is not None})
    rows = [_shown(entry, names) for entry in page]
    query = request.GET.copy()
    query.pop("page", None)
    context = {"found": found, "form": form, "page": page, "rows": rows, "query": query.urlencode()}
    return render(request, "accounts/log.html", context)


@require_safe
def log_download(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """The same entries as a CSV file, with their digests."""
    found = get_workspace_for(request.user, pk, Role.OWNER)
    entries = FilterForm(found, request.GET).entries(found)
    response = StreamingHttpResponse(_lines(entries), content_type="text/csv; charset=utf-8")
    name = f"upshot-log-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def names_of(people: set[int]) -> dict[int, str]:
    """How to call people who still have an account."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=people)}


def name_in(names: dict[int, str], pk: int | None) -> str:
    """A person's name, or what there is to say without one."""
    if pk is None:
        return str(_("Upshot itself"))
    return names.get(pk) or str(_("Deleted account %(number)d") % {"number": pk})


def _shown(entry: Entry, names: dict[int, str]) -> dict[str, Any]:
    return {
        "entry": entry,
        "person": name_in(names, entry.actor),
        "action": ACTIONS.get(entry.action, entry.action),
        "kind": KINDS.get(entry.kind, entry.kind),
        "detail": detail_in_words(entry.detail),
    }


def detail_in_words(detail: str) -> str:
    """A detail as people call it: roles are stored by their codes, such as "viewer → editor"."""
    names = {role.value: str(role.label) for role in Role}
    return " → ".join(names.get(part, part) for part in detail.split(" → "))


def _lines(entries: Any) -> Iterator[str]:
    from upshot.tables.export import defuse

    names = names_of(set(entries.order_by().values_list("actor", flat=True)) - {None})
    yield _line(COLUMNS)
    for entry in entries.iterator(chunk_size=1000):
        shown = _shown(entry, names)
        cells = [shown["person"], shown["action"], shown["kind"], entry.object_id, entry.detail]
        safe = [defuse(str(cell)) for cell in cells]
        ends = [entry.address, entry.previous, entry.digest]
        yield _line([entry.number, entry.at.isoformat(), *safe, *ends])


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
