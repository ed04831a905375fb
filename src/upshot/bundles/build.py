"""From what was learned to a bundle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.bundles.bundle import Bundle
from upshot.bundles.cutoff import best_cutoff
from upshot.bundles.manifest import FORMAT, Manifest, SelfTest, library_versions
from upshot.bundles.selftest import expected_values, typed_rows, typical_rows
from upshot.bundles.summaries import fingerprint, summarise
from upshot.learning.task import LearningData, TaskKind
from upshot.tables.schema import Column, Kind, Schema

if TYPE_CHECKING:
    from upshot.explaining.facts import Answer
    from upshot.explaining.surrogate import Surrogate
    from upshot.learning.outcome import Learned
    from upshot.tables.table import Table


def build_bundle(
    learned: Learned,
    data: LearningData,
    table: Table,
    answer: Answer,
    surrogate: Surrogate | None = None,
) -> Bundle:
    """Put together the bundle of a finished run.

    Parameters
    ----------
    learned : Learned
        The result of learning.
    data : LearningData
        What it learned from.
    table : Table
        The table `data` was taken from; only its schema and a fingerprint of its cells are kept.
    answer : Answer
        The facts of the run.
    surrogate : Surrogate or None
        Gives reasons per row.
    """
    summaries = summarise(data.features, data.schema)
    rows = typical_rows(data.features, data.schema, summaries)
    expected = expected_values(learned.model, learned.task, typed_rows(rows, data.schema))
    manifest = Manifest(
        format=FORMAT,
        libraries=library_versions(),
        question=answer.question,
        task=learned.task,
        schema=_whole_schema(table.schema, data.schema),
        features=data.schema.names,
        cutoff=_cutoff(learned),
        holdout=dict(learned.metrics),
        ensemble=learned.ensemble,
        fingerprint=fingerprint(table.raw),
        summaries=summaries,
        self_test=SelfTest(rows, tuple(tuple(row) for row in expected)),
    )
    return Bundle(manifest, answer, learned.model, surrogate)


def _whole_schema(table: Schema, features: Schema) -> Schema:
    """Every column of the table, those the model reads as the model reads them.

    Of the others no value that a person spoke of is kept where it may name somebody.
    """
    columns = tuple(
        features.column(c.name) if c.name in features else _without_values(c) for c in table.columns
    )
    added = tuple(c for c in features.columns if c.name not in table)
    silent = frozenset(c.name for c in table.columns if c.name not in features and _may_name(c))
    changes = tuple(change for change in table.changes if change.column not in silent)
    return replace(table, columns=columns + added, changes=changes)


def _may_name(column: Column) -> bool:
    return column.personal is not None or column.kind is Kind.IDENTIFIER


def _without_values(column: Column) -> Column:
    return replace(column, merged=(), joined=(), marked_missing=()) if _may_name(column) else column


def _cutoff(learned: Learned) -> float | None:
    if learned.task.kind is not TaskKind.BINARY:
        return None
    holdout = learned.holdout
    return best_cutoff(np.asarray(holdout.target), np.asarray(holdout.predictions))
