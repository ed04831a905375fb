"""What people choose before a list goes to an ad platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upshot.audiences import FIELDS, Who
from upshot.audiences.normalise import countries
from upshot.tables.countries import in_style
from upshot.wording import SOURCE, current

CONTROL = "10"
LARGEST_CONTROL = 50


def _country_names() -> list[tuple[str, str]]:
    """Codes of countries with their names in the reader's language, by name."""
    if current() == SOURCE:
        return list(countries().items())
    named = ((code, in_style(code, current())) for code in countries())
    return sorted(named, key=lambda item: item[1])


class AudienceForm(forms.Form):
    """Who is in the list, who is set aside, and which columns say how to reach people."""

    score = forms.ChoiceField(label=_("Ranked by"))
    who = forms.ChoiceField(label=_("How to choose"), widget=forms.RadioSelect)
    top = forms.IntegerField(label=_("How many of the best"), min_value=1, required=False)
    tenths = forms.IntegerField(
        label=_("How many tenths"), min_value=1, max_value=10, required=False
    )
    above = forms.FloatField(required=False)
    control = forms.FloatField(
        label=_("Set aside at random, in %"),
        min_value=0,
        max_value=LARGEST_CONTROL,
        help_text=_(
            "These people are not contacted. Comparing with them shows what the campaign achieved."
        ),
    )
    country = forms.ChoiceField(
        label=_("Country of most people"),
        required=False,
        help_text=_("For phone numbers and addresses that name no country."),
    )

    def __init__(self, data: Any, columns: Sequence[str], scores: Mapping[str, str]) -> None:
        super().__init__(data)
        chance = "upshot_prediction" not in scores
        ways = (
            _("So many of the best"),
            _("The best tenths of the list"),
            _("Everyone from a limit on"),
        )
        self.fields["who"].choices = list(zip(map(str, Who), ways, strict=True))
        self.fields["score"].choices = list(scores.items())
        if len(scores) == 1:
            self.fields["score"].widget = forms.HiddenInput()
        self.fields["above"].label = _("Limit: chance in %") if chance else _("Limit: amount")
        self.fields["country"].choices = [
            ("", _("Not known")),
            *_country_names(),
        ]
        choices = [("", _("None")), *((name, name) for name in columns)]
        for field, label in FIELDS.items():
            self.fields[f"field_{field}"] = forms.ChoiceField(
                label=str(label), choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """The chosen way of cutting the list needs its number."""
        cleaned = super().clean() or {}
        who = cleaned.get("who")
        if who and who not in self.errors and cleaned.get(who) is None:
            self.add_error(who, _("Enter a number."))
        return cleaned

    @property
    def cut(self) -> list[Any]:
        """The numbers that say who is in the list, one for each way to choose."""
        return [self[name] for name in ("top", "tenths", "above")]

    @property
    def columns(self) -> list[Any]:
        """The fields that say which column holds what."""
        return [self[f"field_{field}"] for field in FIELDS]
