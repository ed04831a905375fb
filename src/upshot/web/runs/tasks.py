"""Jobs of questions and runs; they run in a child process of the worker."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from upshot.budget import EFFORT_SECONDS, Budget
from upshot.jsonable import to_jsonable
from upshot.web.accounts.pseudonyms import pseudonyms_of
from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.tasks import load_table
from upshot.web.files import store
from upshot.web.files.job_folders import job_folder
from upshot.web.jobs.context import JobContext
from upshot.web.runs.again import compare
from upshot.web.runs.models import HeldOutRows, Question, Run
from upshot.web.runs.progress import ProgressLog
from upshot.web.sentences import unmarked
from upshot.wording import say

MOST_LETTERS = 100
"""Letters of a data set's name in the name of a bundle."""

MOST_SPENT_BEFORE = 0.6
"""Share of its time that a run may have spent at most when it starts once more."""

if TYPE_CHECKING:
    from upshot.explaining.facts import Answer
    from upshot.learning.recipe import Recipe
    from upshot.training import TrainingResult


def check(arguments: dict[str, Any], context: JobContext) -> None:
    """Find out which question a choice asks, and whether the table is ready for it."""
    question = Question.objects.select_related("schema_version__dataset__table").get(
        uuid=arguments["question"]
    )
    look_at(question)
    with context.commit(finish=True):
        question.save(update_fields=["choice", "readiness", "title"])


def look_at(question: Question) -> None:
    """Fill in which question a choice asks, its title and the readiness of the table; not saved."""
    from upshot.questions import check as check_table
    from upshot.questions import choose, wording
    from upshot.questions.entities import with_marked_entities

    version = question.schema_version
    table = load_table(version)
    wish = question.choice
    choice = choose(
        table,
        wish["target"],
        wish["positive"],
        ignore=wish["ignore"],
        date=wish["date"],
        group=wish["group"],
        keep_personal=wish.get("keep_personal", False),
        question=_told_question(wish),
    )
    key = pseudonyms_of(version.dataset.workspace)
    readiness = check_table(with_marked_entities(table, choice, key), choice)
    title = unmarked(wording(table, choice).title)
    kept = {part: wish[part] for part in ("simple", "fast", "rising", "falling") if part in wish}
    question.choice = {**to_jsonable(choice), **kept}
    question.readiness = to_jsonable(readiness, sentences=True)
    question.title = title


def _told_question(choice: Mapping[str, Any]) -> str | None:
    """The question a person chose; None where it is guessed from the outcome."""
    return choice["question"] if choice.get("question_told") else None


def train(arguments: dict[str, Any], context: JobContext) -> None:
    """Learn, and keep the answer, its pictures and the bundle."""
    from upshot.training import train as learn

    run = Run.objects.select_related(
        "dataset__workspace",
        "schema_version__dataset__table",
        "created_by",
        "question__recipe__file",
    ).get(uuid=arguments["run"])
    from upshot.bundles.journal import FitJournal

    log = ProgressLog(context.progress)
    seconds = EFFORT_SECONDS[run.effort]
    budget = Budget(
        seconds=seconds,
        started=time.monotonic() - seconds_spent(context.earlier_progress, seconds),
        is_cancelled=context.is_cancelled,
        is_stopped=context.is_stopped,
    )
    log.stage("reading", budget)
    table = load_table(run.schema_version)
    choice = run.choice
    result = learn(
        table,
        choice["target"],
        positive=choice["positive"],
        ignore=choice["ignore"],
        date=choice["date"],
        group=choice["group"],
        keep_personal=choice.get("keep_personal", False),
        question=_told_question(choice),
        simple=choice.get("simple", False),
        fast=choice.get("fast", False),
        rising=choice.get("rising", ()),
        falling=choice.get("falling", ()),
        budget=budget,
        on_event=log.hear,
        recipe=_recipe(run),
        journal=FitJournal(job_folder(context.job_id)),
        pseudonyms=pseudonyms_of(run.dataset.workspace),
    )
    log.stage("saving", budget)
    _keep(run, result, context)


def seconds_spent(progress: Mapping[str, Any], seconds: float) -> float:
    """How much of its time a run has used before it was interrupted.

    A share is always left: what was fitted is combined, tested and explained in it.
    """
    elapsed = [float(event.get("elapsed") or 0) for event in progress.get("events", ())]
    return min(max(elapsed, default=0.0), MOST_SPENT_BEFORE * seconds)


def _recipe(run: Run) -> Recipe | None:
    """What the bundle to learn like was made of."""
    from upshot.bundles import load_bundle
    from upshot.training import recipe_of_bundle

    earlier = run.question.recipe
    if earlier is None:
        return None
    return recipe_of_bundle(load_bundle(earlier.file.path), search=run.question.search)


def _keep(run: Run, result: TrainingResult, context: JobContext) -> None:
    from upshot.web.runs.pictures import draw, draw_in_others

    answer = result.answer
    pictures, pictures_in = draw(answer), draw_in_others(lambda: draw(answer))
    with store.working_folder() as folder:
        saved = folder / "model.upshot"
        result.bundle.save(saved)
        with context.commit(finish=True):
            run.bundle = _bundle_row(run, answer, store.keep_file(run.dataset.workspace, saved))
            run.answer = to_jsonable(answer, sentences=True)
            run.verdict = answer.verdict.sentence
            run.charts, run.charts_in = pictures, pictures_in
            run.title = unmarked(answer.wording.title)
            run.finished_at = timezone.now()
            run.save()
            HeldOutRows.objects.create(run=run, packed=result.held_out.to_bytes())
            if run.question.recipe is not None:
                compare(run.question.recipe, run.bundle, None, run.created_by)


def _bundle_row(run: Run, answer: Answer, file: Any) -> SavedBundle:
    title = unmarked(answer.wording.title)
    earlier = run.question.recipe
    return SavedBundle.objects.create(
        workspace=run.dataset.workspace,
        dataset_id=run.dataset_id,
        file=file,
        name=say("{question} {data}", question=title, data=run.dataset.name[:MOST_LETTERS]),
        question=title,
        task=answer.task.kind.value,
        target=answer.task.target[:300],
        quality=answer.verdict.sentence,
        level=answer.verdict.level,
        columns=list(answer.columns),
        learned_from=run.dataset.original_name,
        created_by=run.created_by,
        parent=earlier,
        version=earlier.version + 1 if earlier is not None else 1,
    )
