from __future__ import annotations

import numpy as np
import pandas as pd

from upshot import jsonable
from upshot.questions import QUESTIONS, Readiness, check, choose
from upshot.tables.schema import Kind, Personal


def codes(notes) -> set[str]:
    return {note.code for note in notes}


def test_a_good_table_is_ready(make_table, leads) -> None:
    table = make_table(leads)
    readiness = check(table, choose(table, "Converted"))
    assert readiness.ready
    assert readiness.leak_suspects == ()
    assert readiness.facts.usable_rows == 600
    assert readiness.facts.features == ("Created", "Source", "Visits", "Minutes")
    assert {(o.column, o.reason) for o in readiness.facts.left_out} == {
        ("Lead ID", "identifier"),
        ("Converted", "target"),
    }


def test_readiness_travels_as_json(make_table, leads) -> None:
    table = make_table(leads.assign(Copy=leads["Converted"]))
    readiness = check(table, choose(table, "Converted"))
    assert readiness.leak_suspects
    assert jsonable.from_jsonable(jsonable.to_jsonable(readiness), Readiness) == readiness
    assert jsonable.dumps(readiness)


def test_too_few_rows_block_and_say_how_many_more(make_table, leads) -> None:
    table = make_table(leads.iloc[:15])
    readiness = check(table, choose(table, "Converted"))
    assert not readiness.ready
    first = readiness.blockers[0]
    assert first.code == "too-few-rows"
    assert "at least 20" in first.message
    assert first.remedy == "Add 5 more."


def test_too_few_outcomes_block_and_say_how_many_more(make_table, leads) -> None:
    rare = leads.assign(Converted=[1] * 4 + [0] * 596)
    table = make_table(rare)
    blockers = check(table, choose(table, "Converted")).blockers
    assert codes(blockers) == {"too-few-outcomes"}
    assert "Only 4 rows have `Converted` = 1" in blockers[0].message
    assert blockers[0].remedy.startswith("Add 6 more")


def test_few_outcomes_are_a_warning(make_table, leads) -> None:
    table = make_table(leads.assign(Converted=[1] * 50 + [0] * 550))
    readiness = check(table, choose(table, "Converted"))
    assert readiness.ready
    note = next(note for note in readiness.warnings if note.code == "few-outcomes")
    assert "About 150 more" in note.remedy


def test_what_a_person_should_know_is_named(make_table, leads) -> None:
    frame = leads.assign(
        Email=[f"a{i}@example.com" for i in range(600)],
        **{"Customer ID": [f"C{i % 150}" for i in range(600)]},
    )
    frame["Converted"] = frame["Converted"].where(frame.index % 2 == 0).astype("float")
    frame = pd.concat([frame, frame.iloc[:100]], ignore_index=True)
    kinds = {"Lead ID": Kind.IDENTIFIER}
    table = make_table(frame, kinds=kinds, personal={"Email": Personal.EMAIL})
    readiness = check(table, choose(table, "Converted"))
    assert {
        "identifier",
        "personal-data",
        "missing-outcome",
        "duplicate-rows",
        "clock",
        "one-customer-many-rows",
    } <= codes(readiness.warnings)
    assert readiness.facts.duplicates == 100
    assert readiness.facts.missing_outcome == 350
    assert readiness.facts.clocks == ("Created",)
    assert readiness.facts.repeated == ("Customer ID",)


def test_choosing_a_date_and_a_customer_ends_their_warnings(make_table, leads) -> None:
    frame = leads.assign(**{"Customer ID": [f"C{i % 150}" for i in range(600)]})
    table = make_table(frame)
    choice = choose(table, "Converted", date="Created", group="Customer ID")
    assert codes(check(table, choice).warnings).isdisjoint({"clock", "one-customer-many-rows"})


def test_a_date_of_birth_or_signup_is_not_the_clock(make_table, leads) -> None:
    for name in ("Birth date", "Signup date", "Last activity date"):
        table = make_table(leads.rename(columns={"Created": name}))
        assert check(table, choose(table, "Converted")).facts.clocks == ()


def test_rows_sorted_by_outcome_are_said(make_table, leads) -> None:
    table = make_table(leads.sort_values("Converted", ignore_index=True))
    assert "sorted-by-outcome" in codes(check(table, choose(table, "Converted")).warnings)


def test_amounts_ruled_by_zero_and_by_giants_are_said(make_table, leads) -> None:
    amounts = np.zeros(600)
    amounts[:30] = 5
    amounts[0] = 1_000
    table = make_table(leads.assign(Spend=np.random.default_rng(0).permutation(amounts)))
    assert {"mostly-zero", "few-giants"} <= codes(check(table, choose(table, "Spend")).warnings)


def test_rare_classes_are_named(make_table, leads) -> None:
    plans = np.array(["A", "B", "C"])[np.arange(600) % 3].astype(object)
    plans[:4] = "D"
    table = make_table(leads.assign(Plan=plans))
    note = next(
        note for note in check(table, choose(table, "Plan")).warnings if note.code == "rare-classes"
    )
    assert "(D)" in note.message


def test_nothing_left_to_learn_from_blocks(make_table, leads) -> None:
    table = make_table(leads[["Lead ID", "Visits", "Converted"]])
    choice = choose(table, "Converted", ignore=["Visits"])
    assert codes(check(table, choice).blockers) == {"no-columns"}


def test_every_finding_is_a_sentence_with_a_known_level(make_table, leads) -> None:
    table = make_table(leads.assign(Copy=leads["Converted"]))
    for target in ("Converted", "Source", "Minutes"):
        for note in check(table, choose(table, target)).notes:
            assert note.message.endswith((".", "?"))
            assert note.level in {"info", "warning", "blocker"}


def test_the_registry_keeps_its_contract() -> None:
    assert list(QUESTIONS) == ["who_will", "which_one", "how_much"]
    for slug, question in QUESTIONS.items():
        assert question.slug == slug
        assert question.title.endswith("…?")
        assert question.explanation.endswith(".")
    assert len({question.task for question in QUESTIONS.values()}) == 3


def test_too_little_data_says_what_more_would_be_good_for(make_table, leads) -> None:
    table = make_table(leads.assign(Converted=[1] * 50 + [0] * 550))
    warnings = check(table, choose(table, "Converted")).warnings
    (note,) = (note for note in warnings if note.code == "few-outcomes")
    assert note.remedy == (
        "About 150 more would make them firm: with 200, a share that the test finds is right to "
        "within 15 percentage points in 95 of 100 cases. Now that is 31."
    )


def test_a_handful_of_repeated_rows_is_not_worth_a_word(make_table, leads) -> None:
    table = make_table(pd.concat([leads, leads.iloc[:2]], ignore_index=True))
    readiness = check(table, choose(table, "Converted"))
    assert readiness.facts.duplicates == 2
    assert "duplicate-rows" not in codes(readiness.warnings)
