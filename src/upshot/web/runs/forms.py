"""The question as a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from upshot.explaining.wording import capital
from upshot.tables.schema import Kind
from upshot.web.datasets.understood import ColumnCard
from upshot.web.runs.actions import AMENDABLE
from upshot.web.runs.models import Effort, Question, effort_parts

NO_TARGET = {Kind.DATETIME, Kind.CONSTANT, Kind.TEXT, Kind.IDENTIFIER}


@dataclass(frozen=True)
class EffortOption:
    """One effort as a person reads it."""

    value: str
    title: str
    help: str
    chosen: bool


def effort_options(chosen: str) -> list[EffortOption]:
    """Every effort, the chosen one marked."""
    options = []
    for value in Effort.values:
        title, help_text = effort_parts(value)
        options.append(EffortOption(value, title, capital(help_text), value == chosen))
    return options


# What is asked, and whether there is an outcome to choose. What stands in brackets is the question
# word; what stands in braces is a blank to fill in.
SENTENCES: dict[tuple[str, bool], Any] = {
    ("how_much", False): _("[How much] will it be, judged by column {column}?"),
    ("which_one", False): _("[Which one] will it be, judged by column {column}?"),
    ("which_one", True): _(
        "[Which one] will it be, judged by column {column}, and I want to {positive}?"
    ),
    ("who_will", False): _("[Who will] be a “yes”, judged by column {column}?"),
    ("who_will", True): _(
        "[Who will] be a “yes”, judged by column {column}, where {positive} means yes?"
    ),
}
# Where the name of the column says what people do, the question says it too.
DEED = _("[{question}] Judged by column {column} where {positive} means yes.")
_PIECE = re.compile(r"(\[[^\]]+\]|\{\w+\})")
_BLANKS = {"{column}": "column", "{positive}": "positive"}


@dataclass(frozen=True)
class SentencePart:
    """Some words of the question, or a blank in it."""

    words: str
    is_question: bool
    blank: str


class AskForm(forms.Form):
    """Target, positive outcome, date, group and effort.

    A GET request shows what its address says, so the form works without JavaScript: choosing
    another target asks for the page again. Whatever is not said is the best suggestion.
    """

    target = forms.ChoiceField(label=_("The column that says what happened"))
    positive = forms.ChoiceField(
        label=_("The outcome you are looking for"),
        required=False,
        widget=forms.Select(attrs={"aria-label": _("The outcome you are looking for")}),
    )
    date = forms.ChoiceField(label=_("Date of each row"), required=False)
    group = forms.ChoiceField(label=_("Rows that belong together"), required=False)
    keep_personal = forms.BooleanField(label=_("Let personal data into the model"), required=False)
    effort = forms.ChoiceField(
        label=_("How long may it take?"),
        choices=Effort.choices,
        widget=forms.RadioSelect,
        initial=Effort.STANDARD,
    )

    def __init__(
        self, cards: Sequence[ColumnCard], suggestions: list[dict[str, Any]], request: HttpRequest
    ) -> None:
        data = request.POST if request.method == "POST" else None
        typed = request.POST if data is not None else request.GET
        self.cards = {card.name: card for card in cards}
        self.suggestions = {item["target"]: item for item in suggestions}
        self.first = suggestions[0] if suggestions else None
        self.chosen = self._chosen(typed.get("target"))
        super().__init__(data, initial=self._initial(typed))
        self._offer(cards)

    @property
    def card(self) -> ColumnCard | None:
        """The column the question is about."""
        return self.cards.get(self.chosen)

    @property
    def question(self) -> str:
        """Which sentence fits the chosen column."""
        if self.card is None:
            return "who_will"
        suggested = self.suggestions.get(self.chosen, {}).get("question")
        if suggested:
            return str(suggested)
        if len(self.outcomes) == 2:
            return "who_will"
        return "how_much" if self.card.kind is Kind.NUMBER else "which_one"

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The values of the chosen column, when they can be listed."""
        return self.card.outcomes if self.card is not None else ()

    @property
    def one_of_many(self) -> bool:
        """Whether one value of several is looked for: "who will be this one?"."""
        return self.question == "which_one" and bool(self["positive"].value())

    @property
    def sentence(self) -> tuple[SentencePart, ...]:
        """The question as a sentence with blanks, in the order of the reader's language."""
        from upshot.questions.asked import question_of

        kind = "who_will" if self.one_of_many else self.question
        words = SENTENCES[kind, self.positive_options]
        deed = question_of(self.chosen) if kind == "who_will" and not self.one_of_many else ""
        if deed and self.positive_options:
            words = str(DEED).replace("{question}", str(deed))
        pieces = (piece for piece in _PIECE.split(str(words)) if piece)
        return tuple(
            SentencePart(piece.strip("[]{}"), piece.startswith("["), _BLANKS.get(piece, ""))
            for piece in pieces
        )

    @property
    def target_groups(self) -> list[Any]:
        """The columns to choose from, suggested ones first."""
        return self.fields["target"].choices

    @property
    def positive_options(self) -> bool:
        """Whether there is an outcome to choose."""
        return self.question != "how_much" and bool(self.outcomes)

    @property
    def effort_options(self) -> list[EffortOption]:
        """The efforts as cards."""
        return effort_options(str(self["effort"].value()))

    @property
    def has_extras(self) -> bool:
        """Whether a date or a grouping is chosen, so that the page shows them."""
        return bool(self["date"].value() or self["group"].value() or self["keep_personal"].value())

    @property
    def personal(self) -> tuple[str, ...]:
        """The columns of personal data that could be let in; identifiers never are."""
        return tuple(
            card.name
            for card in self.cards.values()
            if card.personal and not card.ignored and card.kind not in NO_TARGET - {Kind.TEXT}
        )

    @property
    def reason(self) -> str:
        """Why the chosen column is suggested; empty for one a person picked."""
        return self.suggestions.get(self.chosen, {}).get("reason", "")

    def choice(self) -> dict[str, Any]:
        """What was chosen, as the check takes it."""
        data = self.cleaned_data
        return {
            "target": data["target"],
            "positive": data["positive"] or None,
            "date": data["date"] or None,
            "group": data["group"] or None,
            "ignore": [],
            "keep_personal": data["keep_personal"],
        }

    def clean(self) -> dict[str, Any]:
        """One column cannot play two parts."""
        data = super().clean() or {}
        parts = [data.get(part) for part in ("target", "date", "group") if data.get(part)]
        if len(parts) != len(set(parts)):
            raise forms.ValidationError(
                _("The outcome, the date and the grouping must be different columns.")
            )
        return data

    def _chosen(self, typed: str | None) -> str:
        if typed in self.cards:
            return typed
        if self.first is not None:
            return str(self.first["target"])
        return next((name for name, card in self.cards.items() if _may_be_target(card)), "")

    def _initial(self, typed: Any) -> dict[str, Any]:
        suggested = self.suggestions.get(self.chosen, {}).get("positive") or ""
        wanted = typed.get("positive") or suggested
        same = (value for value in self.outcomes if value.casefold() == wanted.casefold())
        return {
            "target": self.chosen,
            "positive": next(same, wanted),
            "date": typed.get("date", ""),
            "keep_personal": typed.get("keep_personal") == "on",
            "group": typed.get("group", ""),
            "effort": typed.get("effort", Effort.STANDARD),
        }

    def _offer(self, cards: Sequence[ColumnCard]) -> None:
        usable = [card for card in cards if not card.ignored]
        suggested = [name for name in self.suggestions if name in self.cards]
        others = [
            card.name for card in usable if card.name not in suggested and _may_be_target(card)
        ]
        self.fields["target"].choices = _grouped(suggested, others)
        self.fields["positive"].choices = self._positive_choices()
        dates = [card.name for card in cards if card.kind is Kind.DATETIME]
        groups = [card.name for card in cards if card.kind in (Kind.IDENTIFIER, Kind.CATEGORY)]
        self.fields["date"].choices = [("", _("no date")), *((name, name) for name in dates)]
        self.fields["group"].choices = [("", _("none")), *((name, name) for name in groups)]

    def _positive_choices(self) -> list[tuple[str, str]]:
        values = [(value, value) for value in self.outcomes]
        if self.question == "which_one" and values:
            return [("", _("tell all of them apart")), *values]
        return values if self.question == "who_will" else [("", "")]


