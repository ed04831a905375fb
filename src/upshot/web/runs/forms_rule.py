"""A person's own rule as a form: up to three comparisons, all of which must hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from upshot.explaining.filters import (
    MOST_CONDITIONS,
    WITHOUT_VALUE,
    Comparison,
    Condition,
    Filter,
)

COMPARISONS = (
    (Comparison.ABOVE, _("is over")),
    (Comparison.AT_LEAST, _("is at least")),
    (Comparison.BELOW, _("is under")),
    (Comparison.AT_MOST, _("is at most")),
    (Comparison.IS, _("is")),
    (Comparison.IS_NOT, _("is not")),
    (Comparison.CONTAINS, _("contains")),
    (Comparison.FILLED, _("is filled in")),
    (Comparison.MISSING, _("is missing")),
)
LONGEST_VALUE = 200


class ConditionForm(forms.Form):
    """One comparison; a line without a column is left out."""

    column = forms.ChoiceField(label=_("Column"), required=False)
    comparison = forms.ChoiceField(label=_("Comparison"), required=False, choices=COMPARISONS)
    value = forms.CharField(label=_("Value"), required=False, max_length=LONGEST_VALUE)

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = [("", "—"), *((name, name) for name in columns)]

    def clean(self) -> dict[str, Any]:
        """A comparison needs a value, unless it asks whether there is one."""
        data = super().clean() or {}
        wants = data.get("comparison") not in WITHOUT_VALUE
        if data.get("column") and wants and not data.get("value"):
            self.add_error("value", gettext("Enter a value to compare with."))
        return data


class RuleForm:
    """The lines of a rule.

    Parameters
    ----------
    columns : sequence of str
        The columns to choose from.
    rule : Filter or None
        What the lines hold at first.
    data : mapping or None
        What a person typed.
    """

    def __init__(self, columns: Sequence[str], rule: Filter | None, data: Any = None) -> None:
        given = rule.conditions if rule is not None else ()
        self.problem = ""
        self.lines = [
            ConditionForm(
                columns,
                data,
                prefix=f"rule{place}",
                initial=_initial(given[place]) if place < len(given) else None,
            )
            for place in range(MOST_CONDITIONS)
        ]

    def rule(self) -> Filter | None:
        """The rule as typed; None when a line is wrong or none is filled in."""
        # Every line is asked, so that each shows its own fault.
        valid = [line.is_valid() for line in self.lines]
        if not all(valid):
            return None
        conditions = tuple(
            _condition(line.cleaned_data) for line in self.lines if line.cleaned_data["column"]
        )
        if not conditions:
            self.problem = gettext("Choose a column for your rule.")
            return None
        return Filter(conditions)


def _initial(condition: Condition) -> dict[str, Any]:
    return {
        "column": condition.column,
        "comparison": condition.comparison,
        "value": " ".join(condition.values),
    }


def _condition(data: dict[str, Any]) -> Condition:
    comparison = Comparison(data["comparison"] or Comparison.IS)
    values = () if comparison in WITHOUT_VALUE else (data["value"],)
    return Condition(data["column"], comparison, values)
