"""The forms of a workspace and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts.models import Role, User, normal_email
from upshot.web.accounts.passwords import LONGEST

ROLES = (
    (Role.VIEWER, _("Viewer: reads answers and downloads lists")),
    (Role.EDITOR, _("Editor: uploads, asks, learns and deletes")),
    (Role.OWNER, _("Owner: all of that, and decides who is in")),
)


class WorkspaceForm(forms.Form):
    """A workspace's name."""

    name = forms.CharField(label=_("Name of the workspace"), max_length=100)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    role = forms.ChoiceField(label=_("They join as"), choices=ROLES, initial=Role.EDITOR)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "With an e-mail, only that person can use the link. Without one, whoever has the link."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(choices=Role.choices)


class JoinForm(forms.Form):
    """An account for somebody who was invited."""

    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, bound_to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bound_to = bound_to
        if bound_to:
            self.fields["email"].initial = bound_to
            self.fields["email"].widget.attrs["readonly"] = True

    def clean_email(self) -> str:
        email = normal_email(self.cleaned_data["email"])
        if self.bound_to and email != self.bound_to:
            raise ValidationError(_("This invitation is for another e-mail address."))
        if User.objects.filter(email=email).exists():
            raise ValidationError(
                _("There is an account with this e-mail. Log in, then open the link again.")
            )
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        email = self.cleaned_data.get("email", "")
        password_validation.validate_password(password, User(email=email))
        return password
