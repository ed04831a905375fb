"""Learning the question of a bundle again from other data, and comparing two bundles."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from upshot.web.bundles.models import Comparison, SavedBundle
from upshot.web.datasets.access import datasets_for
from upshot.web.datasets.models import Dataset
from upshot.web.jobs.queue import enqueue
from upshot.web.runs import actions
from upshot.web.runs.models import Question

MOST_OFFERED = 200


def column_names(dataset: Dataset) -> set[str]:
    """The columns of a data set that has been read."""
    return {column["name"] for column in dataset.current.schema["columns"]}


def missing_columns(bundle: SavedBundle, dataset: Dataset) -> list[str]:
    """What a bundle learned from and a data set lacks."""
    there = column_names(dataset)
    return [name for name in (bundle.target, *bundle.columns) if name not in there]


def fitting_datasets(bundle: SavedBundle, user: Any) -> list[Dataset]:
    """The data sets of the bundle's workspace that have its outcome and all its columns."""
    ready = datasets_for(user, bundle.workspace).filter(current__isnull=False)
    newest = ready.select_related("current")[:MOST_OFFERED]
    return [dataset for dataset in newest if not missing_columns(bundle, dataset)]


def ask_again(
    bundle: SavedBundle, dataset: Dataset, user: Any, effort: str, *, search: bool
) -> Question:
    """Put the bundle's question to a data set; learning will follow the bundle's recipe."""
    earlier = _choice_of(bundle)
    there = column_names(dataset)
    kept = {part: earlier.get(part) for part in ("date", "group") if earlier.get(part) in there}
    seen = {bundle.target, *bundle.columns, *kept.values()}
    choice = {
        "question": earlier.get("question"),
        "question_told": earlier.get("question_told", False),
        "target": bundle.target,
        "positive": earlier.get("positive"),
        "ignore": sorted(there - seen),
        "date": kept.get("date"),
        "group": kept.get("group"),
        "keep_personal": earlier.get("keep_personal", False),
        "simple": earlier.get("simple", False),
        "fast": earlier.get("fast", False),
        "rising": earlier.get("rising", []),
        "falling": earlier.get("falling", []),
    }
    with transaction.atomic():
        question = actions.ask(dataset, user, choice, effort)
        question.recipe, question.search = bundle, search
        question.save(update_fields=["recipe", "search"])
    return question


def _choice_of(bundle: SavedBundle) -> dict[str, Any]:
    """What the bundle was asked: its run's choice, or what its file says where the run is gone."""
    run = getattr(bundle, "run", None)
    if run is not None:
        return dict(run.choice)
    from upshot.bundles import read_facts

    return {"positive": read_facts(bundle.file.path).task.positive}


def comparable(bundle: SavedBundle) -> QuerySet[SavedBundle]:
    """Other bundles of the workspace that foretell the same."""
    others = SavedBundle.objects.filter(
        workspace=bundle.workspace, task=bundle.task, target=bundle.target
    )
    return others.exclude(pk=bundle.pk).defer("columns", "notes")


def compare(
    older: SavedBundle, newer: SavedBundle, dataset: Dataset | None, user: Any
) -> Comparison:
    """Have two bundles judged on the same rows."""
    with transaction.atomic():
        comparison = Comparison.objects.create(
            older=older, newer=newer, dataset=dataset, created_by=user
        )
        arguments = {"comparison": str(comparison.uuid)}
        comparison.job = enqueue("runs.compare", arguments, newer.workspace)
        comparison.save(update_fields=["job"])
    return comparison
