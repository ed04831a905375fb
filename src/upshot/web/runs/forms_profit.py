"""What a campaign costs and earns: a few numbers in the address, so that a link keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upshot.errors import InputError
from upshot.explaining.facts import Answer, ProfitFacts, ProfitPoint
from upshot.web.runs.pictures import profit_picture

if TYPE_CHECKING:
    from upshot.explaining.facts import Gains, GainsPoint

LARGEST = 1e12
MOST_PEOPLE = 10**10
SHOWN_SHARE = 0.2
ASKED = ("cost", "value")


class ProfitForm(forms.Form):
    """Cost per contact, value per conversion, number of people, and how many can be contacted."""

    cost = forms.FloatField(
        label=_("One contact costs"),
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    value = forms.FloatField(
        label=_("One success is worth"),
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    people = forms.IntegerField(
        label=_("People you could contact"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    capacity = forms.IntegerField(
        label=_("Contacts you can make at most"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, currency: str = "") -> None:
        super().__init__(data if _is_asked(data) else None, initial=_typed(data))
        if currency:
            for name in ASKED:
                self.fields[name].label = f"{self.fields[name].label} ({currency})"


def _is_asked(data: Any) -> bool:
    """Whether a sum was typed. The slider alone sends the fields along, empty."""
    if data is None or not any(name in data for name in ASKED):
        return False
    return "share" not in data or any(data.get(name) for name in ASKED)


def _typed(data: Any) -> dict[str, Any] | None:
    return None if data is None else {name: data.get(name) for name in ("people", "capacity")}


@dataclass(frozen=True)
class ProfitResult:
    """The sums with their picture."""

    facts: ProfitFacts
    picture: dict[str, Any]


@dataclass(frozen=True)
class Cut:
    """What the slider says: how many are contacted, how many are reached, what it earns.

    Attributes
    ----------
    percent : int
        Share contacted, 1 to 100.
    people, contacted : int
        Of how many, how many.
    reached, reached_low, reached_high : float
        Positives among them, and their 95 % range.
    point : GainsPoint
        The same on the rows set aside.
    money : ProfitPoint or None
        Cost and earnings, where they were asked for.
    """

    percent: int
    people: int
    contacted: int
    reached: float
    reached_low: float
    reached_high: float
    point: GainsPoint
    money: ProfitPoint | None


def profit_of(form: ProfitForm, answer: Answer) -> ProfitResult | None:
    """The sums for what was typed; None when nothing was, or it does not fit."""
    if answer.gains is None or not form.is_bound or not form.is_valid():
        return None
    from upshot.explaining.profit import profit

    data = form.cleaned_data
    try:
        facts = profit(
            answer.gains,
            data["cost"],
            data["value"],
            data["people"],
            data["capacity"],
            answer.wording.currency,
        )
    except InputError as error:
        form.add_error(None, str(error))
        return None
    return ProfitResult(facts, profit_picture(facts))


def cut_of(typed: Any, answer: Answer, profit: ProfitResult | None) -> Cut | None:
    """What the slider stands for; at first the best cut-off, else the one recommended."""
    gains = answer.gains
    if gains is None or not gains.rows:
        return None
    place = _place(typed.get("share"), len(gains.points))
    if place is None:
        best = profit.facts.best if profit is not None else None
        share = best.share if best is not None else answer.verdict.share or SHOWN_SHARE
        place = max(1, round(100 * share))
    return _cut(gains, place, _people(typed.get("people"), gains, profit), profit)


def _cut(gains: Gains, place: int, people: int, profit: ProfitResult | None) -> Cut:
    point = gains.points[place - 1]
    contacted = round(point.contacted * people / gains.rows)
    positives = gains.positives * people / gains.rows
    return Cut(
        percent=place,
        people=people,
        contacted=contacted,
        reached=point.precision * contacted,
        reached_low=point.reach_low * positives,
        reached_high=min(point.reach_high * positives, contacted),
        point=point,
        money=profit.facts.points[place - 1] if profit is not None else None,
    )


def _place(typed: Any, last: int) -> int | None:
    try:
        return min(max(int(typed), 1), last)
    except (TypeError, ValueError):
        return None


def _people(typed: Any, gains: Gains, profit: ProfitResult | None) -> int:
    if profit is not None:
        return profit.facts.people
    try:
        people = int(typed)
    except (TypeError, ValueError):
        return gains.rows
    return people if 1 <= people <= MOST_PEOPLE else gains.rows
