"""What people type about data sets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from upshot.errors import Remedy
from upshot.tables.schema import Kind
from upshot.web.datasets.findings import offer_at, offer_of
from upshot.web.datasets.models import Dataset

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,.parquet,.json,.jsonl,.ndjson,.zip,.gz"


class FileField(forms.FileField):
    """A table to upload, within the installation's limit."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape
        "required": _("Choose a file first: a spreadsheet or a CSV file."),
        "empty": _("This file is empty. Export it again and check that it holds rows."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your file"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check the size, beyond what Django checks."""
        if problem := getattr(data, "problem", ""):
            raise forms.ValidationError(problem)
        received = super().clean(data, initial)
        if received is not None and received.size > settings.MAX_UPLOAD_BYTES:
            limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
            raise forms.ValidationError(
                gettext(
                    "This file is larger than %(limit)s, the most this installation takes. "
                    "Export fewer rows or columns, or ask whoever runs it to raise the limit."
                )
                % {"limit": limit}
            )
        return received


class UploadForm(forms.Form):
    """A file to learn from."""

    file = FileField()


class NameForm(forms.Form):
    """Another name for a data set."""

    name = forms.CharField(label=_("Name"), max_length=200)


class KindForm(forms.Form):
    """What a column holds."""

    column = forms.CharField(strip=False)
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind])


def _askable() -> list[tuple[str, str]]:
    from upshot.tables.asking import ASKABLE

    return [(code, code) for code in ASKABLE]


class AnswerForm(forms.Form):
    """What a column left open."""

    column = forms.CharField(strip=False)
    question = forms.ChoiceField(choices=_askable)
    answer = forms.CharField(max_length=500)


class IgnoreForm(forms.Form):
    """Whether a column is kept out of models."""

    column = forms.CharField(strip=False)
    ignored = forms.BooleanField(required=False)


class JoinForm(forms.Form):
    """A value that a person says means the same as another one."""

    column = forms.CharField(strip=False)
    value = forms.CharField(max_length=500)
    wanted = forms.CharField(max_length=500)

    @property
    def step(self) -> Remedy:
        """What is to be carried out."""
        data = self.cleaned_data
        return Remedy("join-values", data["column"], (data["wanted"], data["value"]))


class RemedyForm(forms.Form):
    """The step that a finding, or each of some notes, offers; or the step back."""

    note = forms.TypedMultipleChoiceField(coerce=int, required=False)
    finding = forms.CharField(max_length=64, required=False)
    offer = forms.IntegerField(min_value=0, max_value=99, required=False)
    undo = forms.BooleanField(required=False)

    def __init__(self, dataset: Dataset, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dataset = dataset
        self.fields["note"].choices = [(str(at), at) for at in range(len(dataset.notes))]

    @property
    def anchor(self) -> str:
        """Where on the page the finding stands."""
        notes = self.cleaned_data["note"]
        return str(notes[0]) if notes else self.cleaned_data["finding"]

    @property
    def steps(self) -> tuple[Remedy, ...]:
        """What is to be carried out; nothing where the page asked for what is not there."""
        data = self.cleaned_data
        if data["finding"]:
            return offer_of(self.dataset, data["finding"], data["offer"] or 0)
        return tuple(step for note in data["note"] for step in offer_at(self.dataset, note))


class SheetForm(forms.Form):
    """Another sheet of the same file."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, sheets: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [
            ("", _("Let Upshot choose")),
            *((name, name) for name in sheets),
        ]
