"""How long data is kept, and the name typed before something goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts.forms_account import ProveForm
from upshot.web.keeping.retention import LEAST_DAYS, MOST_DAYS


class RetentionForm(forms.Form):
    """After how many days data goes; empty keeps it."""

    days = forms.IntegerField(
        label=_("Delete data sets and scored lists after this many days"),
        required=False,
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Leave it empty to keep them until somebody deletes them."),
    )


class DeleteWorkspaceForm(ProveForm):
    """The password, and the workspace's name as a second thought."""

    name = forms.CharField(label=_("Type the name of the workspace"), max_length=100)

    field_order = ("name", "password")

    def __init__(self, wanted: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip() != self.wanted.strip():
            raise ValidationError(_("This is not its name. Type it exactly as it stands above."))
        return name
