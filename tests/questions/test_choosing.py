from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.errors import QuestionProblem
from upshot.questions import QUESTIONS, check, choose
from upshot.questions.outcomes import read_outcome
from upshot.tables.schema import Kind


@pytest.fixture
def table(make_table):
    rng = np.random.default_rng(1)
    n = 400
    answer = rng.choice(["Yes", "No"], n)
    return make_table(
        pd.DataFrame(
            {
                "key": [f"k{i}" for i in range(n)],
                "answer": answer,
                "flag": rng.integers(0, 2, n).astype(float),
                "plan": rng.choice(["Basic", "Plus", "Pro"], n),
                "segment": rng.choice([1.0, 2.0, 3.0], n, p=(0.3, 0.4, 0.3)),
                "children": rng.choice([0.0, 1.0, 2.0, 3.0], n, p=(0.4, 0.3, 0.2, 0.1)),
                "spent": rng.gamma(2, 20, n),
                "day": pd.Timestamp("2026-01-01") + pd.to_timedelta(rng.integers(0, 60, n), "D"),
                "note": [f"called {i} times about {i * 7}" for i in range(n)],
                "only": np.where(answer == "Yes", "Yes", None),
                "same": "x",
                "many": [f"level {i % 80}" for i in range(n)],
            }
        ),
        kinds={"note": Kind.TEXT},
    )


@pytest.mark.parametrize(
    ("target", "question"),
    [
        ("answer", "who_will"),
        ("flag", "who_will"),
        ("plan", "which_one"),
        ("segment", "which_one"),
        ("children", "how_much"),
        ("spent", "how_much"),
    ],
)
def test_the_question_follows_from_the_outcome(table, target: str, question: str) -> None:
    assert choose(table, target).question == question


@pytest.mark.parametrize("positive", ["1", 1, 1.0, "1.0", " 1 ", "yes", "TRUE", True])
def test_a_positive_outcome_is_compared_as_people_read_it(table, positive: object) -> None:
    assert choose(table, "flag", positive=positive).positive == "1"


def test_case_and_blanks_do_not_matter_in_values_and_column_names(table) -> None:
    choice = choose(table, " Answer ", positive=" no ")
    assert (choice.target, choice.positive) == ("answer", "No")


def test_a_yes_is_guessed_as_the_positive_outcome_and_otherwise_the_rarer_one(make_table) -> None:
    def guess(*values: str) -> str | None:
        cells = [values[0]] * 30 + [values[1]] * 20
        return choose(make_table(pd.DataFrame({"x": cells, "z": range(50)})), "x").positive

    assert guess("yes", "no") == "yes"
    assert guess("sim", "não") == "sim"
    assert guess("da", "net") == "da"
    assert guess("Churned", "Stayed") == "Churned"
    assert guess("converted", "not converted") == "converted"
    assert guess("CH", "MM") == "MM"
    assert guess("<=50K", ">50K") == ">50K"


def test_one_label_of_several_may_be_looked_for(table) -> None:
    choice = choose(table, "plan", positive="pro")
    assert (choice.question, choice.positive) == ("who_will", "Pro")
    task = QUESTIONS["who_will"].make_task(read_outcome(table, "plan"), choice)
    assert task.classes == ("not Pro", "Pro")


@pytest.mark.parametrize(
    ("target", "wishes", "says", "remedy"),
    [
        ("anser", {}, "no column 'anser'", "'answer'"),
        ("same", {}, "in every row", "another column"),
        ("only", {}, "Every filled cell", "empty cell"),
        ("key", {}, "identifier", "kind to number"),
        ("note", {}, "free text", "few values"),
        ("many", {}, "80 different values", "Group"),
        ("day", {}, "dates", "use this one as the date"),
        ("answer", {"positive": "perhaps"}, "no value 'perhaps'", "'Yes'"),
        ("spent", {"positive": "7"}, "no value '7'", "two outcomes"),
        ("answer", {"ignore": ["plann"]}, "no column 'plann'", "'plan'"),
        ("answer", {"date": "plan"}, "cannot be used as the date", "column of dates"),
        ("answer", {"group": "answer"}, "is the outcome", "another column"),
        ("answer", {"question": "why"}, "no question 'why'", "who_will"),
        ("plan", {"question": "how_much"}, "does not fit", "another question"),
    ],
)
def test_a_question_that_does_not_fit_is_refused_with_the_remedy(
    table, target: str, wishes: dict[str, object], says: str, remedy: str
) -> None:
    with pytest.raises(QuestionProblem) as problem:
        choose(table, target, **wishes)
    assert says in problem.value.problem
    assert remedy in problem.value.remedy


def test_the_target_is_never_among_the_ignored(table) -> None:
    assert choose(table, "answer", ignore=["answer", "plan", "plan"]).ignore == ("plan",)


def test_spellings_that_read_alike_are_one_outcome(make_table) -> None:
    cells = ["Yes", "yes ", "YES", "No", "no", "No"] * 5
    frame = pd.DataFrame({"bought": cells, "z": range(30)})
    outcome = read_outcome(make_table(frame, kinds={"bought": Kind.CATEGORY}), "bought")
    assert outcome.distinct == 2
    assert sorted(outcome.counts) == [15, 15]


@pytest.mark.parametrize(("target", "other"), [("segment", "how_much"), ("children", "which_one")])
def test_whole_numbers_may_be_labels_or_amounts_as_a_person_says(
    table, target: str, other: str
) -> None:
    guessed = choose(table, target)
    assert check(table, guessed).facts.also_asks == (other,)
    told = choose(table, target, question=other)
    assert (told.question, told.question_told) == (other, True)
    assert check(table, told).facts.also_asks == (guessed.question,)


@pytest.mark.parametrize("target", ["answer", "plan", "spent"])
def test_an_outcome_that_leaves_nothing_open_asks_nothing_else(table, target: str) -> None:
    assert check(table, choose(table, target)).facts.also_asks == ()
