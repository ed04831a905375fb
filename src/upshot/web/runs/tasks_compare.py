"""The job that compares two bundles; it runs in a child process of the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.errors import QuestionProblem
from upshot.jsonable import to_jsonable
from upshot.web.bundles.models import Comparison, SavedBundle
from upshot.web.bundles.opening import open_bundle
from upshot.web.datasets.models import Dataset
from upshot.web.datasets.tasks import load_table
from upshot.web.jobs.context import JobContext
from upshot.web.runs.models import HeldOutRows
from upshot.wording import say, to_plain

if TYPE_CHECKING:
    from upshot.explaining.held_out import HeldOut
    from upshot.learning.state import Array
    from upshot.learning.task import Task
    from upshot.tables.table import Table


@dataclass(frozen=True, eq=False)
class _Rows:
    """The truth of the rows, and what both bundles say of them."""

    target: Array
    older: Array
    newer: Array


def compare(arguments: dict[str, Any], context: JobContext) -> None:
    """Judge two bundles on rows that neither has learned from, as far as that can be known."""
    from upshot.bundles import read_facts
    from upshot.explaining.comparing import compare_models

    comparison = Comparison.objects.select_related(
        "older__file",
        "older__run",
        "older__workspace",
        "newer__file",
        "newer__run",
        "newer__workspace",
        "dataset",
    ).get(uuid=arguments["comparison"])
    older, newer = comparison.older, comparison.newer
    task = read_facts(newer.file.path).task
    _check_same(task, read_facts(older.file.path).task)
    context.progress({"stage": to_plain(say("Comparing on the same rows"))}, force=True)
    if comparison.dataset is not None:
        rows = _on_dataset(comparison.dataset, task, older, newer)
    else:
        rows = _on_rows_set_aside(older, newer)
    facts = compare_models(task, rows.target, rows.older, rows.newer)
    with context.commit(finish=True):
        comparison.result = to_jsonable(facts, sentences=True)
        comparison.save(update_fields=["result"])


def _check_same(newer: Task, older: Task) -> None:
    if (newer.kind, newer.target, newer.classes) != (older.kind, older.target, older.classes):
        raise QuestionProblem(
            say("The two bundles do not foretell the same outcome, so they cannot be compared."),
            say("Choose two bundles with the same outcome column and the same values in it."),
        )


def _on_rows_set_aside(older: SavedBundle, newer: SavedBundle) -> _Rows:
    """The rows the newer one's run set aside; of one data set, those that both set aside."""
    held = _held_out(newer)
    if held is None:
        raise QuestionProblem(
            say("The newer bundle kept no rows set aside to compare on."),
            say("Choose a data set with known outcomes to compare them on."),
        )
    if older.dataset_id == newer.dataset_id:
        return _shared(_held_out(older), held)
    table = load_table(newer.run.schema_version).for_learning
    return _Rows(held.target, _predicted(older, table, held.rows), held.predictions)


def _shared(older: HeldOut | None, newer: HeldOut) -> _Rows:
    """Rows that both set aside: any other row, one of the two has learned from."""
    rows, first, second = (
        (np.empty(0), np.empty(0, int), np.empty(0, int))
        if older is None
        else np.intersect1d(older.rows, newer.rows, return_indices=True)
    )
    if older is None or not len(rows):
        raise QuestionProblem(
            say("There are no rows that both bundles had set aside."),
            say("Choose a data set with known outcomes to compare them on."),
        )
    return _Rows(newer.target[second], older.predictions[first], newer.predictions[second])


def _held_out(bundle: SavedBundle) -> HeldOut | None:
    from upshot.explaining.held_out import HeldOut

    kept = HeldOutRows.objects.filter(run__bundle=bundle).first()
    return None if kept is None else HeldOut.from_bytes(bytes(kept.packed))


def _on_dataset(dataset: Dataset, task: Task, older: SavedBundle, newer: SavedBundle) -> _Rows:
    """All rows of a data set whose outcome is known."""
    from upshot.questions import choose, known_rows, prepare

    table = load_table(dataset.current).for_learning
    choice = choose(table, task.target, task.positive)
    data = prepare(table, choice)
    if set(data.task.classes) != set(task.classes):
        raise QuestionProblem(
            say("The outcomes in this data set are not those the bundles foretell."),
            say("Choose a data set whose outcome column holds the same values."),
        )
    target = data.target
    if task.classes:
        # The same classes may be counted in another order here.
        target = np.array([task.classes.index(name) for name in data.task.classes])[target]
    rows = known_rows(table, task.target)
    return _Rows(target, _predicted(older, table, rows), _predicted(newer, table, rows))


def _predicted(bundle: SavedBundle, table: Table, rows: Array) -> Array:
    from upshot.bundles.on_rows import predictions_on

    predictions, _ = predictions_on(open_bundle(bundle), table, rows)
    return predictions
