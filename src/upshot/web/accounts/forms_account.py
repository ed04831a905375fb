"""The forms of one's own account, beyond logging in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts import throttle
from upshot.web.accounts.models import User
from upshot.web.accounts.passwords import LONGEST

HELP = _("At least 12 characters. A short sentence is easy to remember.")


class NameForm(forms.Form):
    """How others see a person."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        help_text=_("The people of your workspaces see it. Without one they see your e-mail."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CodeForm(forms.Form):
    """Six digits from an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}
        ),
    )


class ProveForm(forms.Form):
    """The present password, asked again before something that cannot be undone."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, address: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if throttle.is_blocked(self.user.email, self.address):
            raise ValidationError(
                _("Too many attempts did not work. Wait 15 minutes, then try again."),
                code="throttled",
            )
        if not self.user.check_password(password):
            throttle.note_failure(self.user.email, self.address)
            raise ValidationError(_("This is not your password."), code="mismatch")
        throttle.forget(self.user.email, self.address)
        return password


class NewPasswordForm(forms.Form):
    """A new password for somebody who proved who they are by a link."""

    new = forms.CharField(
        label=_("New password"),
        help_text=HELP,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new


class ForgotForm(forms.Form):
    """Where to send a link."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
