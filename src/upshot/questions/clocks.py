"""Columns that say when a row was made, as times to split by."""

from __future__ import annotations

import numpy as np

from upshot.errors import QuestionProblem
from upshot.learning.state import Array
from upshot.tables.schema import Kind
from upshot.tables.table import Table
from upshot.wording import say


def clock_times(table: Table, name: str) -> Array:
    """``datetime64[us]`` of each row.

    Dates are taken as they are; numbers are read as years (2019) or as yyyymmdd (20190430). Rows
    without a date count as the oldest, so that nothing is ever judged on them.

    Raises
    ------
    QuestionProblem
        The column does not tell the time.
    """
    import pandas as pd

    kind = table.schema.column(name).kind
    series = table.data[name]
    if kind is Kind.DATETIME:
        times = series.to_numpy(dtype="datetime64[us]")
    elif kind is Kind.NUMBER:
        times = _numbers_as_times(series.to_numpy(dtype="float64", na_value=np.nan))
    else:
        parsed = pd.to_datetime(series.astype("object"), errors="coerce", format="ISO8601")
        times = parsed.to_numpy(dtype="datetime64[us]")
    missing = np.isnat(times)
    if missing.mean() > 0.5:
        raise QuestionProblem(
            say(
                "`{column}` cannot be used as the date: most of its cells do not read as dates.",
                column=name,
            ),
            say("Choose a column of dates, or set its kind to date."),
        )
    oldest = times[~missing].min()
    return np.where(missing, oldest, times)


def _numbers_as_times(numbers: Array) -> Array:
    years = (numbers >= 1900) & (numbers < 2100)
    days = (numbers >= 19000101) & (numbers < 21000101)
    times = np.full(len(numbers), np.datetime64("NaT"), dtype="datetime64[us]")
    whole = np.where(years | days, numbers, 0).astype("int64")
    times[years] = (whole[years] - 1970).astype("datetime64[Y]").astype("datetime64[us]")
    months = (whole // 10000 - 1970) * 12 + (whole // 100) % 100 - 1
    dated = months.astype("datetime64[M]").astype("datetime64[D]") + (whole % 100 - 1)
    times[days] = dated[days].astype("datetime64[us]")
    return times
