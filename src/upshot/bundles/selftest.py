"""Made-up rows whose predictions are kept, and checked again on loading.

The rows hold no person's data: each is put together from typical values per column (rounded
quantiles, categories that many rows share), is missing wherever a column holds personal data,
pseudonyms or free text, and one row is missing throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.bundles.archive import damaged
from upshot.bundles.manifest import ColumnSummary, SelfTest
from upshot.bundles.summaries import as_numbers
from upshot.errors import BundleProblem
from upshot.learning.task import Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

    from upshot.learning.ensemble import FittedModel

_ROWS = 6
_QUANTILES = np.linspace(0.1, 0.9, _ROWS)
_TOLERANCE = 1e-6
_SHARED_BY = 5
_TEXT = "an example"


def typical_rows(
    features: pd.DataFrame, schema: Schema, summaries: Sequence[ColumnSummary]
) -> tuple[Mapping[str, Any], ...]:
    """Make up rows of typical values; the last one is missing throughout."""
    columns = {
        column.name: _typical_values(features[column.name], column, summary)
        for column, summary in zip(schema.columns, summaries, strict=True)
    }
    rows = [{name: values[i] for name, values in columns.items()} for i in range(_ROWS)]
    return (*rows, dict.fromkeys(columns))


def typed_rows(rows: Sequence[Mapping[str, Any]], schema: Schema) -> pd.DataFrame:
    """Turn kept rows into typed columns, as `Table.data` has them.

    Raises
    ------
    BundleProblem
        A value does not fit the kind of its column.
    """
    import pandas as pd

    typed = {}
    for column in schema.columns:
        values = [row.get(column.name) for row in rows]
        try:
            typed[column.name] = _typed(values, column.kind)
        except (TypeError, ValueError, OverflowError) as error:
            raise damaged(say("its self-test does not fit its columns")) from error
    return pd.DataFrame(typed)


def expected_values(model: FittedModel, task: Task, features: pd.DataFrame) -> list[list[float]]:
    """Everything the model says of each row, one list of numbers per row."""
    predictions = np.asarray(model.predict(features), dtype="float64")
    columns = [predictions] if predictions.ndim == 1 else list(predictions.T)
    if task.kind is TaskKind.REGRESSION:
        columns.extend(np.asarray(end, dtype="float64") for end in model.predict_interval(features))
    return np.column_stack(columns).tolist()  # type: ignore[no-any-return]


def replay(test: SelfTest, model: FittedModel, task: Task, schema: Schema) -> None:
    """Predict the kept rows again and compare, within 1e-6 of the largest expected value.

    Raises
    ------
    BundleProblem
        The model says something else than it said when it was saved.
    """
    actual = np.asarray(expected_values(model, task, typed_rows(test.rows, schema)))
    try:
        expected = np.asarray(test.expected, dtype="float64")
    except ValueError as error:
        raise damaged(say("its self-test has the wrong shape")) from error
    if actual.shape != expected.shape:
        raise damaged(say("its self-test has the wrong shape"))
    slack = _TOLERANCE * float(np.abs(expected).max())
    if not np.allclose(actual, expected, rtol=_TOLERANCE, atol=slack):
        raise BundleProblem(
            say("This bundle no longer predicts what it predicted when it was saved."),
            say("Train again and save a new one; the file or an installed library has changed."),
        )


def _typical_values(values: pd.Series[Any], column: Column, summary: ColumnSummary) -> list[Any]:
    present = values.dropna()
    if column.personal is not None or column.pseudonyms or not len(present):
        return [None] * _ROWS
    match column.kind:
        case Kind.NUMBER:
            return [
                _rounded(float(v)) for v in np.quantile(present.to_numpy("float64"), _QUANTILES)
            ]
        case Kind.DATETIME:
            seconds = np.quantile(as_numbers(present), _QUANTILES)
            months = (
                (seconds * 1e6).astype("int64").astype("datetime64[us]").astype("datetime64[M]")
            )
            return [f"{month}-01" for month in months.astype("str")]
        case Kind.BOOLEAN:
            return [i % 2 == 0 for i in range(_ROWS)]
        case Kind.CATEGORY | Kind.CONSTANT:
            return _shared_levels(summary, len(values))
        case _:
            return [_TEXT if i % 2 else None for i in range(_ROWS)]


def _shared_levels(summary: ColumnSummary, rows: int) -> list[Any]:
    levels = [
        level
        for level, share in zip(summary.levels, summary.shares, strict=False)
        if share * rows >= _SHARED_BY - 0.5
    ]
    return [levels[i % len(levels)] if levels else None for i in range(_ROWS)]


def _rounded(value: float) -> float:
    """Three significant digits: a typical value rather than somebody's."""
    return float(f"{value:.3g}")


def _typed(values: list[Any], kind: Kind) -> Any:
    import pandas as pd

    match kind:
        case Kind.NUMBER:
            return pd.Series([np.nan if v is None else float(v) for v in values], dtype="float64")
        case Kind.BOOLEAN:
            return pd.Series(values, dtype="boolean")
        case Kind.DATETIME:
            return pd.Series(pd.to_datetime(values, format="%Y-%m-%d")).astype("datetime64[us]")
        case Kind.CATEGORY:
            return pd.Series(values, dtype="str").astype("category")
        case _:
            return pd.Series(values, dtype="str")
