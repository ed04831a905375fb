"""What people choose before a list goes to an ad platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from upshot.audiences import FIELDS, Who
from upshot.audiences.normalise import countries

CONTROL = "10"
LARGEST_CONTROL = 50


class AudienceForm(forms.Form):
    """Who is in the list, who is set aside, and which columns say how to reach people."""

    score = forms.ChoiceField(label="Ranked by")
    who = forms.ChoiceField(label="How to choose", widget=forms.RadioSelect)
    top = forms.IntegerField(label="How many of the best", min_value=1, required=False)
    tenths = forms.IntegerField(label="How many tenths", min_value=1, max_value=10, required=False)
    above = forms.FloatField(required=False)
    control = forms.FloatField(
        label="Set aside at random, in %",
        min_value=0,
        max_value=LARGEST_CONTROL,
        help_text="These people are not contacted. Comparing with them shows what the campaign "
        "achieved.",
    )
    country = forms.ChoiceField(
        label="Country of most people",
        required=False,
        help_text="For phone numbers and addresses that name no country.",
    )

    def __init__(self, data: Any, columns: Sequence[str], scores: Mapping[str, str]) -> None:
        super().__init__(data)
        chance = "upshot_prediction" not in scores
        ways = ("So many of the best", "The best tenths of the list", "Everyone from a limit on")
        self.fields["who"].choices = list(zip(map(str, Who), ways, strict=True))
        self.fields["score"].choices = list(scores.items())
        if len(scores) == 1:
            self.fields["score"].widget = forms.HiddenInput()
        self.fields["above"].label = "Limit: chance in %" if chance else "Limit: amount"
        self.fields["country"].choices = [("", "Not known"), *countries().items()]
        choices = [("", "None"), *((name, name) for name in columns)]
        for field, label in FIELDS.items():
            self.fields[f"field_{field}"] = forms.ChoiceField(
                label=label, choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """The chosen way of cutting the list needs its number."""
        cleaned = super().clean() or {}
        who = cleaned.get("who")
        if who and who not in self.errors and cleaned.get(who) is None:
            self.add_error(who, "Enter a number.")
        return cleaned

    @property
    def cut(self) -> list[Any]:
        """The numbers that say who is in the list, one for each way to choose."""
        return [self[name] for name in ("top", "tenths", "above")]

    @property
    def columns(self) -> list[Any]:
        """The fields that say which column holds what."""
        return [self[f"field_{field}"] for field in FIELDS]
