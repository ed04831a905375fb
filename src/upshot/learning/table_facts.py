"""What a table looks like to the search: the few numbers that choose where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.columns import Roles, find_roles, read_levels, read_numbers
from upshot.learning.features.relevance import sample_rows
from upshot.learning.models.two_part import has_two_parts
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind

if TYPE_CHECKING:
    import pandas as pd

# Above this many levels a column is no longer worth a 0/1 column per level.
_MANY_LEVELS = 40
_FEW_VALUES = 25
# Share of amounts that are 0 above which whether there is any is a question of its own.
_ZERO_SHARE = 0.2
# Share of positives (engine facts: "imbalance") and their number below which caution pays.
_RARE_SHARE = 0.02
_RARE_ROWS = 500


@dataclass(frozen=True)
class TableFacts:
    """Facts of learning data that the space and the portfolio depend on.

    Attributes
    ----------
    kind : TaskKind
        Shape of the outcome.
    rows : int
        Number of rows.
    numbers, categories, dates, texts : int
        Columns that a model sees, by how they are read.
    small_integers : int
        Number columns of whole numbers with few distinct values.
    many_levels : int
        Category columns with more levels than one-hot columns suit.
    most_levels : int
        Levels of the richest category column.
    missing_share : float
        Share of missing cells in number columns.
    n_classes : int
        Outcomes; 0 for amounts.
    rarest_share, rarest_rows : float, int
        The least frequent outcome; 1 and `rows` for amounts.
    skewed_amount : bool
        An amount, never negative, with a long right tail.
    zero_inflated : bool
        An amount, never negative, that is 0 in many rows and above 0 in enough.
    may_generate : bool
        Whether features may be made from others.
    """

    kind: TaskKind
    rows: int
    numbers: int = 0
    categories: int = 0
    dates: int = 0
    texts: int = 0
    small_integers: int = 0
    many_levels: int = 0
    most_levels: int = 0
    missing_share: float = 0.0
    n_classes: int = 2
    rarest_share: float = 0.5
    rarest_rows: int = 0
    skewed_amount: bool = False
    zero_inflated: bool = False
    may_generate: bool = True

    @property
    def traits(self) -> frozenset[str]:
        """Words that the portfolio's entries refer to."""
        columns = self.numbers + self.categories + self.dates + self.texts
        known = {
            "rare": self.kind is not TaskKind.REGRESSION
            and (self.rarest_share < _RARE_SHARE or self.rarest_rows < _RARE_ROWS // 5),
            "tiny": self.rows < 1_000,
            "small": self.rows < 5_000,
            "large": self.rows >= 50_000,
            "huge": self.rows >= 300_000,
            "wide": columns > 60,
            "many_levels": self.many_levels > 0,
            "categorical": self.categories > self.numbers,
            "numeric": self.numbers > 2 * self.categories,
            "no_categories": self.categories == 0,
            "texts": self.texts > 0,
            "many_classes": self.n_classes > 5,
            "amount": self.kind is TaskKind.REGRESSION,
            "skewed_amount": self.skewed_amount,
            "zero_inflated": self.zero_inflated,
            "missing": self.missing_share > 0.01,
        }
        return frozenset(trait for trait, holds in known.items() if holds)


def table_facts(data: LearningData) -> TableFacts:
    """Look at learning data; at most 20,000 rows are read for column facts."""
    roles = find_roles(data.features, data.schema)
    seen = data.features.iloc[sample_rows(data.rows, 0)]
    numbers = read_numbers(seen, roles.numbers)
    levels = [_count_levels(seen, name) for name in roles.categories]
    counts = np.bincount(data.target.astype(np.int64)) if _has_classes(data) else np.array([])
    occurring = counts[counts > 0]
    rarest = int(occurring.min()) if occurring.size else data.rows
    return TableFacts(
        kind=data.task.kind,
        rows=data.rows,
        **_column_counts(roles),
        small_integers=sum(_is_small_integer(column) for column in numbers.T),
        many_levels=sum(count > _MANY_LEVELS for count in levels),
        most_levels=max(levels, default=0),
        missing_share=float(np.isnan(numbers).mean()) if numbers.size else 0.0,
        n_classes=len(data.task.classes),
        rarest_share=rarest / max(data.rows, 1),
        rarest_rows=rarest,
        skewed_amount=not _has_classes(data) and _is_skewed(data.target),
        zero_inflated=not _has_classes(data) and _is_zero_inflated(data.target),
    )


def _has_classes(data: LearningData) -> bool:
    return data.task.kind is not TaskKind.REGRESSION


def _column_counts(roles: Roles) -> dict[str, Any]:
    return {
        # An ordered category gives a number too; a column taken apart gives some of each.
        "numbers": len(roles.numbers) + len(roles.orders) + len(roles.split),
        "categories": len(roles.categories) + sum(r == "url" for r in roles.split.values()),
        "dates": len(roles.dates),
        "texts": len(roles.texts),
    }


def _count_levels(features: pd.DataFrame, name: str) -> int:
    codes, _ = read_levels(features, name)
    return int(np.unique(codes[codes >= 0]).size)


def _is_small_integer(column: Array) -> bool:
    known = column[np.isfinite(column)]
    distinct = np.unique(known)
    return bool(3 <= distinct.size <= _FEW_VALUES and np.all(distinct == np.floor(distinct)))


def _is_skewed(target: Array) -> bool:
    """Whether the mean lies far above the median, or the spread exceeds the mean."""
    if not len(target) or float(np.min(target)) < 0.0:
        return False
    mean, median = float(np.mean(target)), float(np.median(target))
    return bool(mean > 1.25 * median and float(np.std(target)) > 0.6 * mean)


def _is_zero_inflated(target: Array) -> bool:
    return has_two_parts(target) and bool((target == 0).mean() >= _ZERO_SHARE)
