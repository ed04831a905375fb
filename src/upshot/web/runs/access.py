"""The one way to a question and to a run."""

from __future__ import annotations

import uuid
from typing import Any

from upshot.web.accounts.access import get_for, visible_to
from upshot.web.accounts.models import Role
from upshot.web.runs.models import Question, Run


def get_question_for(user: Any, pk: uuid.UUID | str, role: Role = Role.VIEWER) -> Question:
    """A question a person may see in this role; raises as `get_for` does."""
    questions = Question.objects.select_related("dataset__workspace", "schema_version", "job")
    return get_for(questions, user, pk, role=role, through="dataset__workspace")


def get_run_for(user: Any, pk: uuid.UUID | str, role: Role = Role.VIEWER) -> Run:
    """A run a person may see in this role; raises as `get_for` does."""
    runs = Run.objects.select_related("dataset__workspace", "question", "job", "bundle")
    # What the page of the question and lists tell; loaded when somebody asks for it.
    runs = runs.defer("question__readiness", "bundle__columns", "dataset__source", "dataset__notes")
    return get_for(runs, user, pk, role=role, through="dataset__workspace")


def runs_for(user: Any, workspace: Any) -> Any:
    """A person's runs in a workspace, newest first; the heavy facts are left in the database."""
    runs = Run.objects.filter(dataset__workspace=workspace)
    runs = runs.defer("charts", "charts_in", "choice", "answer", "job__progress")
    runs = runs.defer("dataset__source", "dataset__notes", "bundle__columns", "bundle__notes")
    visible = visible_to(user, runs, through="dataset__workspace")
    return visible.select_related("dataset", "job", "bundle")
