from __future__ import annotations

import csv
from pathlib import Path

import pytest

from upshot.errors import InputError
from upshot.questions import QUESTIONS, check, choose, prepare, suggest
from upshot.questions.leaks.measured import measure
from upshot.questions.leaks.strength import advantage, make_goal
from upshot.samples import SAMPLES, write_new_rows, write_sample
from upshot.tables import read

each_sample = pytest.mark.parametrize("slug", list(SAMPLES))


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@each_sample
def test_a_sample_is_labelled_as_made_up(slug: str) -> None:
    sample = SAMPLES[slug]
    assert sample.slug == slug
    assert "made up" in sample.title
    assert "made-up" in sample.file_name
    assert "made-up" in sample.new_file_name
    assert sample.question in QUESTIONS
    assert f"`{sample.leak}`" in sample.story
    assert len(sample.effects) >= 3


@each_sample
def test_a_sample_is_the_same_bytes_every_time(slug: str, tmp_path: Path) -> None:
    one, two = write_sample(slug, tmp_path / "a.csv"), write_sample(slug, tmp_path)
    assert two.name == SAMPLES[slug].file_name
    assert one.read_bytes() == two.read_bytes()
    new, again = write_new_rows(slug, tmp_path / "b.csv"), write_new_rows(slug, tmp_path)
    assert new.read_bytes() == again.read_bytes()


@each_sample
def test_the_follow_up_file_has_new_people_and_no_outcome(slug: str, tmp_path: Path) -> None:
    sample = SAMPLES[slug]
    old, new = cells(write_sample(slug, tmp_path)), cells(write_new_rows(slug, tmp_path))
    assert len(old) == sample.rows
    assert len(new) == sample.new_rows
    assert set(old[0]) - set(new[0]) == {sample.target}
    assert {row[sample.leak] for row in new} == {""}
    key = next(iter(old[0]))
    assert {row[key] for row in old}.isdisjoint(row[key] for row in new)


@each_sample
def test_nobody_real_can_be_written_to(slug: str, tmp_path: Path) -> None:
    assert all(row["Email"].endswith("@example.com") for row in cells(write_sample(slug, tmp_path)))


@each_sample
def test_the_outcome_is_suggested_first_and_the_leak_is_named(slug: str, tmp_path: Path) -> None:
    sample = SAMPLES[slug]
    table = read(write_sample(slug, tmp_path))
    first = suggest(table)[0]
    assert (first.question, first.target) == (sample.question, sample.target)
    assert first.positive == sample.positive
    readiness = check(table, choose(table, sample.target))
    assert readiness.ready
    assert [suspect.column for suspect in readiness.leak_suspects] == [sample.leak]
    assert "Email" not in readiness.facts.features


# What the makers say: columns that move the outcome, and columns that change nothing.
PLANTED = {
    "leads": ({"Lead Source", "Page Views", "Pricing Page Seen", "Webinar Attended"},
              {"Newsletter", "Country", "Industry"}),
    "subscribers": ({"Plan", "Payment Method", "Hours Watched Last Month", "Months Subscribed"},
                    {"Age", "Main Device"}),
    "spend": ({"Revenue Last Year", "Garden", "Favourite Channel", "Loyalty Card"},
              {"Region", "Newsletter"}),
    "plans": ({"Data Used GB", "People In Household", "Age", "Business Customer"},
              {"Lives In", "Came From"}),
}  # fmt: skip


@each_sample
def test_planted_effects_are_there_and_the_others_are_not(slug: str, tmp_path: Path) -> None:
    sample = SAMPLES[slug]
    table = read(write_sample(slug, tmp_path))
    data = prepare(table, choose(table, sample.target, ignore=[sample.leak]))
    goal = make_goal(data.task.kind, data.target)
    gains = {
        column.name: advantage(measure(column, data.features[column.name], goal).score, goal.kind)
        for column in data.schema.columns
    }
    planted, nothing = PLANTED[slug]
    assert min(gains[name] for name in planted) > 0.02
    assert max(gains[name] for name in nothing) < 0.03
    assert max(gains.values()) < 0.7, "made-up data should not look too good to be true"


def test_an_unknown_sample_is_refused_with_the_names(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="leads"):
        write_sample("nothing", tmp_path)
