"""What people choose when they make a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts.access import is_at_least
from upshot.web.accounts.models import Role
from upshot.web.api.models import Scope

DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year")))


class TokenForm(forms.Form):
    """A name, what it may do, and until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Which program uses it, for example “Nightly upload”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )
    days = forms.ChoiceField(label=_("How long it works"), choices=DAYS, initial="90")

    def __init__(self, role: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_at_least(role, Role.EDITOR):
            self.fields["scopes"].choices = [(Scope.READ.value, Scope.READ.label)]

    @property
    def expires_at(self) -> Any:
        """When it ends."""
        return timezone.now() + timedelta(days=int(self.cleaned_data["days"]))
