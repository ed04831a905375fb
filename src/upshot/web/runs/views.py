"""Learning as it goes, and the answer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upshot.explaining.facts import Answer
from upshot.explaining.levers import LEVERS
from upshot.web.accounts.models import Role
from upshot.web.accounts.templatetags.roles import editable_by
from upshot.web.common.live import render_finished
from upshot.web.common.pagination import page_of
from upshot.web.runs import actions
from upshot.web.runs.access import get_run_for, runs_for
from upshot.web.runs.answer import answer_page
from upshot.web.runs.forms_profit import ProfitForm, cut_of, profit_of
from upshot.web.runs.forms_rule import RuleForm
from upshot.web.runs.models import Run
from upshot.web.runs.pictures import progress_picture
from upshot.web.runs.progress import progress_of
from upshot.web.runs.reports import report_of
from upshot.web.runs.rules import columns_of, may_compare
from upshot.wording import say


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    """A person's runs."""
    page = page_of(request, runs_for(request.user, request.workspace))
    return render(request, "runs/list.html", {"page": page})


@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The answer, or how learning goes."""
    run = get_run_for(request.user, pk)
    if run.answer is None:
        progress = progress_of(run.job.progress.get("events", ()) if run.job else ())
        picture = progress_picture(progress.points) if progress.points else None
        context = {"run": run, "job": run.job, "progress": progress, "picture": picture}
        return render(request, "runs/learning.html", context)
    facts = answer_page(run)
    form = ProfitForm(request.GET or None, facts.answer.wording.currency)
    profit = profit_of(form, facts.answer)
    context = {
        "run": run,
        "facts": facts,
        "form": form,
        "profit": profit,
        "cut": cut_of(request.GET, facts.answer, profit),
        "rule_form": _rule_form(request, run, facts.answer),
        "simple_is_enough": any(n.code == "simple-is-enough" for n in facts.answer.warnings),
        "levers": {key: say(words) for key, words in LEVERS.items()},
        "comparison": run.bundle.comparisons.first() if run.bundle is not None else None,
        "other_way_url": _other_way(run, facts.answer),
        "suspect": _suspect(facts.answer),
    }
    return render_finished(request, "runs/answer.html", context)


def _suspect(answer: Answer) -> str:
    """The column to leave out first where a result is too good to be true."""
    is_doubted = answer.verdict.suspicious and answer.drivers and len(answer.columns) > 1
    return answer.drivers[0].column if is_doubted else ""


def _other_way(run: Run, answer: Answer) -> str:
    """Where the question is asked the other way round, when that is the better one."""
    if not answer.verdict.ask_instead:
        return ""
    choice = run.choice
    asked = {part: choice[part] for part in ("target", "date", "group") if choice.get(part)}
    asked |= {"positive": answer.verdict.ask_instead, "effort": run.effort}
    return f"{reverse('runs:ask', args=[run.dataset.uuid])}?{urlencode(asked)}"


def _rule_form(request: HttpRequest, run: Run, answer: Answer) -> RuleForm | None:
    """The lines of a rule, where there is none yet and one may be entered."""
    editable = editable_by(run.dataset.workspace, request.user)
    if answer.rule is not None or not editable or not may_compare(run, answer):
        return None
    return RuleForm(columns_of(run), None)


@require_POST
def simple(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Learn the same with models that can be read off."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    return redirect("runs:detail", actions.learn_simple(run, request.user).uuid)


@require_POST
def without(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Learn the same without the column that makes the result too good to be true."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    column = request.POST.get("column", "")
    if run.answer is None or column not in run.answer["columns"]:
        messages.error(request, gettext("This run learned from no such column."))
        return redirect("runs:detail", run.uuid)
    return redirect("runs:detail", actions.learn_without(run, request.user, column).uuid)


@require_POST
def mark(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which drivers can be changed; fields are named by the place of the driver."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    drivers = run.answer["drivers"] if run.answer is not None else []
    given = {driver["column"]: request.POST.get(f"d{at}") for at, driver in enumerate(drivers)}
    actions.mark_drivers(run, {name: one for name, one in given.items() if one in ("", *LEVERS)})
    messages.success(request, gettext("Saved."))
    return redirect(f"{reverse('runs:detail', args=[run.uuid])}#drivers")


@require_POST
def stop(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Finish with the best so far."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    actions.stop(run)
    return redirect("runs:detail", run.uuid)


@require_POST
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give up on a run."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    actions.cancel(run)
    return redirect("runs:detail", run.uuid)


@require_POST
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Learn the same once more."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    if run.answer is None and run.job is not None and not run.job.is_finished:
        return redirect("runs:detail", run.uuid)
    again = actions.retry(run, request.user)
    return redirect("runs:detail", again.uuid)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what goes, then delete it for good."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    if request.method != "POST":
        return render(request, "runs/delete.html", {"run": run})
    actions.delete_run(run)
    messages.success(request, gettext("The run is deleted."))
    return redirect("runs:list")


@require_safe
def report(request: HttpRequest, pk: uuid.UUID, ending: str = "html") -> HttpResponse:
    """The report to hand over, as one file: a page, a workbook or slides."""
    run = get_run_for(request.user, pk)
    if run.answer is None:
        raise Http404
    return report_of(run, ending, request.GET)
