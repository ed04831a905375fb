"""What was noticed in a data set, with the one step that mends it and the step back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upshot.errors import Note, Remedy
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.remedies import fits, is_applied
from upshot.tables.schema import Schema
from upshot.web.datasets.models import Dataset
from upshot.web.datasets.remedy_words import REMEDY_WORDS, button_of, words_for

if TYPE_CHECKING:
    from upshot.tables.findings import Finding, Importance, Offer

# By `Importance`, whose home loads late: the log-in page waits for no numbers.
GROUPS: dict[str, Any] = {
    "mistake": gettext_lazy("Mend first"),
    "decision": gettext_lazy("Only you can tell"),
    "remark": gettext_lazy("Good to know"),
}
# One click for all notes of a kind: many forms fill every column with the same empty answer, and a
# system writes several columns once a case is closed.
_TOGETHER: dict[str, Any] = {
    "missing-suspect": gettext_lazy("Treat all %(n)d as missing"),
    "after-outcome": gettext_lazy("Ignore all %(n)d columns"),
}
_FEWEST_TOGETHER = 2
SHOWN_AT_ONCE = 4
"""Findings of one importance that are shown before the rest waits behind a click."""


@dataclass(frozen=True)
class Button:
    """One click; ``offer`` is its place among the offers of its finding."""

    words: str
    offer: int


@dataclass(frozen=True)
class Shown:
    """One thing that was noticed; ``field`` and ``key`` are how a form names it."""

    field: str
    key: str
    importance: Importance
    message: str
    example: str = ""
    why: str = ""
    remedy: str = ""
    columns: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    done: str = ""
    done_offer: int = 0

    @property
    def is_done(self) -> bool:
        """Whether one of its remedies is in force."""
        return bool(self.done)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return not self.is_done and self.importance != "remark"


@dataclass(frozen=True)
class Together:
    """One click for several notes."""

    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Findings of one importance, with the clicks that mend several at once."""

    importance: Importance
    title: str
    findings: tuple[Shown, ...]
    together: tuple[Together, ...] = ()

    @property
    def first(self) -> tuple[Shown, ...]:
        """What is shown at once."""
        few = len(self.findings) <= SHOWN_AT_ONCE + 1
        return self.findings if few else self.findings[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[Shown, ...]:
        """What waits behind a click."""
        return self.findings[len(self.first) :]


def findings_of(dataset: Dataset) -> tuple[Shown, ...]:
    """Everything noticed in a data set, as its current version leaves it."""
    from upshot.tables.asking import is_answered

    schema = from_jsonable(dataset.current.schema, Schema)
    notes = tuple(
        _of_note(place, note, schema)
        for place, note in enumerate(dataset.notes)
        if not is_answered(schema, note["code"], note.get("column") or "")
    )
    found = tuple(_of_finding(item, schema) for item in dataset.current.findings)
    return (*notes, *found)


def groups_of(dataset: Dataset, findings: Iterable[Shown]) -> tuple[Group, ...]:
    """The findings by importance, what waits before what is done."""
    groups = []
    for importance, title in GROUPS.items():
        here = [finding for finding in findings if finding.importance == importance]
        if here:
            ordered = _without_repeats(sorted(here, key=lambda finding: finding.is_done))
            groups.append(
                Group(here[0].importance, str(title), ordered, _together(dataset, ordered))
            )
    return tuple(groups)


def _without_repeats(findings: list[Shown]) -> tuple[Shown, ...]:
    """The findings, each reason and remedy said once where several in a row share it."""
    shown: list[Shown] = []
    for before, finding in zip([None, *findings], findings, strict=False):
        same = (
            before is not None
            and not before.is_done
            and (before.why, before.remedy) == (finding.why, finding.remedy)
        )
        shown.append(replace(finding, why="", remedy="") if same else finding)
    return tuple(shown)


def offer_at(dataset: Dataset, position: int) -> tuple[Remedy, ...]:
    """The remedy that one note offers, if there is such a note and it offers one we know."""
    if position >= len(dataset.notes):
        return ()
    offer = from_jsonable(dataset.notes[position], Note).offer
    return (offer,) if offer is not None and offer.action in REMEDY_WORDS else ()


def offer_of(dataset: Dataset, key: str, place: int) -> tuple[Remedy, ...]:
    """The steps of one offer of a finding, if there is such a finding and such an offer."""
    from upshot.tables.findings import Finding

    for item in dataset.current.findings:
        finding = from_jsonable(item, Finding)
        if finding.key == key and place < len(finding.offers):
            return finding.offers[place].steps
    return ()


def kept_findings(stored: list[Any], schema: Schema, found: Iterable[Finding]) -> list[Any]:
    """What was just found, and what was found earlier and is mended now: so it can be undone."""
    from upshot.tables.findings import Finding

    mended = [
        item
        for item in (from_jsonable(one, Finding) for one in stored)
        if any(_in_force(offer, schema) for offer in item.offers)
    ]
    keys = {item.key for item in mended}
    return [
        to_jsonable(item, sentences=True)
        for item in (*mended, *(f for f in found if f.key not in keys))
    ]


def _in_force(offer: Offer, schema: Schema) -> bool:
    return bool(offer.steps) and all(is_applied(schema, step) for step in offer.steps)


def _of_finding(stored: Mapping[str, Any], schema: Schema) -> Shown:
    from upshot.tables.findings import Finding, example_row

    finding = from_jsonable(stored, Finding)
    known = [
        (place, offer)
        for place, offer in enumerate(finding.offers)
        if all(step.action in REMEDY_WORDS and fits(schema, step) for step in offer.steps)
    ]
    done = [(place, offer) for place, offer in known if _in_force(offer, schema)]
    return Shown(
        field="finding",
        key=finding.key,
        importance=finding.importance,
        message=finding.what,
        example=example_row(finding),
        why=finding.why,
        remedy=finding.remedy,
        columns=finding.columns,
        buttons=tuple(
            Button(button_of(offer.steps, one_of_several=len(known) > 1), place)
            for place, offer in known
        ),
        done=_("%(words)s.") % {"words": words_for(done[0][1].steps)} if done else "",
        done_offer=done[0][0] if done else 0,
    )


def _of_note(position: int, stored: Mapping[str, Any], schema: Schema) -> Shown:
    from upshot.tables.findings import why

    note = from_jsonable(stored, Note)
    offer = note.offer
    known = offer is not None and offer.action in REMEDY_WORDS and fits(schema, offer)
    done = known and is_applied(schema, offer)
    return Shown(
        field="note",
        key=str(position),
        importance=_importance(note, offered=known),
        message=note.message,
        why=why(note),
        remedy=note.remedy,
        columns=(note.column,) if note.column else (),
        buttons=(Button(button_of((offer,)), 0),) if known else (),
        done=_("%(words)s.") % {"words": words_for((offer,))} if done else "",
    )


def _importance(note: Note, *, offered: bool) -> Importance:
    from upshot.tables.findings import Importance

    if offered:
        return Importance.DECISION
    return Importance.REMARK if note.level == "info" else Importance.MISTAKE


def _together(dataset: Dataset, findings: tuple[Shown, ...]) -> tuple[Together, ...]:
    """The notes of one kind that are still open, where one click for all of them saves time."""
    waiting = [
        finding.key
        for finding in findings
        if finding.field == "note" and finding.buttons and not finding.is_done
    ]
    found = []
    for code, words in _TOGETHER.items():
        keys = tuple(key for key in waiting if dataset.notes[int(key)]["code"] == code)
        if len(keys) >= _FEWEST_TOGETHER:
            found.append(Together(str(words) % {"n": len(keys)}, keys))
    return tuple(found)
