"""What people do with questions and runs, one function each."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from upshot.web.datasets.models import Dataset
from upshot.web.files.erase import erase
from upshot.web.jobs.queue import enqueue, request_cancel, request_stop
from upshot.web.runs.models import Effort, Question, Run
from upshot.wording import say

IGNORE, KEEP = "ignore", "keep"


def ask(dataset: Dataset, user: Any, choice: dict[str, Any], effort: str) -> Question:
    """Put a question to a data set and have the table checked for it."""
    with transaction.atomic():
        question = Question.objects.create(
            dataset=dataset,
            schema_version_id=dataset.current_id,
            choice=choice,
            title=draft_title(choice),
            effort=Effort(effort),
            created_by=user,
        )
        _enqueue_check(question)
    return question


def check_again(question: Question) -> None:
    """Check the table once more after the check failed."""
    with transaction.atomic():
        _enqueue_check(question)


AMENDABLE = ("date", "group", "keep_personal", "question")


def amend(question: Question, part: str, value: str) -> None:
    """Change one part of a question from its checklist, and have the table checked anew."""
    with transaction.atomic():
        locked = Question.objects.select_for_update().get(pk=question.pk)
        if part == "data":
            current = Dataset.objects.get(pk=locked.dataset_id).current_id
            locked.schema_version_id = current or locked.schema_version_id
        elif part == "question":
            locked.choice |= {"question": value, "question_told": True}
        elif part in AMENDABLE:
            locked.choice[part] = bool(value) if part == "keep_personal" else value or None
        else:
            return
        locked.save(update_fields=["schema_version", "choice"])
        _enqueue_check(locked)


def decide(question: Question, columns: list[str], decision: str) -> None:
    """Record what a person decided about columns that may give the answer away."""
    with transaction.atomic():
        locked = Question.objects.select_for_update().get(pk=question.pk)
        suspects = suspects_of(locked)
        for column in columns:
            if column not in suspects:
                continue
            if decision in (IGNORE, KEEP):
                locked.decisions[column] = decision
            else:
                locked.decisions.pop(column, None)
        locked.save(update_fields=["decisions"])
    question.decisions = locked.decisions


def set_effort(question: Question, effort: str) -> None:
    """Choose how long to learn."""
    question.effort = Effort(effort)
    question.save(update_fields=["effort"])


def wish(question: Question, wishes: dict[str, Any]) -> None:
    """Say which model is wanted and how numbers must act on it."""
    question.choice = {**question.choice, **wishes}
    question.save(update_fields=["choice"])


def suspects_of(question: Question) -> set[str]:
    """The columns that may give the answer away."""
    readiness = question.readiness or {}
    return {suspect["column"] for suspect in readiness.get("leak_suspects", ())}


def may_start(question: Question) -> bool:
    """Whether nothing stops the road and every suspect was decided on."""
    if question.readiness is None or question.readiness["blockers"]:
        return False
    return suspects_of(question) <= set(question.decisions)


def start(question: Question, user: Any) -> Run:
    """Start learning."""
    ignored = [name for name, decision in question.decisions.items() if decision == IGNORE]
    choice = dict(question.choice)
    choice["ignore"] = list(dict.fromkeys([*choice.get("ignore", ()), *ignored]))
    return _start(question, user, choice)


def retry(run: Run, user: Any) -> Run:
    """Learn the same once more."""
    return _start(run.question, user, run.choice)


def learn_simple(run: Run, user: Any) -> Run:
    """Learn the same with models that can be read off, and only those."""
    return _start(run.question, user, {**run.choice, "simple": True, "fast": False})


def learn_without(run: Run, user: Any, column: str) -> Run:
    """Learn the same without a column that probably gives the outcome away."""
    ignored = list(dict.fromkeys([*run.choice.get("ignore", ()), column]))
    return _start(run.question, user, {**run.choice, "ignore": ignored})


def mark_drivers(run: Run, marks: dict[str, str]) -> None:
    """Keep what a person said of drivers: whether they can change them."""
    run.marks = {**run.marks, **marks}
    run.save(update_fields=["marks"])


def stop(run: Run) -> None:
    """Finish with the best so far."""
    if run.job is not None:
        request_stop(run.job)


def cancel(run: Run) -> None:
    """Give up on a run."""
    if run.job is not None:
        request_cancel(run.job)


def delete_run(run: Run) -> None:
    """Delete a run with its answer; its bundle stays in the library."""
    erase(run, run.dataset.workspace)


def draft_title(choice: dict[str, Any]) -> str:
    """What a question is called until the check has worded it."""
    return say("What decides “{column}”?", column=choice["target"])


def _enqueue_check(question: Question) -> None:
    arguments = {"question": str(question.uuid)}
    question.job = enqueue("runs.check", arguments, question.dataset.workspace)
    question.readiness = None
    question.save(update_fields=["job", "readiness"])


def _start(question: Question, user: Any, choice: dict[str, Any]) -> Run:
    with transaction.atomic():
        run = Run.objects.create(
            dataset_id=question.dataset_id,
            schema_version_id=question.schema_version_id,
            question=question,
            title=question.title,
            choice=choice,
            effort=question.effort,
            created_by=user,
        )
        run.job = enqueue("runs.train", {"run": str(run.uuid)}, question.dataset.workspace)
        run.save(update_fields=["job"])
    return run
