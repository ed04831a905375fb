"""The question as a sentence with blanks, and whether the table is ready for it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from upshot.web.accounts.models import Role
from upshot.web.common.live import render_finished
from upshot.web.datasets.access import get_dataset_for
from upshot.web.datasets.understood import cards_of
from upshot.web.runs import actions
from upshot.web.runs.access import get_question_for
from upshot.web.runs.forms import AmendForm, AskForm
from upshot.web.runs.forms_model import StartForm
from upshot.web.runs.models import Question
from upshot.web.runs.readiness import readiness_page


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The sentence with blanks; what is filled in travels in the address until it is checked."""
    role = Role.EDITOR if request.method == "POST" else Role.VIEWER
    dataset = get_dataset_for(request.user, pk, role)
    if not dataset.is_ready:
        return redirect("datasets:detail", dataset.uuid)
    form = AskForm(cards_of(dataset.current), dataset.current.suggestions, request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        question = actions.ask(dataset, request.user, form.choice(), data["effort"])
        return redirect("runs:question", question.uuid)
    status = 422 if form.is_bound else 200
    return render(request, "runs/ask.html", {"dataset": dataset, "form": form}, status=status)


@require_http_methods(["GET"])
def question(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The checklist before learning."""
    found = get_question_for(request.user, pk)
    if found.readiness is None:
        context = {"question": found, "job": found.job, "ask_url": _ask_url(found)}
        return render(request, "runs/checking.html", context)
    context = {
        "question": found,
        "ask_url": _ask_url(found),
        "facts": readiness_page(found),
        "effort_form": StartForm(found),
        "may_start": actions.may_start(found),
    }
    return render_finished(request, "runs/question.html", context)


@require_POST
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ignore a suspect, keep it, or think again."""
    found = get_question_for(request.user, pk, Role.EDITOR)
    actions.decide(found, request.POST.getlist("column"), request.POST.get("decision", ""))
    return redirect("runs:question", found.uuid)


@require_POST
def amend(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle one line of the checklist, or take that back."""
    found = get_question_for(request.user, pk, Role.EDITOR)
    form = AmendForm(found, request.POST)
    if form.is_valid():
        actions.amend(found, form.cleaned_data["part"], form.cleaned_data["value"])
    return redirect("runs:question", found.uuid)


@require_POST
def check_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Check once more."""
    found = get_question_for(request.user, pk, Role.EDITOR)
    if found.readiness is None and (found.job is None or found.job.is_finished):
        actions.check_again(found)
    return redirect("runs:question", found.uuid)


@require_POST
def start(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Start learning, unless something stops the road."""
    found = get_question_for(request.user, pk, Role.EDITOR)
    form = StartForm(found, request.POST)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, problem[0])
        return redirect("runs:question", found.uuid)
    actions.set_effort(found, form.cleaned_data["effort"])
    actions.wish(found, form.wishes())
    if not actions.may_start(found):
        messages.error(
            request, gettext("Learning cannot start yet. The list below says what is missing.")
        )
        return redirect("runs:question", found.uuid)
    run = actions.start(found, request.user)
    return redirect("runs:detail", run.uuid)


def _ask_url(question: Question) -> str:
    """The sentence as it was filled in."""
    parts = {part: question.choice.get(part) for part in ("target", "positive", "date", "group")}
    filled = {part: value for part, value in parts.items() if value} | {"effort": question.effort}
    if question.choice.get("keep_personal"):
        filled["keep_personal"] = "on"
    return f"{reverse('runs:ask', args=[question.dataset.uuid])}?{urlencode(filled)}"
