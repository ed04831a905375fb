"""The bundle library."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.web.accounts.models import Role
from upshot.web.bundles import actions
from upshot.web.bundles.access import bundles_for, get_bundle_for
from upshot.web.bundles.forms import DescribeForm
from upshot.web.bundles.models import SavedBundle
from upshot.web.common.pagination import page_of

MOST_COMPARISONS = 20


@require_safe
def bundle_list(request: HttpRequest) -> HttpResponse:
    """A person's bundles."""
    page = page_of(request, bundles_for(request.user, request.workspace))
    return render(request, "bundles/list.html", {"page": page})


@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One bundle, and the lists scored by it."""
    bundle = get_bundle_for(request.user, pk)
    return _page(
        request, bundle, DescribeForm(initial={"name": bundle.name, "notes": bundle.notes})
    )


@require_POST
def describe(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change name and notes."""
    bundle = get_bundle_for(request.user, pk, Role.EDITOR)
    form = DescribeForm(request.POST)
    if not form.is_valid():
        return _page(request, bundle, form, status=422)
    actions.describe(bundle, form.cleaned_data["name"], form.cleaned_data["notes"])
    messages.success(request, _("Saved."))
    return redirect("bundles:detail", bundle.uuid)


@require_safe
def download(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The ``.upshot`` file."""
    bundle = get_bundle_for(request.user, pk)
    return FileResponse(
        bundle.file.path.open("rb"),
        as_attachment=True,
        filename=actions.download_name(bundle),
        content_type="application/octet-stream",
    )


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what goes, then delete it for good."""
    bundle = get_bundle_for(request.user, pk, Role.EDITOR)
    if request.method != "POST":
        context = {"bundle": bundle, "lists": bundle.predictions.count()}
        return render(request, "bundles/delete.html", context)
    name = bundle.name
    actions.delete_bundle(bundle)
    said = _("“%(name)s” and the lists scored by it are deleted.") % {"name": name}
    messages.success(request, said)
    return redirect("bundles:list")


def _run_of(bundle: SavedBundle) -> Any:
    """The run that made a bundle, without its answer and pictures: the page only leads there."""
    runs = SavedBundle.run.related.related_model.objects.filter(bundle=bundle)
    return runs.defer("answer", "charts", "charts_in", "choice", "marks").first()


def _page(request: HttpRequest, bundle, form: DescribeForm, status: int = 200) -> HttpResponse:
    lists = bundle.predictions.select_related("job").defer(
        "preview", "summary", "notes", "sheets", "job__progress", "job__arguments"
    )
    context = {
        "bundle": bundle,
        "form": form,
        "lists": lists,
        "run": _run_of(bundle),
        "earlier": actions.versions_of(bundle),
        "later": bundle.later_versions.defer("columns", "notes"),
        "comparisons": bundle.comparisons.select_related("older")[:MOST_COMPARISONS],
    }
    return render(request, "bundles/detail.html", context, status=status)
