"""One row as a form: a field per column the bundle reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upshot.tables.schema import Kind

if TYPE_CHECKING:
    from upshot.bundles.manifest import Manifest

SHOWN = 10
"""Fields shown at once; the others unfold."""
MOST_OPTIONS = 100
LONGEST_TEXT = 5_000
LONGEST_PSEUDONYM = 32
YES, NO = "yes", "no"
KEPT = "k"
"""Begins the name of the field that carries the pseudonym of the row before."""


class WhatIfForm(forms.Form):
    """Fields are named by their place, because a column may be called anything.

    Parameters
    ----------
    manifest : Manifest
        Says which columns the bundle reads, and which values they had.
    order : sequence of str
        The columns that matter most, first.
    row : mapping of str to JSON value
        What the fields hold at first.
    data : mapping or None
        What a person typed.
    """

    def __init__(
        self,
        manifest: Manifest,
        order: Sequence[str],
        row: Mapping[str, Any] | None = None,
        data: Any = None,
    ) -> None:
        features = manifest.features
        first = [name for name in order if name in features]
        self.columns = [*first, *(name for name in features if name not in first)]
        self.kinds = {name: manifest.schema.column(name).kind for name in features}
        row = row or {}
        self.unnamed = {name for name in features if manifest.schema.column(name).pseudonyms}
        super().__init__(
            data,
            initial={
                f"c{place}": _shown(row.get(name), self.kinds[name])
                for place, name in enumerate(self.columns)
                if name not in self.unnamed
            },
        )
        known = {summary.name: summary.known or summary.levels for summary in manifest.summaries}
        for place, name in enumerate(self.columns):
            if name in self.unnamed:
                self.fields[f"c{place}"] = _unnamed_field(name, row.get(name))
                self.fields[f"{KEPT}{place}"] = _kept_field(row.get(name))
                continue
            field = _field(name, self.kinds[name], known.get(name, ()), row.get(name))
            self.fields[f"c{place}"] = field

    def shown(self) -> list[forms.BoundField]:
        """The fields that matter most."""
        return self.visible_fields()[:SHOWN]

    def others(self) -> list[forms.BoundField]:
        """The fields that unfold."""
        return self.visible_fields()[SHOWN:]

    def cells(self) -> dict[str, Any]:
        """The row as JSON values by column."""
        return dict(self._cells())

    def _cells(self) -> Iterator[tuple[str, Any]]:
        from upshot.bundles.fitting import SEALED

        for place, name in enumerate(self.columns):
            value = self.cleaned_data[f"c{place}"]
            if name in self.unnamed and not value:
                kept = self.cleaned_data[f"{KEPT}{place}"]
                yield name, {SEALED: kept} if kept else None
            elif value in (None, ""):
                yield name, None
            elif self.kinds[name] is Kind.BOOLEAN:
                yield name, value == YES
            elif isinstance(value, datetime.date):
                yield name, value.isoformat()
            else:
                yield name, value


def _shown(value: Any, kind: str) -> Any:
    if value is None:
        return ""
    if kind == Kind.BOOLEAN:
        return YES if value in (True, "True") else NO
    if kind == Kind.DATETIME:
        return str(value)[:10]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unnamed_field(name: str, value: Any) -> forms.Field:
    """Who the row is about: it can be said, and is never shown again."""
    hint = _("the same as before") if value else _("as in your file")
    return forms.CharField(
        label=name,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"placeholder": hint, "autocomplete": "off"}),
        help_text=_("We keep it as a pseudonym and do not show it again."),
    )


def _kept_field(value: Any) -> forms.Field:
    from upshot.bundles.fitting import SEALED

    kept = value[SEALED] if isinstance(value, Mapping) else ""
    return forms.CharField(
        required=False, max_length=LONGEST_PSEUDONYM, initial=kept, widget=forms.HiddenInput
    )


def _field(name: str, kind: str, known: Sequence[str], value: Any) -> forms.Field:
    if kind == Kind.NUMBER:
        widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
        return forms.FloatField(label=name, required=False, widget=widget)
    if kind == Kind.DATETIME:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=name, required=False, widget=widget)
    missing = ("", _("missing"))
    if kind == Kind.BOOLEAN:
        options = [missing, (YES, _("yes")), (NO, _("no"))]
        return forms.ChoiceField(label=name, required=False, choices=options)
    if kind == Kind.CATEGORY and 0 < len(known) <= MOST_OPTIONS:
        values = dict.fromkeys([*known, *([str(value)] if value is not None else [])])
        options = [missing, *((one, one) for one in values)]
        return forms.ChoiceField(label=name, required=False, choices=options)
    return forms.CharField(label=name, required=False, max_length=LONGEST_TEXT)
