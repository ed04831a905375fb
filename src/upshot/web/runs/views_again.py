"""Learning a bundle again from other data, and two bundles side by side."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.explaining import measures
from upshot.jsonable import from_jsonable
from upshot.web.accounts.access import get_for
from upshot.web.accounts.models import Role
from upshot.web.bundles.access import get_bundle_for
from upshot.web.bundles.models import Comparison
from upshot.web.common.live import render_finished
from upshot.web.datasets.access import get_dataset_for
from upshot.web.runs import again
from upshot.web.runs.forms_again import START, AgainForm, CompareForm


@require_http_methods(["GET", "POST"])
def learn_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the data to learn the bundle's question from again."""
    bundle = get_bundle_for(request.user, pk, Role.EDITOR)
    datasets = again.fitting_datasets(bundle, request.user)
    data = request.POST if request.method == "POST" else None
    form = AgainForm(datasets, data, {"dataset": request.GET.get("dataset")})
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        dataset = get_dataset_for(request.user, chosen["dataset"], Role.EDITOR)
        question = again.ask_again(
            bundle, dataset, request.user, chosen["effort"], search=chosen["way"] == START
        )
        return redirect("runs:question", question.uuid)
    context = {"bundle": bundle, "form": form, "datasets": datasets}
    return render(request, "runs/again.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose what to compare a bundle with; the one made later counts as the newer."""
    bundle = get_bundle_for(request.user, pk, Role.EDITOR)
    others = list(again.comparable(bundle))
    learned_from = {bundle.dataset_id, *(other.dataset_id for other in others)}
    datasets = [
        one for one in again.fitting_datasets(bundle, request.user) if one.pk not in learned_from
    ]
    data = request.POST if request.method == "POST" else None
    form = CompareForm(others, datasets, data)
    if form.is_bound and form.is_valid():
        other = get_bundle_for(request.user, form.cleaned_data["other"], Role.EDITOR)
        rows = form.cleaned_data["dataset"]
        dataset = get_dataset_for(request.user, rows, Role.EDITOR) if rows else None
        older, newer = sorted((bundle, other), key=lambda one: one.created_at)
        comparison = again.compare(older, newer, dataset, request.user)
        return redirect("runs:comparison", comparison.uuid)
    context = {"bundle": bundle, "form": form, "others": others}
    return render(request, "runs/compare.html", context, status=422 if form.is_bound else 200)


@require_safe
def comparison(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Two bundles side by side, or how comparing goes."""
    found = _comparison_for(request, pk)
    context = {"comparison": found, "job": found.job}
    if found.result is None:
        return render(request, "runs/comparing.html", context)
    from upshot.explaining.comparing import ComparedFacts

    facts = from_jsonable(found.result, ComparedFacts)
    context["facts"] = facts
    context["metrics"] = [
        {
            "label": measures.label(metric.name),
            "help": measures.meaning(metric.name),
            "older": measures.short(metric.name, metric.older),
            "newer": measures.short(metric.name, metric.newer),
            "better": _better(metric.gain),
        }
        for metric in facts.metrics
    ]
    return render_finished(request, "runs/comparison.html", context)


@require_POST
def compare_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Compare once more after it failed."""
    found = _comparison_for(request, pk, Role.EDITOR)
    renewed = again.compare(found.older, found.newer, found.dataset, request.user)
    return redirect("runs:comparison", renewed.uuid)


def _better(gain: object) -> str:
    low, high = getattr(gain, "low", None), getattr(gain, "high", None)
    if low is None or high is None or low <= 0 <= high:
        return "tie"
    return "newer" if low > 0 else "older"


def _comparison_for(request: HttpRequest, pk: uuid.UUID, role: Role = Role.VIEWER) -> Comparison:
    found = Comparison.objects.select_related("older", "newer__workspace", "dataset", "job")
    return get_for(found, request.user, pk, role=role, through="newer__workspace")
