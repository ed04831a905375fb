import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from upshot.errors import Note
from upshot.explaining.facts import Verdict, Wording
from upshot.explaining.profit import profit
from upshot.learning.task import TaskKind
from upshot.reports.html import render_report, with_code

from .made_up import HOSTILE, WORDING, answer, driver

VOID = {"meta", "br", "hr", "img", "input", "link", "rect", "path", "line"}


class Checked(HTMLParser):
    """Notes what a browser would stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("style", "src", "href") or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script":
            self.faults.append("script")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"stray </{tag}>")


def checked(page: str) -> Checked:
    found = Checked()
    found.feed(page)
    return found


@pytest.fixture(scope="module", params=list(TaskKind))
def page(request: pytest.FixtureRequest) -> str:
    return render_report(answer(request.param))


def test_it_is_one_well_formed_file_without_script_or_links(page: str) -> None:
    found = checked(page)
    assert found.faults == []
    assert found.open == []
    assert "http" not in re.sub(r'xmlns="[^"]+"', "", page)
    assert "@import" not in page
    assert page.count("<style>") == 1


def test_ids_are_unique_and_headings_skip_no_level(page: str) -> None:
    found = checked(page)
    assert len(found.ids) == len(set(found.ids))
    assert found.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False))


def test_the_verdict_comes_before_everything_else(page: str) -> None:
    places = [page.index(f'id="{name}"') for name in ("verdict", "todo", "trust", "method")]
    assert places == sorted(places)


def test_what_failed_and_what_was_skipped_is_shown(page: str) -> None:
    assert "PyTorch is missing." in page


def test_warnings_come_with_their_remedy() -> None:
    page = render_report(answer())
    assert page.index("may be known too late") < page.index('id="todo"')
    assert "Ignore." in page
    assert page.index("12 rows stand twice") > page.index('id="method"')


def test_reliability_is_told_in_people() -> None:
    page = render_report(answer())
    assert re.search(r"Of 1?,?\d+ people given [\d.]+\u00a0%, \d+ (were|was)", page)


def test_profit_is_told_only_when_costs_are_given() -> None:
    facts = answer()
    assert 'id="profit"' not in render_report(facts)
    page = render_report(facts, profit(facts.gains, 1.0, 10.0))
    assert 'id="profit"' in page
    assert "Chance of losing money" in page


def test_a_profit_that_never_comes_is_told_honestly() -> None:
    facts = answer()
    assert "No cut-off pays" in render_report(facts, profit(facts.gains, 10.0, 1.0))


@pytest.mark.parametrize("level", ["nothing", "too-little", "modest"])
def test_an_answer_without_facts_still_renders(level: str) -> None:
    bare = answer(
        verdict=Verdict(level, "The data cannot tell.", suspicious=True),
        gains=None,
        deciles=(),
        calibration=(),
        drivers=(),
        warnings=(),
        reasons_fidelity=None,
        candidates=(),
        ensemble=(),
    )
    page = render_report(bare)
    assert "The data cannot tell." in page
    assert "Too good to be true" in page
    assert checked(page).faults == []


def test_nothing_of_a_file_becomes_markup() -> None:
    hostile = replace(
        answer(),
        file=HOSTILE,
        columns=(HOSTILE,),
        drivers=(driver(HOSTILE),),
        wording=Wording(HOSTILE, f"`{HOSTILE}`", HOSTILE, HOSTILE),
        warnings=(Note("x", f"`{HOSTILE}`", HOSTILE, HOSTILE, "warning"),),
    )
    page = render_report(hostile)
    assert checked(page).faults == []
    assert "<script" not in page


def test_column_names_are_set_as_code_and_figures_keep_their_unit() -> None:
    assert str(with_code("`a<b` has 5 % <i>")) == ("<code>a&lt;b</code> has 5\u00a0% &lt;i&gt;")


def test_the_same_facts_give_the_same_report() -> None:
    assert render_report(answer()) == render_report(answer())


def test_the_question_is_the_title() -> None:
    assert f"<h1>{WORDING.title}</h1>" in render_report(answer())
