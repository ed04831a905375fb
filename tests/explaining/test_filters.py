import numpy as np
import pandas as pd
import pytest

from upshot.errors import InputError, QuestionProblem
from upshot.explaining.filters import (
    Comparison,
    Condition,
    Filter,
    as_text,
    as_written,
    holds,
    in_words,
)
from upshot.tables.schema import BooleanFormat, Column, Kind, NumberFormat, Schema

SCHEMA = Schema(
    (
        Column("score", Kind.NUMBER, number=NumberFormat(decimal=",")),
        Column("country", Kind.CATEGORY),
        Column("joined", Kind.DATETIME),
        Column("member", Kind.BOOLEAN, boolean=BooleanFormat(("ja",), ("nein",))),
        Column("grade", Kind.CATEGORY),
    )
)
FRAME = pd.DataFrame(
    {
        "score": [10.0, 50.5, 90.0, np.nan],
        "country": pd.Series(["US", "us ", "DE", None], dtype="category"),
        "joined": pd.to_datetime(
            ["2026-01-01 09:00", "2026-01-31 18:00", "2026-02-01 00:00", None]
        ).astype("datetime64[us]"),
        "member": pd.Series([True, False, None, True], dtype="boolean"),
        "grade": pd.Series(["1", "2", "10", None], dtype="category"),
    }
)


def picked(column: str, comparison: str, *values: str) -> list[int]:
    rule = Filter((Condition(column, Comparison(comparison), values),))
    return np.flatnonzero(holds(rule, FRAME, SCHEMA)).tolist()


@pytest.mark.parametrize(
    ("column", "comparison", "values", "rows"),
    [
        ("score", ">", ("50",), [1, 2]),
        ("score", ">=", ("50,5",), [1, 2]),
        ("score", "=", ("90",), [2]),
        ("score", "!=", ("90",), [0, 1, 3]),
        ("score", "missing", (), [3]),
        ("score", "filled", (), [0, 1, 2]),
        ("country", "=", ("Us",), [0, 1]),
        ("country", "=", ("us", "de"), [0, 1, 2]),
        ("country", "contains", ("d",), [2]),
        ("joined", "<=", ("2026-01-31",), [0, 1]),
        ("joined", ">", ("2026-01-31",), [2]),
        ("member", "=", ("ja",), [0, 3]),
        ("member", "=", ("no",), [1]),
        ("grade", ">", ("2",), [2]),
    ],
)
def test_a_comparison_picks_the_rows_a_person_means(column, comparison, values, rows) -> None:
    assert picked(column, comparison, *values) == rows


def test_all_conditions_must_hold() -> None:
    rule = Filter(
        (
            Condition("score", Comparison.ABOVE, ("20",)),
            Condition("country", Comparison.IS, ("US",)),
        )
    )
    assert np.flatnonzero(holds(rule, FRAME, SCHEMA)).tolist() == [1]
    assert in_words(rule) == "`score` is over 20 and `country` is US"
    assert as_text(rule) == "score > 20 AND country = US"


@pytest.mark.parametrize(
    ("column", "comparison", "value"),
    [
        ("score", ">", "many"),
        ("country", ">", "US"),
        ("joined", ">", "soon"),
        ("member", "=", "perhaps"),
        ("score", ">", "inf"),
    ],
)
def test_a_value_that_does_not_fit_is_explained(column, comparison, value) -> None:
    with pytest.raises(QuestionProblem) as caught:
        picked(column, comparison, value)
    assert column in str(caught.value)
    assert caught.value.remedy


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(InputError, match="scor"):
        picked("scor", ">", "1")


def test_a_filter_for_another_tool_spells_yes_as_the_file_does() -> None:
    spelled = Column("Complain", Kind.BOOLEAN, boolean=BooleanFormat(("1",), ("0",)))
    schema = Schema((spelled, Column("Plan", Kind.CATEGORY)))
    chosen = Filter(
        (
            Condition("Complain", Comparison.IS, ("yes",)),
            Condition("Plan", Comparison.IS, ("yes",)),
        )
    )
    assert as_text(as_written(chosen, schema)) == "Complain = 1 AND Plan = yes"
    assert "yes" in in_words(chosen)
