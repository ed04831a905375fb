"""The page that shows how a file was read, and lets a person correct it and see the effect."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from upshot.errors import FileProblem
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.web.accounts.models import Role
from upshot.web.accounts.templatetags.roles import editable_by
from upshot.web.datasets import actions
from upshot.web.datasets.access import get_dataset_for
from upshot.web.datasets.models import Dataset
from upshot.web.datasets.reading import ReadingForm, decisions, options_of
from upshot.web.files import beside

if TYPE_CHECKING:
    from upshot.tables.preview import Preview


# Below this a file is read about as soon as its first rows are.
_EARLY_BYTES = 4 * 1024**2


def shows_early(dataset: Dataset) -> bool:
    """Whether the first rows of a file that is being read are worth showing meanwhile."""
    from upshot.tables.opened import begins_as_text

    job, upload = dataset.job, dataset.upload
    if job is None or job.is_finished or upload is None or upload.size < _EARLY_BYTES:
        return False
    return begins_as_text(upload.path)


@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how a file is read; with other choices show their effect, or read it again by them."""
    role = Role.EDITOR if request.method == "POST" else Role.VIEWER
    dataset = get_dataset_for(request.user, pk, role)
    if dataset.upload is None:
        raise Http404
    if request.method != "POST":
        return _page(request, dataset, ReadingForm(dataset), options_of(dataset))
    step = request.POST.get("step")
    if step == "reset":
        return _read(request, dataset, AS_DETECTED)
    form = ReadingForm(dataset, request.POST)
    if not form.is_valid():
        return _page(request, dataset, form, None, status=422)
    if step == "read":
        return _read(request, dataset, form.options())
    return _page(request, dataset, form, form.options())


def _read(request: HttpRequest, dataset: Dataset, options: ReadOptions) -> HttpResponse:
    chosen = actions.read_as_told(dataset, request.user, options)
    return redirect("datasets:detail", chosen.uuid)


def _page(
    request: HttpRequest,
    dataset: Dataset,
    form: ReadingForm,
    options: ReadOptions | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "dataset": dataset,
        "form": form,
        "may_edit": editable_by(dataset.workspace, request.user),
        "is_told": dataset.reading or dataset.sheet,
    }
    if options is not None:
        seen, problem = _preview(dataset, options)
        context |= {"seen": seen, "problem": problem}
        if seen is not None:
            context["decisions"] = decisions(to_jsonable(seen.source))
    return render(request, "datasets/reading.html", context, status=status)


def _preview(dataset: Dataset, options: ReadOptions) -> tuple[Preview | None, FileProblem | None]:
    """The first rows under some choices, or why there are none."""
    from upshot.tables.preview import Preview
    from upshot.tables.safely import preview_in_child

    upload, name = dataset.upload, dataset.original_name

    def look() -> Any:
        seen = preview_in_child(upload.path, name=name, options=options)
        return to_jsonable(seen, sentences=True)

    try:
        seen = beside.worked_out(upload, "first-rows", [name, to_jsonable(options)], look)
    except FileProblem as problem:
        return None, problem
    return from_jsonable(seen, Preview), None