class EffortForm(forms.Form):
    """How long a run may take."""

    effort = forms.ChoiceField(
        label=_("How long may it take?"), choices=Effort.choices, widget=forms.RadioSelect
    )

    @property
    def options(self) -> list[EffortOption]:
        """The efforts, the chosen one marked."""
        return effort_options(str(self["effort"].value()))


class AmendForm(forms.Form):
    """One line of the checklist: a column as the date or the group, personal data, newer data."""

    part = forms.ChoiceField(choices=[(part, part) for part in ("data", *AMENDABLE)])
    value = forms.CharField(required=False, strip=False, max_length=1000)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def clean(self) -> dict[str, Any]:
        """A date or a group is a column of the data, and not the outcome."""
        data = super().clean() or {}
        names = {column["name"] for column in self.question.schema_version.schema["columns"]}
        names -= {self.question.choice["target"]}
        if data.get("part") in ("date", "group") and data.get("value") not in {"", *names}:
            raise forms.ValidationError(_("The data has no such column."))
        facts = (self.question.readiness or {}).get("facts", {})
        if data.get("part") == "question" and data.get("value") not in facts.get("also_asks", ()):
            raise forms.ValidationError(_("The outcome cannot be asked this question."))
        return data


def _may_be_target(card: ColumnCard) -> bool:
    return card.kind not in NO_TARGET and not card.ignored


def _grouped(suggested: list[str], others: list[str]) -> list[Any]:
    groups = []
    if suggested:
        groups.append((_("Suggested"), [(name, name) for name in suggested]))
    if others:
        groups.append((_("Other columns"), [(name, name) for name in others]))
    return groups
