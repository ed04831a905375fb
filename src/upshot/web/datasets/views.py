"""Pages about data sets: a form in, one action, a page out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.errors import InputError
from upshot.tables.schema import Kind
from upshot.web.accounts.access import require
from upshot.web.accounts.models import Role
from upshot.web.accounts.templatetags.roles import editable_by
from upshot.web.common.live import render_finished
from upshot.web.common.pagination import page_of
from upshot.web.datasets import actions, forms
from upshot.web.datasets.access import datasets_for, get_dataset_for
from upshot.web.datasets.reading_views import shows_early
from upshot.web.datasets.understood import understood
from upshot.web.files import pieces


@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    """A person's data sets, and the ways to add one."""
    return _list_page(request, forms.UploadForm())


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Receive a file."""
    if request.method != "POST":
        return redirect("datasets:list")
    require(request.user, request.workspace, Role.EDITOR)
    form = forms.UploadForm(request.POST, pieces.file_of(request, request.workspace))
    if not form.is_valid():
        return _list_page(request, form, status=422)
    received = form.cleaned_data["file"]
    try:
        address = pieces.use_once(received, lambda: _receive(request, received))
    except InputError as problem:
        form.add_error("file", str(problem))
        return _list_page(request, form, status=422)
    return redirect(address)


def _receive(request: HttpRequest, received: Any) -> str:
    dataset, is_new = actions.receive(request.workspace, request.user, received)
    if not is_new:
        messages.info(request, _("You have this file already. Here is what was read of it."))
    return reverse("datasets:detail", args=[dataset.uuid])


@require_POST
def start_sample(request: HttpRequest, key: str) -> HttpResponse:
    """Begin with a made-up data set."""
    require(request.user, request.workspace, Role.EDITOR)
    from upshot.samples import SAMPLES

    if key not in SAMPLES:
        raise Http404
    dataset = actions.start_sample(request.workspace, request.user, key)
    return redirect("datasets:detail", dataset.uuid)


@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What we understood of a data set, or how reading it goes."""
    dataset = get_dataset_for(request.user, pk)
    if not dataset.is_ready:
        context = {"dataset": dataset, "job": dataset.job, "early": shows_early(dataset)}
        return render(request, "datasets/waiting.html", context)
    facts = understood(dataset)
    context = {
        "dataset": dataset,
        "facts": facts,
        "may_edit": editable_by(dataset.workspace, request.user),
    }
    return render_finished(request, "datasets/detail.html", context)


@require_POST
def set_kind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what a column holds."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.KindForm(request.POST)
    if form.is_valid() and dataset.is_ready and _has_column(dataset, form):
        kind = Kind(form.cleaned_data["kind"])
        actions.set_kind(dataset, request.user, form.cleaned_data["column"], kind)
    return _back_to_column(request, dataset)


@require_POST
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer what a column left open."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.AnswerForm(request.POST)
    if form.is_valid() and dataset.is_ready and _has_column(dataset, form):
        data = form.cleaned_data
        try:
            actions.answer(dataset, request.user, data["column"], data["question"], data["answer"])
        except InputError as problem:
            messages.error(request, str(problem))
    return _back_to_column(request, dataset)


@require_POST
def set_ignored(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep a column out of models, or let it in again."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.IgnoreForm(request.POST)
    if form.is_valid() and dataset.is_ready and _has_column(dataset, form):
        data = form.cleaned_data
        actions.set_ignored(dataset, request.user, data["column"], ignored=data["ignored"])
    return _back_to_column(request, dataset)


@require_POST
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a value of a column as another one."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.JoinForm(request.POST)
    if form.is_valid() and dataset.is_ready and _has_column(dataset, form):
        actions.carry_out(dataset, request.user, [form.step])
    return _back_to_column(request, dataset)


@require_POST
def remedy(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the step that a finding offers, or take it back."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    response = redirect("datasets:detail", dataset.uuid)
    if not dataset.is_ready:
        return response
    form = forms.RemedyForm(dataset, request.POST)
    if form.is_valid() and form.steps:
        actions.carry_out(dataset, request.user, form.steps, undo=form.cleaned_data["undo"])
        response["Location"] += f"#finding-{form.anchor}"
    return response


@require_POST
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the last correction back: of one column if it is named, else of all."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    column = request.POST.get("column")
    if dataset.is_ready and column is not None:
        actions.undo_column(dataset, request.user, column)
    elif dataset.is_ready:
        actions.undo(dataset)
    return _back_to_column(request, dataset)


@require_POST
def choose_sheet(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read another sheet of the file."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.SheetForm(list(dataset.source.get("sheets", ())), request.POST)
    if not form.is_valid():
        messages.error(request, _("This file has no such sheet. Choose one of the list."))
        return redirect("datasets:detail", dataset.uuid)
    chosen = actions.choose_sheet(dataset, request.user, form.cleaned_data["sheet"])
    return redirect("datasets:detail", chosen.uuid)


@require_POST
def read_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Try once more after reading failed."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    if not dataset.is_ready and (dataset.job is None or dataset.job.is_finished):
        actions.read_again(dataset)
    return redirect("datasets:detail", dataset.uuid)


@require_POST
def rename(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a data set another name."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    form = forms.NameForm(request.POST)
    if form.is_valid():
        actions.rename(dataset, form.cleaned_data["name"])
    else:
        messages.error(request, _("A name needs 1 to 200 characters. The old name was kept."))
    return redirect("datasets:detail", dataset.uuid)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what goes, then delete it for good."""
    dataset = get_dataset_for(request.user, pk, Role.EDITOR)
    if request.method != "POST":
        context = {"dataset": dataset, "goes": actions.what_goes(dataset)}
        return render(request, "datasets/delete.html", context)
    name = dataset.name
    actions.delete_dataset(dataset)
    said = _("“%(name)s” and everything made from it are deleted.") % {"name": name}
    messages.success(request, said)
    return redirect("datasets:list")


def _list_page(request: HttpRequest, form: forms.UploadForm, status: int = 200) -> HttpResponse:
    from upshot.samples import SAMPLES

    datasets = datasets_for(request.user, request.workspace)
    context = {"page": page_of(request, datasets), "form": form, "samples": SAMPLES.values()}
    context["unfinished"] = pieces.unfinished(request.user, request.workspace)
    return render(request, "datasets/list.html", context, status=status)


def _has_column(dataset, form) -> bool:
    names = {column["name"] for column in dataset.current.schema["columns"]}
    return form.cleaned_data["column"] in names


def _back_to_column(request: HttpRequest, dataset) -> HttpResponse:
    """Back to the card that was changed, found by its position."""
    response = redirect("datasets:detail", dataset.uuid)
    position = request.POST.get("position", "")
    if position.isdecimal():
        response["Location"] += f"#column-{int(position)}"
    return response
