from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.errors import QuestionProblem
from upshot.learning.task import TaskKind
from upshot.questions import check, choose, prepare, wording
from upshot.questions.clocks import clock_times
from upshot.tables.asking import answered
from upshot.tables.schema import Personal
from upshot.tables.table import Source


def test_rows_without_an_outcome_are_left_out(make_table, leads) -> None:
    frame = leads.assign(Converted=leads["Converted"].where(leads.index % 3 > 0).astype("float"))
    data = prepare(make_table(frame), choose(make_table(frame), "Converted"))
    assert data.rows == 400
    assert data.features.index.tolist() == list(range(400))
    expected = frame["Converted"].dropna().astype(int)
    assert data.target.tolist() == expected.tolist()
    assert data.features["Visits"].tolist() == frame.loc[expected.index, "Visits"].tolist()


def test_only_columns_a_model_may_see_are_features(make_table, leads) -> None:
    frame = leads.assign(Email=[f"a{i % 99}@example.com" for i in range(600)], Firm="x")
    table = make_table(frame, personal={"Email": Personal.EMAIL})
    choice = choose(table, "Converted", ignore=["Minutes"])
    data = prepare(table, choice)
    assert tuple(data.features.columns) == data.schema.names == ("Created", "Source", "Visits")
    kept = prepare(table, choose(table, "Converted", keep_personal=True))
    assert "Email" in kept.schema


def test_letting_personal_data_in_is_said_plainly(make_table, leads) -> None:
    cities = ["Bonn", "Köln", "Ulm", "Hof"]
    table = make_table(
        leads.assign(City=[cities[i % 4] for i in range(600)]), personal={"City": Personal.ADDRESS}
    )
    kept = check(table, choose(table, "Converted", keep_personal=True))
    (warning,) = (note for note in kept.warnings if note.code == "personal-data-used")
    assert (warning.column, warning.level) == ("City", "warning")
    assert "whoever gets the bundle can read them" in warning.message
    left = check(table, choose(table, "Converted"))
    assert "personal-data-used" not in {note.code for note in left.warnings}


def test_columns_ignored_in_the_schema_stay_out(make_table, leads) -> None:
    table = make_table(leads)
    table = table.with_schema(table.schema.with_ignored("Visits"))
    table.__dict__["data"] = make_table(leads).data
    assert "Visits" not in prepare(table, choose(table, "Converted")).schema


def test_the_positive_outcome_is_coded_1(make_table, leads) -> None:
    table = make_table(leads)
    data = prepare(table, choose(table, "Converted", positive=0))
    assert data.task.classes == ("1", "0")
    assert data.target.tolist() == (1 - leads["Converted"]).tolist()


def test_classes_come_most_frequent_first(make_table, leads) -> None:
    table = make_table(leads)
    data = prepare(table, choose(table, "Source"))
    assert data.task.kind is TaskKind.MULTICLASS
    counts = leads["Source"].value_counts()
    assert list(data.task.classes) == counts.index.tolist()
    assert np.bincount(data.target).tolist() == counts.tolist()


@pytest.mark.parametrize(("shift", "nonnegative"), [(0.0, True), (100.0, False)])
def test_amounts_that_are_never_negative_are_known_so(
    make_table, leads, shift: float, nonnegative: bool
) -> None:
    table = make_table(leads.assign(Minutes=leads["Minutes"] - shift))
    task = prepare(table, choose(table, "Minutes")).task
    assert task.kind is TaskKind.REGRESSION
    assert task.nonnegative is nonnegative


def test_groups_and_times_follow_the_rows_kept(make_table, leads) -> None:
    frame = leads.assign(Firm=[f"F{i // 3}" for i in range(600)])
    frame.loc[[0, 1], "Firm"] = None
    frame.loc[5, "Created"] = pd.NaT
    table = make_table(frame)
    data = prepare(table, choose(table, "Converted", group="Firm", date="Created"))
    assert "Firm" not in data.schema
    assert "Created" in data.schema
    assert data.groups is not None
    assert len(np.unique(data.groups[:3])) == 3, "rows without a customer are each their own"
    assert data.groups[3] == data.groups[4] == data.groups[5]
    assert data.times is not None
    assert data.times[5] == data.times.min(), "rows without a date count as the oldest"


def test_years_and_compact_dates_serve_as_the_clock(make_table) -> None:
    frame = pd.DataFrame({"year": [2019.0, 2020.0, 2021.0], "day": [20190430.0, 20200229, None]})
    table = make_table(frame)
    assert clock_times(table, "year")[0] == np.datetime64("2019-01-01")
    assert clock_times(table, "day")[1] == np.datetime64("2020-02-29")


def test_nothing_left_to_learn_from_is_refused(make_table, leads) -> None:
    table = make_table(leads[["Lead ID", "Visits", "Converted"]])
    with pytest.raises(QuestionProblem, match="No column is left"):
        prepare(table, choose(table, "Converted", ignore=["Visits"]))


@pytest.mark.parametrize(
    ("target", "positive", "title", "positives"),
    [
        ("Converted", None, "Who will convert?", "conversions"),
        ("Churn", None, "Who will leave?", "leavers"),
        ("Churn", 0, "Who will not leave?", "leads who will not leave"),
        ("y", None, "Who will have `y` = 1?", "leads with `y` = 1"),
    ],
)
def test_a_question_speaks_of_its_outcome(
    make_table, leads, target: str, positive: object, title: str, positives: str
) -> None:
    table = make_table(leads.rename(columns={"Converted": target}))
    words = wording(table, choose(table, target, positive=positive))
    assert (words.title, words.positives, words.unit) == (title, positives, "leads")


def test_amounts_are_asked_by_their_meaning(make_table, leads) -> None:
    table = make_table(leads.rename(columns={"Minutes": "Spend"}))
    assert wording(table, choose(table, "Spend")).title == "How much will they spend?"
    shops = make_table(leads[["Visits", "Minutes"]], source=Source("stores.csv", "csv"))
    assert wording(shops, choose(shops, "Minutes")).title == "How high will `Minutes` be?"


def test_the_provider_of_an_address_is_learned_only_when_a_person_lets_it_in(make_table, leads):
    mails = [f"u{i}@{'gmail.com' if i % 2 else 'acme.example'}" for i in range(len(leads))]
    table = make_table(leads.assign(Mail=mails), personal={"Mail": Personal.EMAIL})
    choice = choose(table, "Converted")
    assert "Mail" not in prepare(table, choice).features
    told = table.with_schema(answered(table.schema, "Mail", "mailbox", "provider"))
    data = prepare(told, choice)
    assert set(data.features["Mail"]) == {"gmail.com", "company domain"}
    assert data.schema.column("Mail").personal is Personal.EMAIL
