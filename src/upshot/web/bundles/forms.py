"""What people write about a bundle."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DescribeForm(forms.Form):
    """Name and notes."""

    name = forms.CharField(label=_("Name"), max_length=200)
    notes = forms.CharField(
        label=_("Notes"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it is for, when to use it, what to watch."),
    )
