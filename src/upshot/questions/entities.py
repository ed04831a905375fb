"""Identifiers that repeat: customers, households, shops whose habits a model can learn.

An identifier that stands in one row says nothing about the next. One that stands in many is the
best thing known about them: in brand choice, a household's earlier choices foretell its next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.errors import Note
from upshot.learning.state import Array
from upshot.questions.base import Choice
from upshot.questions.limits import number
from upshot.questions.names import names_entity, word_set, words
from upshot.questions.outcomes import OutcomeColumn, read_outcome
from upshot.tables.pseudonyms import Pseudonyms, with_marks
from upshot.tables.schema import Column, Kind, Schema
from upshot.tables.settling import settled
from upshot.tables.table import Table
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

ENTITY = "entity"
# Half of the values need this many rows each: with fewer, a value judged by its other rows is
# judged by one row. The median, as a few heavy buyers lift a mean while most values stand once.
_LEAST_ROWS = 3
# And rows need this many times as many: rows of rare values would otherwise outweigh the habits.
_ROWS_PER_VALUE = 3
# From this share of the outcome's variance on, the outcome belongs to the value and not to the row:
# learning it would only be looking it up. Rows drawn at random in threes share about a third.
_DECIDED = 0.95
# Sorts of customers are a handful.
_MOST_SORTS = 20
# What happens once. The rows of one order share its outcome, and a new order has a new number.
_EVENTS = word_set(
    "order invoice transaction session ticket receipt booking bestell bestellung rechnung "
    "rechnungs basket event visit call row record index rownum"
)
_GLUED_EVENTS = ("order", "invoice", "transaction", "session", "ticket", "receipt", "booking")


@dataclass(frozen=True)
class Entity:
    """An identifier offered to models as a category.

    Attributes
    ----------
    column : Column
        The column, as a category.
    rows : float
        Rows per value, on average.
    grouped : bool
        Whether another column is the group already.
    """

    column: Column
    rows: float
    grouped: bool = False

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def note(self) -> Note:
        """What a marketer should know about it."""
        name = self.name
        if self.column.pseudonyms:
            kept = say("The bundle keeps pseudonyms instead of these values.")
        else:
            kept = say("The bundle keeps these values.")
        if self.grouped:
            remedy = say("If you will predict for new customers, ignore `{column}`.", column=name)
        else:
            remedy = say(
                "If you will predict for new customers, name `{column}` as the group.", column=name
            )
        return Note(
            "entity",
            say(
                "`{column}` repeats about {rows} times per value. We let the model "
                "learn each value's habits. {kept} "
                "Predictions for new values will be weaker.",
                column=name,
                kept=kept,
                rows=number(round(self.rows)),
            ),
            name,
            remedy,
            "warning",
        )


def find_entities(table: Table, choice: Choice) -> tuple[Entity, ...]:
    """Identifiers that repeat often enough for a model to learn each value's habits.

    The group is none: its rows stay on one side of every split, so all its values are new there.
    Nor is personal data, whatever else a person lets in.

    Parameters
    ----------
    table : Table
        The table.
    choice : Choice
        Names the outcome and the group.

    Returns
    -------
    tuple of Entity
        In the order of the columns; each column has become a category.
    """
    candidates = [column for column in table.schema.columns if _may_be(column, choice)]
    return tuple(_measured(table, choice, candidates)) if candidates else ()


def with_marked_entities(table: Table, choice: Choice, pseudonyms: Pseudonyms | None) -> Table:
    """Mark the entities of a table to be learned as pseudonyms; its cells stay as they are.

    So are customers that are few enough to have been read as a category.
    """
    if pseudonyms is None:
        return table
    few = [column.name for column in table.schema.columns if _may_be_few(column, choice)]
    seen = settled(table.for_learning)
    names = [entity.name for entity in find_entities(seen, choice)]
    names += [name for name in few if _are_keys(seen.data[name])]
    return table.with_schema(with_marks(table.schema, names, pseudonyms)) if names else table


def with_entities(
    features: pd.DataFrame, schema: Schema, entities: tuple[Entity, ...]
) -> tuple[pd.DataFrame, Schema]:
    """Turn the entities among the features into categories, in the data and in the schema."""
    found = {entity.name: entity.column for entity in entities}
    columns = tuple(found.get(column.name, column) for column in schema.columns)
    typed = features.astype({name: "category" for name in found if name in features})
    return typed, replace(schema, columns=columns)


def _may_be_few(column: Column, choice: Choice) -> bool:
    return (
        column.kind is Kind.CATEGORY
        and names_entity(column.name)
        and not column.ignored
        and column.name not in (choice.target, choice.group, *choice.ignore)
    )


def _are_keys(values: pd.Series) -> bool:
    """Whether levels are numbers of customers, rather than sorts of them ("new", "returning")."""
    levels = [str(level) for level in values.cat.categories]
    numbered = sum(any(sign.isdigit() for sign in level) for level in levels)
    return len(levels) > _MOST_SORTS or 2 * numbered > len(levels)


def _may_be(column: Column, choice: Choice) -> bool:
    said = words(column.name)
    event = bool(set(said) & _EVENTS) or any("".join(said).startswith(w) for w in _GLUED_EVENTS)
    return (
        column.kind is Kind.IDENTIFIER
        and column.personal is None
        and column.role != "row number"
        and not column.ignored
        and column.name not in (choice.target, choice.group, choice.date, *choice.ignore)
        and not event
    )


def _measured(table: Table, choice: Choice, candidates: list[Column]) -> Iterator[Entity]:
    import pandas as pd

    outcome = read_outcome(table, choice.target)
    known = outcome.known
    groups = None
    if choice.group is not None:
        groups = pd.factorize(table.data.loc[known, choice.group])[0]
    told = _told(outcome, numeric=choice.question == "how_much")[known]
    for column in candidates:
        codes = pd.factorize(table.data.loc[known, column.name])[0]
        filled = codes >= 0
        counts = np.bincount(codes[filled])
        if not _repeats(counts) or _decided(codes[filled], told[filled]) >= _DECIDED:
            continue
        if groups is not None and _within(codes[filled], groups[filled]):
            continue
        category = replace(column, kind=Kind.CATEGORY, role=ENTITY)
        yield Entity(category, float(counts.mean()), grouped=groups is not None)


def _repeats(counts: Array) -> bool:
    if len(counts) < 2 or np.median(counts) < _LEAST_ROWS:
        return False
    return bool(len(counts) * _ROWS_PER_VALUE < counts.sum())


def _told(outcome: OutcomeColumn, *, numeric: bool) -> Array:
    """The outcome as columns whose variance can be shared out: amounts, or one 0/1 per class."""
    if numeric and outcome.numbers is not None:
        return outcome.numbers[:, None]
    return np.asarray(outcome.codes[:, None] == np.arange(max(len(outcome.counts), 1)), dtype=float)


def _decided(codes: Array, told: Array) -> float:
    """Share of the outcome's variance that lies between the values of an identifier."""
    counts = np.bincount(codes)
    total = within = 0.0
    for column in told.T:
        centred = column - column.mean()
        sums = np.bincount(codes, weights=centred)
        total += float(centred @ centred)
        within += float(centred @ centred - (sums**2 / counts).sum())
    return 1 - within / total if total > 0 else 1.0


def _within(codes: Array, groups: Array) -> bool:
    """Whether most values stand in one group only: they would be new wherever a group is new."""
    pairs = np.unique(np.column_stack([codes, groups]), axis=0)[:, 0]
    alone = np.bincount(pairs) == 1
    return bool(alone.mean() > 0.5)
