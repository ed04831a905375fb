"""What the page "what we understood" shows: stored facts in, plain facts out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from upshot.jsonable import from_jsonable
from upshot.tables.exports import EXPORTS
from upshot.tables.schema import Kind, Schema
from upshot.web.datasets.findings import Group, Shown, findings_of, groups_of
from upshot.web.datasets.models import Dataset, SchemaVersion
from upshot.web.datasets.reading import encoding_words
from upshot.wording import Figure, say

if TYPE_CHECKING:
    from upshot.tables.asking import Asked

KIND_LABELS = {
    Kind.NUMBER: _("Number"),
    Kind.CATEGORY: _("Category"),
    Kind.TEXT: _("Free text"),
    Kind.DATETIME: _("Date or time"),
    Kind.BOOLEAN: _("Yes or no"),
    Kind.IDENTIFIER: _("Identifier"),
    Kind.CONSTANT: _("Always the same"),
}

PERSONAL_LABELS = {
    "email": _("e-mail address"),
    "phone": _("phone number"),
    "name": _("name of a person"),
    "address": _("postal address"),
    "ip": _("IP address"),
    "handle": _("name in a network"),
    "number": _("card, account or document"),
    "note": _("note about people"),
}

FORMAT_LABELS = {
    "csv": "CSV",
    "tsv": _("CSV (tabs)"),
    "xlsx": "Excel",
    "xls": _("Excel (old format)"),
    "xlsb": _("Excel (binary format)"),
    "ods": "OpenDocument",
    "html": _("table of a web page"),
    "xml": _("Excel (XML of 2003)"),
    "parquet": "Parquet",
}

DELIMITER_LABELS = {
    ",": _("commas"),
    ";": _("semicolons"),
    "\t": _("tabs"),
    "|": _("bars"),
    " ": _("spaces"),
}

MOST_FREQUENT = 5
LONGEST_VALUE = 80
HISTOGRAM_HEIGHT = 30
WIDEST_BAR = 20
# Below this confidence a card asks a person to look: ambiguous marks and orders lie at 0.6 and 0.7.
UNSURE = 0.75
# Twelve cards fill two screens; a few more are not worth a click.
FIRST_CARDS, FEWEST_BEHIND = 12, 4


@dataclass(frozen=True)
class Frequent:
    """A value and how many rows hold it."""

    value: str
    rows: int
    share: float


@dataclass(frozen=True)
class Bar:
    """One bar of a small histogram, in the units of its picture."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class ColumnCard:
    """One column, as a person sees it."""

    position: int
    name: str
    kind: Kind
    kind_label: str
    role: str
    personal: str
    ignored: bool
    marked: tuple[str, ...]
    can_undo: bool
    is_pending: bool
    rows: int
    missing: int
    missing_share: float
    distinct: int
    examples: tuple[str, ...]
    frequent: tuple[Frequent, ...]
    outcomes: tuple[str, ...]
    bars: tuple[Bar, ...]
    low: str
    high: str
    noticed: tuple[str, ...] = ()
    about: str = ""
    questions: tuple[Asked, ...] = ()
    is_unsure: bool = False
    joined: tuple[tuple[str, str], ...] = ()

    @property
    def may_join(self) -> bool:
        """Whether values of it may be said to mean the same: words that stand in several rows."""
        return self.kind is Kind.CATEGORY and self.distinct > 1

    @property
    def shows_shares(self) -> bool:
        """Whether the most frequent values say anything: not where each stands once."""
        return bool(self.frequent) and self.kind not in (Kind.IDENTIFIER, Kind.TEXT)

    @property
    def most_frequent(self) -> tuple[Frequent, ...]:
        """The few values worth showing on a card."""
        return self.frequent[:MOST_FREQUENT]


@dataclass(frozen=True)
class Understood:
    """Everything the page shows."""

    file_facts: tuple[tuple[str, str], ...]
    findings: tuple[Group, ...]
    to_mend: int
    cards: tuple[ColumnCard, ...]
    kinds: tuple[tuple[str, str], ...]
    sheets: tuple[str, ...]
    sheet: str
    changes: tuple[SchemaVersion, ...]
    is_pending: bool

    @property
    def first_cards(self) -> tuple[ColumnCard, ...]:
        """The cards to show at once: the first ones, and whatever asks or waits for something."""
        if len(self.cards) < FIRST_CARDS + FEWEST_BEHIND:
            return self.cards
        return tuple(
            card
            for place, card in enumerate(self.cards)
            if place < FIRST_CARDS
            or card.is_pending
            or any(question.is_open for question in card.questions)
        )

    @property
    def other_cards(self) -> tuple[ColumnCard, ...]:
        """The cards behind a click."""
        first = {card.position for card in self.first_cards}
        return tuple(card for card in self.cards if card.position not in first)


