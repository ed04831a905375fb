"""From a scored list and a form to a campaign, and to what the page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from upshot.audiences import FIELDS, LISTS, Choice, Who, compare, guess_fields, make_campaign
from upshot.audiences.write import listed, notes_of
from upshot.errors import InputError
from upshot.web.predictions.audience_forms import CONTROL, AudienceForm
from upshot.web.predictions.models import Format, Prediction

if TYPE_CHECKING:
    import pandas as pd

    from upshot.audiences import Campaign
    from upshot.tables.table import Table

_BEST_FIRST = (Format.PARQUET, Format.CSV, Format.XLSX)
"""Parquet keeps every cell as it was written, so it is read when it is there."""


@dataclass(frozen=True)
class Scored:
    """A scored list, read again."""

    prediction: Prediction
    table: Table

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells as written."""
        return self.table.raw.to_pandas()

    @property
    def columns(self) -> list[str]:
        """The person's own columns."""
        return [name for name in self.table.schema.names if not name.startswith("upshot_")]

    @property
    def scores(self) -> dict[str, str]:
        """The columns people can be ranked by, with their words."""
        task = self.prediction.bundle.task
        if task == "regression":
            return {"upshot_prediction": _("Predicted amount")}
        names = [name for name in self.table.schema.names if name.startswith("upshot_probability")]
        return {name: _chance_of(name[19:]) for name in names}


def _chance_of(outcome: str) -> str:
    return _("Chance of %(outcome)s") % {"outcome": outcome} if outcome else _("Chance")


def open_scored(prediction: Prediction) -> Scored:
    """Read the list again from the best of its files."""
    from upshot.tables import read

    made = {file.format: file for file in prediction.files.select_related("file")}
    format_ = next((format_ for format_ in _BEST_FIRST if format_ in made), None)
    if format_ is None:
        raise InputError(_("The scored list has no file."), _("Score the file again."))
    return Scored(prediction, read(made[format_].file.path, name=f"list.{format_.value}"))


def form_of(scored: Scored, data: Any) -> AudienceForm:
    """The form as sent, with what is understood of the columns where nothing was sent."""
    guessed = guess_fields(scored.table.schema.select(scored.columns))
    given = {
        "score": next(iter(scored.scores), ""),
        "who": Who.TENTHS.value,
        "tenths": "2",
        "control": CONTROL,
        **{f"field_{field}": name for field, name in guessed.items()},
        **data.dict(),
    }
    return AudienceForm(given, scored.columns, scored.scores)


def campaign_of(scored: Scored, form: AudienceForm) -> Campaign:
    """The people a valid form describes; the same list sets the same people aside each time."""
    said = form.cleaned_data
    who = Who(said["who"])
    is_amount = said["score"] == "upshot_prediction"
    percent = who is Who.ABOVE and not is_amount
    choice = Choice(
        score=said["score"],
        who=who,
        amount=said[who.value] / 100 if percent else said[who.value],
        control=said["control"] / 100,
        seed=scored.prediction.uuid.int % 2**63,
        country=said["country"],
        fields={field: said[f"field_{field}"] for field in FIELDS if said[f"field_{field}"]},
        value="upshot_prediction" if is_amount else "",
    )
    return make_campaign(scored.frame, choice)


def shown(campaign: Campaign, form: AudienceForm, *, chances: bool) -> dict[str, Any]:
    """What the page says of a campaign: counts, notes and the comparison, never a person."""
    people, unreachable = listed(campaign)
    contact, control = campaign.count("contact"), campaign.count("control")
    facts: dict[str, Any] = {
        "chosen": len(campaign.rows),
        "contact": contact,
        "control": control,
        "listed": len(people),
        "lists": [
            {"target": target, "notes": notes_of(len(people), unreachable, target)}
            for target in LISTS.values()
        ],
    }
    if form.cleaned_data["field_phone"] and not form.cleaned_data["country"]:
        facts["without_phone"] = sum(not person.phone for person in people)
    if chances:
        facts["comparison"] = compare(contact, control, campaign.mean_score)
    return facts
