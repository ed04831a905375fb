"""A run in one step: the question, its check and the learning are one job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from upshot.web.api.problems import FieldError, Problem
from upshot.web.jobs.queue import enqueue
from upshot.web.runs.actions import draft_title
from upshot.web.runs.models import Effort, Question, Run

if TYPE_CHECKING:
    from upshot.web.api.schemas import RunIn
    from upshot.web.datasets.models import Dataset


def start(dataset: Dataset, user: Any, wish: RunIn) -> Run:
    """Ask and start.

    Raises
    ------
    Problem
        When the data set is not read yet, or the wish names columns it does not have.
    """
    if dataset.current is None:
        raise Problem("not-ready", _("The data set is still being read, or reading it failed."))
    _refuse_unknown(dataset, wish)
    choice = {
        "question": wish.question,
        "question_told": wish.question is not None,
        "target": wish.target,
        "positive": wish.positive,
        "date": wish.date,
        "group": wish.group,
        "ignore": list(dict.fromkeys(wish.ignore)),
        "keep_personal": wish.keep_personal,
    }
    with transaction.atomic():
        question = Question.objects.create(
            dataset=dataset,
            schema_version=dataset.current,
            choice=choice,
            title=draft_title(choice),
            effort=Effort(wish.effort),
            created_by=user,
        )
        run = Run.objects.create(
            dataset=dataset,
            schema_version=dataset.current,
            question=question,
            title=question.title,
            choice=choice,
            effort=question.effort,
            created_by=user,
        )
        arguments = {
            "run": str(run.uuid),
            "suspects": wish.suspects,
            "keep": sorted(set(wish.keep)),
        }
        run.job = question.job = enqueue("api.run", arguments, dataset.workspace)
        run.save(update_fields=["job"])
        question.save(update_fields=["job"])
    return run


def _refuse_unknown(dataset: Dataset, wish: RunIn) -> None:
    assert dataset.current is not None
    known = {column["name"] for column in dataset.current.schema["columns"]}
    named = [("target", wish.target), ("date", wish.date), ("group", wish.group)]
    named += [("ignore", name) for name in wish.ignore] + [("keep", name) for name in wish.keep]
    errors = [
        FieldError(f"body.{part}", _("The data set has no column “{name}”.").format(name=name))
        for part, name in named
        if name is not None and name not in known
    ]
    parts = [name for part, name in named[:3] if name is not None]
    if len(parts) != len(set(parts)):
        message = _("The outcome, the date and the grouping must be different columns.")
        errors.append(FieldError("body", message))
    if errors:
        raise Problem("invalid", errors=errors[:20])
