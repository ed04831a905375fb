"""What is asked before a bundle is learned again or compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Effort

REFIT, START = "refit", "start"


class AgainForm(forms.Form):
    """From which data, and how."""

    dataset = forms.ChoiceField(label=_("From which data?"))
    way = forms.ChoiceField(
        label=_("How?"),
        choices=(
            (REFIT, _("The same again: the same preparation and models, in seconds.")),
            (START, _("Search again, starting from what this bundle is made of.")),
        ),
        widget=forms.RadioSelect,
        initial=REFIT,
    )
    effort = forms.ChoiceField(
        label=_("How long may it take?"), choices=Effort.choices, initial=Effort.STANDARD
    )

    def __init__(self, datasets: Iterable[Dataset], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["dataset"].choices = [(str(one.uuid), one.name) for one in datasets]


class CompareForm(forms.Form):
    """With which bundle, and on which rows."""

    other = forms.ChoiceField(label=_("Compare with"))
    dataset = forms.ChoiceField(label=_("On which rows?"), required=False)

    def __init__(
        self, bundles: Iterable[SavedBundle], datasets: Iterable[Dataset], data: Any = None
    ) -> None:
        super().__init__(data)
        self.fields["other"].choices = [(str(one.uuid), one.name) for one in bundles]
        self.fields["dataset"].choices = [
            ("", _("The rows set aside when the newer one was learned")),
            *((str(one.uuid), one.name) for one in datasets),
        ]
