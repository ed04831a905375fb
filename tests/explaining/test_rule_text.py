import pytest

from upshot.errors import QuestionProblem
from upshot.explaining.filters import Comparison, Condition, Filter
from upshot.explaining.rule_text import parse_rule

COLUMNS = ("Lead Score", "Country", "Bed and breakfast", "is new", "a>b")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Lead Score > 50", ("Lead Score", ">", "50")),
        ("`lead score`>=50", ("Lead Score", ">=", "50")),
        ("Country is not 'New Zealand'", ("Country", "!=", "New Zealand")),
        ("Country <> US", ("Country", "!=", "US")),
        ("Bed and breakfast = yes", ("Bed and breakfast", "=", "yes")),
        ("is new is yes", ("is new", "=", "yes")),
        ("a>b <= 3", ("a>b", "<=", "3")),
        ("Country contains united", ("Country", "contains", "united")),
    ],
)
def test_a_condition_is_read_as_typed(text: str, condition: tuple[str, str, str]) -> None:
    column, comparison, value = condition
    expected = Condition(column, Comparison(comparison), (value,))
    assert parse_rule(text, COLUMNS) == Filter((expected,))


def test_conditions_are_joined_by_and() -> None:
    rule = parse_rule("Lead Score > 50 and Country = US AND is new is not missing", COLUMNS)
    assert [c.column for c in rule.conditions] == ["Lead Score", "Country", "is new"]
    assert rule.conditions[2].comparison is Comparison.FILLED


@pytest.mark.parametrize("text", ["", "Lead Score", "Lead Scor > 50", "> 50", "Lead Score >"])
def test_what_cannot_be_read_is_explained(text: str) -> None:
    with pytest.raises(QuestionProblem) as caught:
        parse_rule(text, COLUMNS)
    assert caught.value.remedy


def test_a_near_miss_names_the_column() -> None:
    with pytest.raises(QuestionProblem, match="Lead Score"):
        parse_rule("Lead Scor > 50", COLUMNS)


def test_four_conditions_are_too_many() -> None:
    with pytest.raises(QuestionProblem, match="up to 3"):
        parse_rule(" and ".join(["Lead Score > 1"] * 4), COLUMNS)
