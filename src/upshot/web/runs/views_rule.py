"""Comparing the model with a person's own rule."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from upshot.errors import InputError
from upshot.web.accounts.models import Role
from upshot.web.runs import rules
from upshot.web.runs.access import get_run_for
from upshot.web.runs.answer import stored_answer
from upshot.web.runs.forms_rule import RuleForm


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Enter a rule; a rule that cannot be judged is explained on a page of its own."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    answer = stored_answer(run) if run.answer is not None else None
    if answer is None or not rules.may_compare(run, answer):
        return redirect("runs:detail", run.uuid)
    before = answer.rule.rule if answer.rule is not None else None
    data = request.POST if request.method == "POST" else None
    form = RuleForm(rules.columns_of(run), before, data)
    chosen = form.rule() if data is not None else None
    if chosen is not None:
        try:
            rules.compare_with_rule(run, chosen)
            return _back(run)
        except InputError as error:
            form.problem = str(error)
    context: dict[str, Any] = {"run": run, "rule_form": form, "facts": answer}
    status = 422 if data is not None else 200
    return render(request, "runs/rule.html", context, status=status)


@require_POST
def forget(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the rule away."""
    run = get_run_for(request.user, pk, Role.EDITOR)
    if run.answer is not None:
        rules.forget_rule(run)
        messages.success(request, gettext("Your rule is taken away."))
    return _back(run)


def _back(run: Any) -> HttpResponse:
    return redirect(f"{reverse('runs:detail', args=[run.uuid])}#rule")
