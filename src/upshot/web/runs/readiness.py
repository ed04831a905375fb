"""The checklist before learning: stored readiness in, what the page shows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from upshot.web.runs.checklist import Item, checklist_of
from upshot.web.runs.models import Question

STRENGTH_WORDS = {
    "strong": _("%(column)s almost certainly gives the answer away"),
    "likely": _("%(column)s probably gives the answer away"),
    "possible": _("%(column)s may give the answer away"),
}

LEFT_OUT_WORDS = {
    "target": _("The outcome itself"),
    "ignored": _("Ignored by you"),
    "identifier": _("Only names the row"),
    "constant": _("The same in every row"),
    "personal": _("Personal data"),
    "group": _("Says which rows belong together"),
}

# What the checklist and the list of columns left out say already.
TOLD_ELSEWHERE = frozenset(
    {
        "clock",
        "one-customer-many-rows",
        "identifier",
        "constant",
        "personal-data",
        "personal-data-used",
    }
)


@dataclass(frozen=True)
class Suspect:
    """A column that may give the answer away, and what was decided about it."""

    column: str
    warning: str
    is_strong: bool
    evidence: str
    example: str
    consequence: str
    remedy: str
    decision: str


@dataclass(frozen=True)
class ReadinessPage:
    """Everything the checklist shows."""

    blockers: tuple[Mapping[str, Any], ...]
    warnings: tuple[Mapping[str, Any], ...]
    suspects: tuple[Suspect, ...]
    undecided: tuple[str, ...]
    checklist: tuple[Item, ...]
    features: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def left_out_count(self) -> int:
        """How many columns no model sees."""
        return sum(len(columns) for _reason, columns in self.left_out)


def readiness_page(question: Question) -> ReadinessPage:
    """What the checklist of a checked question shows."""
    readiness = question.readiness
    facts = readiness["facts"]
    suspects = tuple(
        _suspect(item, question.decisions.get(item["column"], ""))
        for item in readiness["leak_suspects"]
    )
    undecided = tuple(suspect.column for suspect in suspects if not suspect.decision)
    ignored = {suspect.column for suspect in suspects if suspect.decision == "ignore"}
    return ReadinessPage(
        blockers=tuple(readiness["blockers"]),
        warnings=tuple(
            note for note in readiness["warnings"] if note["code"] not in TOLD_ELSEWHERE
        ),
        suspects=suspects,
        undecided=undecided,
        checklist=checklist_of(question, len(undecided), ignored),
        features=tuple(name for name in facts["features"] if name not in ignored),
        left_out=_left_out(facts["left_out"], ignored),
    )


def _suspect(item: Mapping[str, Any], decision: str) -> Suspect:
    return Suspect(
        column=item["column"],
        warning=str(STRENGTH_WORDS.get(item["strength"], STRENGTH_WORDS["possible"]))
        % {"column": item["column"]},
        is_strong=item["strength"] == "strong",
        evidence=item["evidence"],
        example=item["example"],
        consequence=item["consequence"],
        remedy=item["remedy"],
        decision=decision,
    )


def _left_out(
    items: list[Mapping[str, Any]], ignored: set[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The columns that no model sees, by the reason."""
    reasons: dict[str, list[str]] = {}
    for item in items:
        reasons.setdefault(item["reason"], []).append(item["column"])
    known = {item["column"] for item in items}
    for name in sorted(ignored - known):
        reasons.setdefault("ignored", []).append(name)
    return tuple(
        (str(LEFT_OUT_WORDS.get(reason, reason)), tuple(names)) for reason, names in reasons.items()
    )
