"""The forms of the accounts pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts import throttle
from upshot.web.accounts.models import User, normal_email
from upshot.web.accounts.passwords import LONGEST
from upshot.web.audit.log import write

_BLOCKED = _("Too many attempts did not work. Wait 15 minutes, then try again.")


class SetupForm(forms.Form):
    """The owner's account and the first workspace."""

    token = forms.CharField(
        label=_("Set-up code"),
        max_length=200,
        help_text=_(
            "It stands in the terminal where Upshot was started, after “Set up your account”. "
            "Opening the link printed there fills it in."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    workspace = forms.CharField(
        label=_("Name of your workspace"),
        max_length=100,
        help_text=_("Your company or team, for example. You can share a workspace later."),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(
            password, User(email=self.cleaned_data.get("email", ""))
        )
        return password


class LoginForm(forms.Form):
    """E-mail and password."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        email, password = fields.get("email"), fields.get("password")
        if not email or not password:
            return fields
        address = self.request.META.get("REMOTE_ADDR", "")
        if throttle.is_blocked(email, address):
            raise ValidationError(_BLOCKED, code="throttled")
        self.user = authenticate(self.request, username=email, password=password)
        if self.user is None:
            throttle.note_failure(email, address)
            _put_on_record(email, address)
            raise ValidationError(
                _("This e-mail and password do not belong together. Check both and try again."),
                code="mismatch",
            )
        throttle.forget(email, address)
        return fields


class PasswordForm(forms.Form):
    """A new password, given with the present one."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, address: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if throttle.is_blocked(self.user.email, self.address):
            raise ValidationError(_BLOCKED, code="throttled")
        if not self.user.check_password(old):
            throttle.note_failure(self.user.email, self.address)
            raise ValidationError(_("This is not your present password."), code="mismatch")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new

    def save(self) -> None:
        """Keep the new password."""
        self.user.set_password(self.cleaned_data["new"])
        self.user.save(update_fields=["password"])


def _put_on_record(email: str, address: str) -> None:
    """A failure at somebody's account; what strangers type otherwise is kept nowhere."""
    user = User.objects.filter(email=normal_email(email)).first()
    if user is not None:
        write("accounts:login_failed", actor=user.pk, address=address)
