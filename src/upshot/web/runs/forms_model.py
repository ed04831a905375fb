"""What kind of model is wanted, and what a person knows of its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upshot.tables.schema import Kind
from upshot.web.runs.actions import IGNORE
from upshot.web.runs.forms import EffortForm
from upshot.web.runs.models import Question

BEST, SIMPLE, FAST = "best", "simple", "fast"


class StartForm(EffortForm):
    """How long a run may take, which model is kept, and how numbers must act on it."""

    model = forms.ChoiceField(
        label=_("Which model do you want?"),
        choices=(
            (BEST, _("The best one. It usually combines several models.")),
            (SIMPLE, _("One you can read. It adds up one effect per column.")),
            (FAST, _("A fast one. It scores long lists sooner, and we tell what that costs.")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    rising = forms.MultipleChoiceField(
        label=_("More of this must never lower the prediction"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    falling = forms.MultipleChoiceField(
        label=_("More of this must never raise the prediction"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, question: Question, data: Any = None) -> None:
        super().__init__(data, initial=_initial(question))
        self.numbers = _numbers(question)
        for part in ("rising", "falling"):
            self.fields[part].choices = [(name, name) for name in self.numbers]

    @property
    def is_open(self) -> bool:
        """Whether something else than the usual is chosen, so that the page shows it."""
        chosen = self["rising"].value() or self["falling"].value()
        return bool(chosen) or self["model"].value() not in (None, "", BEST)

    @property
    def directions(self) -> tuple[forms.BoundField, ...]:
        """Both lists of numbers."""
        return self["rising"], self["falling"]

    def clean(self) -> dict[str, Any]:
        """A column cannot act both ways."""
        data = super().clean() or {}
        both = sorted({*data.get("rising", ())} & {*data.get("falling", ())})
        if both:
            raise forms.ValidationError(
                _("“%(column)s” is ticked twice. State one direction for each column.")
                % {"column": both[0]}
            )
        return data

    def wishes(self) -> dict[str, Any]:
        """What was chosen, as a run keeps it."""
        data = self.cleaned_data
        return {
            "simple": data["model"] == SIMPLE,
            "fast": data["model"] == FAST,
            "rising": data["rising"],
            "falling": data["falling"],
        }


def _initial(question: Question) -> dict[str, Any]:
    choice = question.choice
    model = SIMPLE if choice.get("simple") else FAST if choice.get("fast") else BEST
    kept = {part: choice.get(part, []) for part in ("rising", "falling")}
    return {"effort": question.effort, "model": model, **kept}


def _numbers(question: Question) -> tuple[str, ...]:
    """Number columns that are learned from; none where several outcomes are told apart."""
    choice = question.choice
    if choice.get("question") == "which_one" and not choice.get("positive"):
        return ()
    dropped = {name for name, decision in question.decisions.items() if decision == IGNORE}
    dropped |= {choice.get(part) for part in ("target", "date", "group")}
    dropped |= set(choice.get("ignore") or ())
    columns = question.schema_version.schema["columns"]
    kept = (one for one in columns if not one.get("ignored") and one["name"] not in dropped)
    return tuple(one["name"] for one in kept if one["kind"] == Kind.NUMBER)