def understood(dataset: Dataset) -> Understood:
    """What was understood of a data set that has been read."""
    source, version = dataset.source, dataset.current
    findings = findings_of(dataset)
    return Understood(
        file_facts=_file_facts(dataset),
        findings=groups_of(dataset, findings),
        to_mend=sum(finding.is_open for finding in findings),
        cards=_full_cards(version, findings),
        kinds=tuple((kind.value, str(label)) for kind, label in KIND_LABELS.items()),
        sheets=tuple(source.get("sheets") or ()),
        sheet=source.get("sheet") or "",
        changes=_changes(version),
        is_pending=bool(version.pending),
    )


def cards_of(version: SchemaVersion) -> tuple[ColumnCard, ...]:
    """A card for each column of a version."""
    profiles = {item["name"]: item for item in version.profile["columns"]}
    return tuple(
        _card(position, column, profiles.get(column["name"], {}), version)
        for position, column in enumerate(version.schema["columns"], start=1)
    )


def _full_cards(version: SchemaVersion, findings: Sequence[Shown]) -> tuple[ColumnCard, ...]:
    """The cards with what was noticed, what is asked, and how a model will see each column."""
    from upshot.tables.asking import questions_on
    from upshot.tables.kinds.described import describe_column, explained

    schema = from_jsonable(version.schema, Schema)
    return tuple(
        replace(
            _with_findings(card, findings),
            about=str(explained(column)),
            role=str(say(describe_column(column).label)) if card.role else "",
            questions=questions_on(schema, column.name, card.examples),
            is_unsure=column.confidence < UNSURE,
        )
        for card, column in zip(cards_of(version), schema.columns, strict=True)
    )


def _with_findings(card: ColumnCard, findings: Sequence[Shown]) -> ColumnCard:
    """A card that leads to what was noticed in its column."""
    keys = tuple(one.key for one in findings if card.name in one.columns and one.is_open)
    return replace(card, noticed=keys) if keys else card


def _card(
    position: int, column: Mapping[str, Any], profile: Mapping[str, Any], version: SchemaVersion
) -> ColumnCard:
    kind = Kind(column["kind"])
    rows = version.profile["rows"]
    missing = profile.get("missing", 0)
    said = _said_by(column["role"])
    return ColumnCard(
        position=position,
        name=column["name"],
        kind=kind,
        kind_label=str(KIND_LABELS[kind]),
        role=column["role"] if column["role"] != kind.value else "",
        personal=str(PERSONAL_LABELS.get(column["personal"] or "", column["personal"] or "")),
        ignored=column["ignored"],
        marked=tuple(column.get("marked_missing", ())),
        joined=tuple((other, value) for other, value in column.get("joined", ())),
        can_undo=_can_undo(column["name"], version.schema["changes"]),
        is_pending=version.pending == column["name"],
        rows=rows,
        missing=missing,
        missing_share=missing / rows if rows else 0.0,
        distinct=profile.get("distinct", 0),
        examples=tuple(_short(value) for value in profile.get("examples", ())),
        frequent=_frequent(profile),
        outcomes=_outcomes(column, profile),
        bars=_bars(profile.get("histogram", ()), said),
        low=said(profile.get("low")),
        high=said(profile.get("high")),
    )


