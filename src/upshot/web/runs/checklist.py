"""The way to learning as a checklist: what is in order, what is open, and the click for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upshot.web.datasets.findings import findings_of
from upshot.web.runs.models import Question
from upshot.wording import Figure

GOOD, WARN, PROBLEM = "good", "warn", "problem"


@dataclass(frozen=True)
class Click:
    """A button: it writes one part of the question, and the data is checked anew."""

    words: str
    part: str
    value: str


@dataclass(frozen=True)
class Item:
    """One line: how it stands, in words, with a click or a link where there is something to do."""

    state: str
    words: str
    detail: str = ""
    click: Click | None = None
    link: str = ""
    link_words: str = ""


def checklist_of(question: Question, undecided: int, ignored: Collection[str]) -> tuple[Item, ...]:
    """The checklist of a checked question; `ignored` are columns a person decided to leave out."""
    readiness = question.readiness
    facts, codes = readiness["facts"], {note["code"] for note in _notes(readiness)}
    return (
        _rows(facts, codes, question.dataset.rows or 0),
        *_outcomes(facts, codes),
        *_meaning(question, facts),
        _columns(facts, ignored),
        _decisions(undecided),
        *_data(question),
        *_date(question, facts),
        *_group(question, facts),
        *_personal(question, facts),
    )


def _notes(readiness: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from readiness["blockers"]
    yield from readiness["warnings"]


def _rows(facts: Mapping[str, Any], codes: set[str], whole: int) -> Item:
    from upshot.tables.table import MOST_LEARNED_ROWS

    count = facts["usable_rows"]
    words = ngettext("%(n)s row with a known outcome", "%(n)s rows with a known outcome", count) % {
        "n": Figure(f"{count:,}")
    }
    detail = ""
    if facts["missing_outcome"]:
        missing = facts["missing_outcome"]
        detail = ngettext(
            "%(n)s row has none and is left out.", "%(n)s rows have none and are left out.", missing
        ) % {"n": Figure(f"{missing:,}")}
    elif facts["rows"] < whole and whole > MOST_LEARNED_ROWS:
        detail = _("Learning takes these, spread evenly over the %(n)s rows of the file.") % {
            "n": Figure(f"{whole:,}")
        }
    return Item(PROBLEM if "too-few-rows" in codes else GOOD, words, detail)


def _outcomes(facts: Mapping[str, Any], codes: set[str]) -> Iterator[Item]:
    rows = max(1, facts["usable_rows"])
    for outcome in facts["outcomes"][:6]:
        state = GOOD
        if "too-few-outcomes" in codes and outcome["rows"] < 10:
            state = PROBLEM
        elif "few-outcomes" in codes and outcome["rows"] < 200:
            state = WARN
        words = ngettext(
            "%(n)s row says “%(value)s” (%(share)s %%)",
            "%(n)s rows say “%(value)s” (%(share)s %%)",
            outcome["rows"],
        ) % {
            "n": Figure(f"{outcome['rows']:,}"),
            "value": outcome["value"],
            "share": Figure(f"{100 * outcome['rows'] / rows:.1f}"),
        }
        yield Item(state, words)


def _meaning(question: Question, facts: Mapping[str, Any]) -> Iterator[Item]:
    """Whole numbers may be labels or amounts: how they are taken, and the click for the other."""
    target = {"column": question.choice["target"]}
    also = facts.get("also_asks", ())
    if question.choice["question"] == "which_one" and "how_much" in also:
        yield Item(
            GOOD,
            _("The numbers of “%(column)s” are taken as labels") % target,
            _("If they are amounts, such as money or a count, ask how much."),
            Click(_("Ask how much"), "question", "how_much"),
        )
    elif question.choice["question"] == "how_much" and "which_one" in also:
        yield Item(
            GOOD,
            _("The numbers of “%(column)s” are taken as amounts") % target,
            _("If they are codes of groups, ask which one."),
            Click(_("Ask which one"), "question", "which_one"),
        )


def _columns(facts: Mapping[str, Any], ignored: Collection[str]) -> Item:
    count = sum(name not in ignored for name in facts["features"])
    words = ngettext("%(n)d column to learn from", "%(n)d columns to learn from", count)
    return Item(GOOD if count else PROBLEM, words % {"n": count})


def _decisions(undecided: int) -> Item:
    if not undecided:
        return Item(GOOD, _("No open decision about columns that may give the answer away"))
    words = ngettext(
        "%(n)d column may give the answer away: decide about it",
        "%(n)d columns may give the answer away: decide about them",
        undecided,
    )
    return Item(WARN, words % {"n": undecided}, link="#suspects", link_words=_("Decide"))


def _data(question: Question) -> Iterator[Item]:
    """What still waits on the page of the data, and whether that page has changed since."""
    dataset = question.dataset
    if dataset.current_id is not None and dataset.current_id != question.schema_version_id:
        yield Item(
            WARN,
            _("You corrected the data after this check"),
            click=Click(_("Check again with the corrections"), "data", "current"),
        )
    if dataset.current is None:
        return
    waiting = sum(finding.is_open for finding in findings_of(dataset))
    if not waiting:
        yield Item(GOOD, _("Nothing to mend in the data"))
        return
    words = ngettext(
        "%(n)d finding in the data waits for you",
        "%(n)d findings in the data wait for you",
        waiting,
    )
    yield Item(
        WARN,
        words % {"n": waiting},
        ngettext("You may leave it as it is.", "You may leave them as they are.", waiting),
        link=f"{reverse('datasets:detail', args=[dataset.uuid])}#noticed",
        link_words=ngettext("Look at it", "Look at them", waiting),
    )


def _date(question: Question, facts: Mapping[str, Any]) -> Iterator[Item]:
    chosen = question.choice.get("date")
    if chosen:
        yield Item(
            GOOD,
            _("Judged by the date in “%(column)s”") % {"column": chosen},
            _("Later rows test what was learned from earlier ones, as in real life."),
            Click(_("Judge without a date"), "date", ""),
        )
    elif facts["clocks"]:
        yield Item(
            WARN,
            _("“%(column)s” tells when each row was made") % {"column": facts["clocks"][0]},
            _("Judged by it, later rows test what was learned from earlier ones."),
            Click(_("Judge by this date"), "date", facts["clocks"][0]),
        )


def _group(question: Question, facts: Mapping[str, Any]) -> Iterator[Item]:
    chosen = question.choice.get("group")
    if chosen:
        yield Item(
            GOOD,
            _("Rows of one “%(column)s” stay together") % {"column": chosen},
            _("None of them is in both the lesson and the test."),
            Click(_("Treat rows one by one"), "group", ""),
        )
    elif facts["repeated"]:
        yield Item(
            WARN,
            _("“%(column)s” stands in several rows") % {"column": facts["repeated"][0]},
            _("Kept together, none of them is in both the lesson and the test."),
            Click(_("Keep its rows together"), "group", facts["repeated"][0]),
        )


def _personal(question: Question, facts: Mapping[str, Any]) -> Iterator[Item]:
    if question.choice.get("keep_personal"):
        yield Item(
            WARN,
            _("Personal data is let into the model"),
            _("The model may learn from names and places of living, and the bundle keeps them."),
            Click(_("Keep personal data out"), "keep_personal", ""),
        )
        return
    count = sum(item["reason"] == "personal" for item in facts["left_out"])
    if count:
        words = ngettext(
            "%(n)d column of personal data is kept out",
            "%(n)d columns of personal data are kept out",
            count,
        )
        yield Item(GOOD, words % {"n": count})
