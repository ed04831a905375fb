"""What people write about a bundle."""

from __future__ import annotations

from django import forms


class DescribeForm(forms.Form):
    """Name and notes."""

    name = forms.CharField(label="Name", max_length=200)
    notes = forms.CharField(
        label="Notes",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What it is for, when to use it, what to watch.",
    )
