"""Which rows a person left out of learning: what each rule of a Schema takes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from upshot.errors import InternalError
from upshot.tables.repeats import earlier_by, repeats
from upshot.tables.schema import RowRule
from upshot.tables.trials import trial_rows

if TYPE_CHECKING:
    import pandas as pd

    from upshot.tables.table import Table

    Array = np.ndarray


def rows_out(table: Table) -> Array:
    """Which rows the rules of the table's schema leave out, in the order they were made."""
    out = np.zeros(table.rows, dtype=bool)
    for rule in table.schema.row_rules:
        out |= rows_of(table, rule)
    return out


def rows_of(table: Table, rule: RowRule) -> Array:
    """Which rows one rule leaves out; none where a column it needs is not in the table."""
    if rule.what not in ROW_RULES:
        raise InternalError(f"No rule for rows is called '{rule.what}'.")
    if not all(name in table.schema for name in rule.columns):
        return np.zeros(table.rows, dtype=bool)
    return ROW_RULES[rule.what](table, rule)


def _repeats(table: Table, rule: RowRule) -> Array:
    return repeats(table.raw)


def _tests(table: Table, rule: RowRule) -> Array:
    return trial_rows(table, rule.columns)


def _reversed(table: Table, rule: RowRule) -> Array:
    """Rows that end before they start."""
    start, end = (typed(table, name).to_numpy() for name in rule.columns)
    return np.asarray(end < start, dtype=bool)


def _earlier(table: Table, rule: RowRule) -> Array:
    """All rows of a customer but the last: by the date, if one is named, else as they stand."""
    import pandas as pd

    key, *clock = rule.columns
    codes, _ = pd.factorize(typed(table, key))
    if not clock:
        return earlier_by(codes)
    order = (
        typed(table, clock[0])
        .reset_index(drop=True)
        .sort_values(kind="stable", na_position="first")
        .index.to_numpy()
    )
    out = np.zeros(table.rows, dtype=bool)
    out[order] = earlier_by(codes[order])
    return out


def typed(table: Table, name: str) -> pd.Series:
    """One typed column; the others are not read for it."""
    import pandas as pd

    from upshot.tables.typed import typed_column

    if "data" in table.__dict__:
        return table.data[name]
    return pd.Series(typed_column(table.raw.column(name), table.schema.column(name)))


ROW_RULES: dict[str, Callable[[Table, RowRule], Array]] = {
    "repeats": _repeats,
    "tests": _tests,
    "reversed": _reversed,
    "all-but-last": _earlier,
}
