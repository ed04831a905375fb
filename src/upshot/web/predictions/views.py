"""Scoring a new file, and the scored list."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.errors import InputError
from upshot.web.accounts.models import Role
from upshot.web.bundles.access import get_bundle_for
from upshot.web.bundles.models import SavedBundle
from upshot.web.common.live import render_finished
from upshot.web.datasets.forms import SheetForm, UploadForm
from upshot.web.files import pieces
from upshot.web.predictions import actions
from upshot.web.predictions.access import get_prediction_for
from upshot.web.predictions.models import Format


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the file to score."""
    role = Role.EDITOR if request.method == "POST" else Role.VIEWER
    bundle = get_bundle_for(request.user, pk, role)
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, pieces.file_of(request, bundle.workspace))
    if form.is_bound and form.is_valid():
        received = form.cleaned_data["file"]
        try:
            address = pieces.use_once(received, lambda: _score(request, bundle, received))
        except InputError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(address)
    context = {
        "bundle": bundle,
        "form": form,
        "sample": _sample_of(bundle),
        "unfinished": pieces.unfinished(request.user, bundle.workspace),
    }
    status = 422 if form.is_bound else 200
    return render(request, "predictions/use.html", context, status=status)


def _score(request: HttpRequest, bundle: SavedBundle, received: Any) -> str:
    prediction = actions.score_upload(bundle, request.user, received)
    return reverse("predictions:detail", args=[prediction.uuid])


@require_POST
def use_sample(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Score the follow-up rows of the sample the bundle was learned from."""
    bundle = get_bundle_for(request.user, pk, Role.EDITOR)
    sample = _sample_of(bundle)
    if sample is None:
        raise Http404
    prediction = actions.score_sample(bundle, request.user, sample)
    return redirect("predictions:detail", prediction.uuid)


@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The scored list, or how scoring goes."""
    prediction = get_prediction_for(request.user, pk)
    context = {"prediction": prediction, "bundle": prediction.bundle, "job": prediction.job}
    if not prediction.is_ready:
        return render(request, "predictions/waiting.html", context)
    made = {file.format: file for file in prediction.files.select_related("file")}
    context["files"] = [(made[f], f.label) for f in Format if f in made]
    columns = prediction.preview.get("columns", ())
    context["why_at"] = next((at for at, column in enumerate(columns) if column["why"]), None)
    context["highest"] = max((row["height"] for row in prediction.summary), default=0)
    return render_finished(request, "predictions/detail.html", context)


@require_safe
def download(request: HttpRequest, pk: uuid.UUID, format_: str) -> FileResponse:
    """The scored list as a file."""
    prediction = get_prediction_for(request.user, pk)
    made = get_object_or_404(prediction.files.select_related("file"), format=format_)
    return FileResponse(
        made.file.path.open("rb"),
        as_attachment=True,
        filename=actions.download_name(prediction, format_),
        content_type="application/octet-stream",
    )


@require_POST
def choose_sheet(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Score another sheet of the file."""
    prediction = get_prediction_for(request.user, pk, Role.EDITOR)
    form = SheetForm(prediction.sheets, request.POST)
    if form.is_valid():
        actions.score_again(prediction, form.cleaned_data["sheet"])
    else:
        messages.error(request, _("This file has no such sheet. Choose one of the list."))
    return redirect("predictions:detail", prediction.uuid)


@require_POST
def again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Try once more after scoring failed."""
    prediction = get_prediction_for(request.user, pk, Role.EDITOR)
    if not prediction.is_ready and (prediction.job is None or prediction.job.is_finished):
        actions.score_again(prediction)
    return redirect("predictions:detail", prediction.uuid)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete it for good."""
    prediction = get_prediction_for(request.user, pk, Role.EDITOR)
    bundle = prediction.bundle
    if request.method != "POST":
        context = {"prediction": prediction, "bundle": bundle}
        return render(request, "predictions/delete.html", context)
    actions.delete_prediction(prediction)
    messages.success(request, _("The scored list and its files are deleted."))
    return redirect("bundles:detail", bundle.uuid)


def _sample_of(bundle):
    """The sample a bundle was learned from, or None."""
    from upshot.samples import SAMPLES

    return SAMPLES.get(bundle.dataset.sample) if bundle.dataset is not None else None
