"""What a campaign costs and earns: three numbers in the address, so that a link keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from upshot.errors import InputError
from upshot.explaining.facts import Answer, ProfitFacts
from upshot.web.runs.pictures import profit_picture

LARGEST = 1e12


class ProfitForm(forms.Form):
    """Cost per contact, value per conversion, number of people."""

    cost = forms.FloatField(
        label="One contact costs",
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    value = forms.FloatField(
        label="One success is worth",
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    people = forms.IntegerField(
        label="People you could contact",
        min_value=1,
        max_value=10**10,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None) -> None:
        asked = data is not None and ("cost" in data or "value" in data)
        super().__init__(data if asked else None)


@dataclass(frozen=True)
class ProfitResult:
    """The sums with their picture."""

    facts: ProfitFacts
    picture: dict[str, Any]


def profit_of(form: ProfitForm, answer: Answer) -> ProfitResult | None:
    """The sums for what was typed; None when nothing was, or it does not fit."""
    if answer.gains is None or not form.is_bound or not form.is_valid():
        return None
    from upshot.explaining.profit import profit

    data = form.cleaned_data
    try:
        facts = profit(answer.gains, data["cost"], data["value"], data["people"])
    except InputError as error:
        form.add_error(None, str(error))
        return None
    return ProfitResult(facts, profit_picture(facts))