def _can_undo(name: str, changes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column's last correction is taken back by a button; ignoring has its own."""
    last = next((change for change in reversed(changes) if change["column"] == name), None)
    return last is not None and last["what"] != "ignored" and last.get("was") is not None


def _frequent(profile: Mapping[str, Any]) -> tuple[Frequent, ...]:
    return tuple(
        Frequent(item["value"], item["count"], item["share"])
        for item in profile.get("frequent", ())
    )


def _outcomes(column: Mapping[str, Any], profile: Mapping[str, Any]) -> tuple[str, ...]:
    """The values a person may look for, as written; empty when they cannot be listed."""
    if column["kind"] == Kind.BOOLEAN and column["boolean"]:
        spellings = (column["boolean"]["true"], column["boolean"]["false"])
        return tuple(words[0] for words in spellings if words)
    if column["kind"] == Kind.NUMBER:
        bins = profile.get("histogram", ())
        listed = bool(bins) and all(item["low"] == item["high"] for item in bins)
        return tuple(_bound(item["low"]) for item in bins) if listed else ()
    return tuple(item["value"] for item in profile.get("frequent", ()))


def _bars(bins: Sequence[Mapping[str, Any]], said: Callable[[Any], str]) -> tuple[Bar, ...]:
    highest = max((item["count"] for item in bins), default=0)
    if not highest:
        return ()
    width = min(100 / len(bins), WIDEST_BAR)
    bars = []
    for place, item in enumerate(bins):
        height = max(1.0, HISTOGRAM_HEIGHT * item["count"] / highest) if item["count"] else 0.0
        low, high = said(item["low"]), said(item["high"])
        label = _bar_label(low, high, item["count"])
        x, y = place * width, HISTOGRAM_HEIGHT - height
        bars.append(Bar(round(x, 2), round(y, 2), round(width * 0.94, 2), round(height, 2), label))
    return tuple(bars)


def _bar_label(low: str, high: str, count: int) -> str:
    values = low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    rows = ngettext("%(values)s: %(rows)s row", "%(values)s: %(rows)s rows", count)
    return rows % {"values": values, "rows": Figure(f"{count:,}")}


def _bound(value: Any) -> str:
    """A value as the data writes it: a form sends it back."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:,.6g}"
    return str(value)[:LONGEST_VALUE]


def _shown(value: Any) -> str:
    """The same for a reader."""
    text = _bound(value)
    return str(Figure(text)) if isinstance(value, int | float) else text


def _said_by(role: str) -> Callable[[Any], str]:
    """How the ends of a column are said: durations and times of day in words."""
    from upshot.tables.kinds.clock import SAID

    speak = SAID.get(role)
    if speak is None:
        return _shown
    return lambda value: "" if value is None else str(speak(float(value)))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _file_facts(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    source = dataset.source
    facts = [
        (_("File"), dataset.original_name),
        (_("Format"), FORMAT_LABELS.get(source["format"], source["format"])),
        (_("Rows"), Figure(f"{dataset.rows:,}")),
        (_("Columns"), Figure(f"{len(dataset.current.schema['columns']):,}")),
        (_("Sheet"), source.get("sheet")),
        (_("Columns parted by"), _parted_by(source.get("delimiter"))),
        (_("Decimal mark"), {",": _("comma"), ".": _("point")}.get(source.get("decimal"))),
        (_("Letters"), encoding_words(source.get("encoding"))),
        (_("Lines skipped"), _skipped(source.get("skipped") or {})),
        *_recognised(source.get("export")),
    ]
    return tuple((str(name), str(value)) for name, value in facts if value)


def _parted_by(sign: str | None) -> Any:
    return DELIMITER_LABELS.get(sign, f"“{sign}”") if sign else None


def _recognised(code: str | None) -> list[tuple[Any, str]]:
    """What the export is called, and the question it is most used for."""
    export = EXPORTS.get(code or "")
    if export is None:
        return []
    asked = [(_("You can ask"), export.asks[0].words)] if export.asks else []
    return [(_("Recognised as"), export.title), *asked]


def _skipped(skipped: Mapping[str, int]) -> str:
    parts = [
        (skipped.get("before", 0), _("%(count)d above the table")),
        (skipped.get("after", 0), _("%(count)d below it")),
        (skipped.get("totals", 0), _("%(count)d of totals")),
    ]
    return ", ".join(str(words) % {"count": count} for count, words in parts if count)


def _changes(version: SchemaVersion) -> tuple[SchemaVersion, ...]:
    """The corrections that led to a version, newest first."""
    versions = {item.pk: item for item in version.dataset.versions.defer("schema", "profile")}
    chain: list[SchemaVersion] = []
    step = versions.get(version.pk)
    while step is not None and step.parent_id is not None:
        chain.append(step)
        step = versions.get(step.parent_id)
    return tuple(chain)
