from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.learning.task import TaskKind
from upshot.questions import check, choose
from upshot.questions.leaks.strength import area, make_goal, number_cells, ranks, strength
from upshot.tables.table import Source


def suspects(table, target: str, **wishes):
    readiness = check(table, choose(table, target, **wishes))
    return {suspect.column: suspect for suspect in readiness.leak_suspects}


def test_a_copy_of_the_outcome_is_a_strong_suspect(make_table, leads) -> None:
    frame = leads.assign(
        Yes_Converted=leads["Converted"], Outcome=leads["Converted"].map({1: "won", 0: "lost"})
    )
    found = suspects(make_table(frame), "Converted")
    assert set(found) == {"Yes_Converted", "Outcome"}
    one = found["Outcome"]
    assert (one.strength, one.kind) == ("strong", "copy")
    assert "repeats the answer" in one.evidence
    assert "100 % of rows have `Converted` = 1" in one.example or "0 % of rows" in one.example
    assert one.remedy == "Ignore this column if it is filled in after the outcome is known."


def test_a_suspect_is_neither_dropped_nor_kept_silently(make_table, leads) -> None:
    table = make_table(leads.assign(Copy=leads["Converted"]))
    readiness = check(table, choose(table, "Converted"))
    assert "Copy" in readiness.facts.features
    assert [note.column for note in readiness.notes if note.code == "leak-suspect"] == ["Copy"]
    ignored = check(table, choose(table, "Converted", ignore=["Copy"]))
    assert ignored.leak_suspects == ()
    assert "Copy" not in ignored.facts.features


def test_a_column_filled_only_after_the_outcome_says_how_often(make_table, leads) -> None:
    rng = np.random.default_rng(3)
    likely = np.where(leads["Converted"] == 1, 0.95, 0.05)
    filled = rng.random(600) < likely
    frame = leads.assign(Remark=np.where(filled, rng.choice(["warm", "cold", "tbd"], 600), None))
    suspect = suspects(make_table(frame), "Converted")["Remark"]
    assert suspect.kind == "filled-after"
    assert "% of rows with `Converted` = 1 and" in suspect.evidence


def test_a_seldom_filled_column_of_one_outcome_only_is_a_suspect(make_table, leads) -> None:
    rng = np.random.default_rng(3)
    filled = (leads["Converted"] == 1) & (rng.random(600) < 0.3)
    frame = leads.assign(Thing=np.where(filled, rng.choice(["a", "b"], 600), None))
    assert suspects(make_table(frame), "Converted")["Thing"].strength == "strong"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("duration", "named-after"),
        ("Call duration (seconds)", "named-after"),
        ("Cancelled at", "named-after"),
        ("UNSUB_REASON", "named-after"),
        ("Refunded Amount", "named-after"),
        ("reservation_status", "named-after"),
        ("Close Date", "named-after"),
        ("Last Activity", "named-after"),
        ("y_pred_proba", "prediction"),
        ("Lead score", "named-after"),
    ],
)
def test_names_written_after_the_outcome_are_suspects(
    make_table, leads, name: str, kind: str
) -> None:
    rng = np.random.default_rng(0)
    frame = leads.assign(**{name: leads["Converted"] + rng.normal(0, 0.9, 600)})
    suspect = suspects(make_table(frame), "Converted")[name]
    assert suspect.kind == kind
    assert suspect.strength == "likely"


def test_a_telling_name_without_any_effect_is_left_alone(make_table, leads) -> None:
    frame = leads.assign(duration=np.random.default_rng(5).gamma(2, 60, 600))
    assert suspects(make_table(frame), "Converted") == {}


def test_durations_of_visits_are_not_calls(make_table, leads) -> None:
    table = make_table(leads.rename(columns={"Visits": "ProductRelated_Duration"}))
    assert suspects(table, "Converted") == {}


def test_a_column_far_ahead_of_all_others_is_a_possible_suspect(make_table, leads) -> None:
    rng = np.random.default_rng(0)
    frame = leads.assign(secs=leads["Converted"] + rng.normal(0, 0.45, 600)).drop(columns="Visits")
    suspect = suspects(make_table(frame), "Converted")["secs"]
    assert (suspect.strength, suspect.kind) == ("possible", "stands-out")
    assert "far more than any other column" in suspect.evidence
    tenure = make_table(frame.rename(columns={"secs": "tenure"}))
    assert suspects(tenure, "Converted") == {}, "a tenure is known from the start"


def test_another_outcome_of_the_same_event_is_a_suspect(make_table, leads) -> None:
    rng = np.random.default_rng(0)
    visit = np.where(leads["Converted"] == 1, 1, rng.random(600) < 0.2).astype(int)
    table = make_table(leads.drop(columns="Visits").assign(visit=visit))
    assert suspects(table, "Converted")["visit"].kind == "other-outcome"


def test_an_earlier_measurement_of_the_same_thing_is_not(make_table, leads) -> None:
    rng = np.random.default_rng(0)
    kept = (leads["Converted"] == 1) ^ (rng.random(600) < 0.25)
    frame = leads.rename(columns={"Converted": "retention_7"}).assign(retention_1=kept.astype(int))
    assert "retention_1" not in suspects(make_table(frame), "retention_7")


def test_what_a_known_export_writes_later_is_a_suspect(make_table, leads, monkeypatch) -> None:
    from upshot.tables.exports import EXPORTS, Export

    export = Export("crm", "CRM", "a lead", ("Source",), (), (), after_outcome=("Visits",))
    monkeypatch.setitem(EXPORTS, "crm", export)
    table = make_table(leads, source=Source("x.csv", "csv", export="crm"))
    assert suspects(table, "Converted")["Visits"].kind == "export"


def test_amounts_that_add_up_are_strong_suspects(make_table) -> None:
    rng = np.random.default_rng(0)
    casual, registered = rng.integers(0, 90, (2, 400)).astype(float)
    frame = pd.DataFrame(
        {"temp": rng.normal(size=400), "casual": casual, "registered": registered}
    ).assign(cnt=casual + registered)
    found = suspects(make_table(frame), "cnt")
    assert {found["casual"].kind, found["registered"].kind} == {"formula"}
    assert found["casual"].evidence.startswith("`casual` + `registered` gives `cnt`")


def test_a_rescaled_amount_is_a_strong_suspect(make_table, leads) -> None:
    frame = leads.assign(Points=np.floor(leads["Minutes"] * 3))
    assert suspects(make_table(frame), "Minutes")["Points"].strength == "strong"


def test_leaks_of_several_classes_are_found(make_table, leads) -> None:
    price = leads["Source"].map({"Search": 10.0, "Email": 20.0, "Fair": 30.0})
    assert suspects(make_table(leads.assign(Invoice=price)), "Source")["Invoice"].kind == "copy"


def test_nothing_is_suspected_where_there_is_nothing(make_table) -> None:
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({f"n{i}": rng.normal(size=300) for i in range(20)})
    frame["many"] = rng.choice([f"level {i}" for i in range(120)], 300)
    frame["y"] = rng.integers(0, 2, 300)
    assert suspects(make_table(frame), "y") == {}


def test_area_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(0)
    truth, scores = rng.integers(0, 2, 500), rng.integers(0, 9, 500).astype(float)
    assert area(scores, truth) == pytest.approx(roc_auc_score(truth, scores))


def test_ranks_share_ties() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0])).tolist() == [0.75, 0.0, 0.75]


def test_strength_sees_bends_and_ignores_chance() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=4000)
    bend = make_goal(TaskKind.BINARY, (np.abs(x) > 1).astype(int))
    assert strength(number_cells(x), bend) > 0.95
    chance = make_goal(TaskKind.BINARY, rng.integers(0, 2, 4000))
    assert strength(np.arange(4000) // 2, chance) < 0.55
    amount = make_goal(TaskKind.REGRESSION, np.exp(x))
    assert strength(number_cells(x), amount) > 0.98


def test_a_difference_names_its_columns_in_order(make_table) -> None:
    rng = np.random.default_rng(0)
    cost, sales = rng.gamma(2, 30, 400).round(2), rng.gamma(2, 60, 400).round(2)
    frame = pd.DataFrame({"cost": cost, "sales": sales, "profit": (sales - cost).round(2)})
    assert suspects(make_table(frame), "profit")["cost"].evidence.startswith("`sales` - `cost`")


def test_huge_amounts_do_no_harm(make_table, leads) -> None:
    frame = leads.assign(a=leads["Visits"] * 1e200 + 1, b=leads["Minutes"] * 1e200)
    table = make_table(frame)
    assert check(table, choose(table, "Minutes")).ready
    assert check(table, choose(table, "a")).ready


def test_a_few_filled_cells_prove_nothing(make_table, leads) -> None:
    thing = np.where((leads["Converted"] == 1) & (leads.index < 40), "a", None)
    frame = leads.assign(Converted=np.where(leads.index < 30, leads["Converted"], 0), Thing=thing)
    assert "Thing" not in suspects(make_table(frame), "Converted")


def test_a_telling_name_says_for_whom_the_column_is_filled(make_table, leads) -> None:
    rng = np.random.default_rng(3)
    filled = rng.random(600) < np.where(leads["Converted"] == 1, 0.8, 0.5)
    frame = leads.assign(Tags=np.where(filled, rng.choice(["warm", "cold"], 600), None))
    suspect = suspects(make_table(frame), "Converted")["Tags"]
    assert suspect.kind == "named-after"
    assert "`Tags` is filled for " in suspect.evidence
    assert suspect.evidence.endswith("% of the others.")
