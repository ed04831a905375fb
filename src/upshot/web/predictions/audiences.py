"""From a scored list and a form to a campaign, and to what the page says of it.

What the page needs to know of the list, its columns and how many people a choice means, is worked
out once and kept beside the file: nobody's name or address is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from upshot.audiences import FIELDS, LISTS, Choice, Who, compare, guess_fields, make_campaign
from upshot.audiences.write import listed, notes_of
from upshot.errors import InputError
from upshot.jsonable import to_jsonable
from upshot.web.files import beside
from upshot.web.predictions.audience_forms import CONTROL, AudienceForm
from upshot.web.predictions.models import Format, Prediction, ScoredFile

if TYPE_CHECKING:
    import pandas as pd

    from upshot.audiences import Campaign
    from upshot.tables.table import Table

_BEST_FIRST = (Format.PARQUET, Format.CSV, Format.XLSX)
"""Parquet keeps every cell as it was written, so it is read when it is there."""


@dataclass(frozen=True)
class Scored:
    """A scored list: its best file, its columns, and which of them say how to reach people."""

    prediction: Prediction
    made: ScoredFile
    names: tuple[str, ...]
    guessed: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """The person's own columns."""
        return [name for name in self.names if not name.startswith("upshot_")]

    @property
    def scores(self) -> dict[str, str]:
        """The columns people can be ranked by, with their words."""
        task = self.prediction.bundle.task
        if task == "regression":
            return {"upshot_prediction": _("Predicted amount")}
        names = [name for name in self.names if name.startswith("upshot_probability")]
        return {name: _chance_of(name[19:]) for name in names}

    def frame(self) -> pd.DataFrame:
        """The cells as written, read again."""
        return _table_of(self.made).raw.to_pandas()


def _chance_of(outcome: str) -> str:
    return _("Chance of %(outcome)s") % {"outcome": outcome} if outcome else _("Chance")


def open_scored(prediction: Prediction) -> Scored:
    """What is known of the best file of a scored list."""
    made = {file.format: file for file in prediction.files.select_related("file")}
    best = next((made[format_] for format_ in _BEST_FIRST if format_ in made), None)
    if best is None:
        raise InputError(_("The scored list has no file."), _("Score the file again."))
    facts = beside.worked_out(best.file, "columns", best.format, lambda: _columns_of(best))
    return Scored(prediction, best, tuple(facts["names"]), facts["guessed"])


def _columns_of(made: ScoredFile) -> dict[str, Any]:
    schema = _table_of(made).schema
    own = [name for name in schema.names if not name.startswith("upshot_")]
    return {"names": list(schema.names), "guessed": dict(guess_fields(schema.select(own)))}


def _table_of(made: ScoredFile) -> Table:
    from upshot.tables import read

    return read(made.file.path, name=f"list.{made.format}")


def keep_what_is_asked_first(prediction: Prediction) -> None:
    """Work out what the page of a new list shows before anything is chosen."""
    scored = open_scored(prediction)
    form = form_of(scored, QueryDict())
    if form.is_valid():
        _counts(scored, form)


def form_of(scored: Scored, data: Any) -> AudienceForm:
    """The form as sent, with what is understood of the columns where nothing was sent."""
    given = {
        "score": next(iter(scored.scores), ""),
        "who": Who.TENTHS.value,
        "tenths": "2",
        "control": CONTROL,
        **{f"field_{field}": name for field, name in scored.guessed.items()},
        **data.dict(),
    }
    return AudienceForm(given, scored.columns, scored.scores)


def _choice_of(scored: Scored, form: AudienceForm) -> Choice:
    """What a valid form says; the same list sets the same people aside each time."""
    said = form.cleaned_data
    who = Who(said["who"])
    is_amount = said["score"] == "upshot_prediction"
    percent = who is Who.ABOVE and not is_amount
    return Choice(
        score=said["score"],
        who=who,
        amount=said[who.value] / 100 if percent else said[who.value],
        control=said["control"] / 100,
        seed=scored.prediction.uuid.int % 2**63,
        country=said["country"],
        fields={field: said[f"field_{field}"] for field in FIELDS if said[f"field_{field}"]},
        value="upshot_prediction" if is_amount else "",
    )


def campaign_of(scored: Scored, form: AudienceForm) -> tuple[pd.DataFrame, Campaign]:
    """The list read again, and the people a valid form describes."""
    frame = scored.frame()
    return frame, make_campaign(frame, _choice_of(scored, form))


def _counts(scored: Scored, form: AudienceForm) -> dict[str, Any]:
    """How many people a valid form means, and how high they stand."""
    return beside.worked_out(
        scored.made.file,
        "counts",
        to_jsonable(_choice_of(scored, form)),
        lambda: _counted(campaign_of(scored, form)[1]),
    )


def _counted(campaign: Campaign) -> dict[str, Any]:
    people, unreachable = listed(campaign)
    return {
        "chosen": len(campaign.rows),
        "contact": campaign.count("contact"),
        "control": campaign.count("control"),
        "listed": len(people),
        "unreachable": unreachable,
        "without_phone": sum(not person.phone for person in people),
        "mean_score": campaign.mean_score,
    }


def shown(scored: Scored, form: AudienceForm) -> dict[str, Any]:
    """What the page says of a campaign: counts, notes and the comparison, never a person."""
    counts = _counts(scored, form)
    facts: dict[str, Any] = {
        **{name: counts[name] for name in ("chosen", "contact", "control", "listed")},
        "lists": [
            {"target": target, "notes": notes_of(counts["listed"], counts["unreachable"], target)}
            for target in LISTS.values()
        ],
    }
    if form.cleaned_data["field_phone"] and not form.cleaned_data["country"]:
        facts["without_phone"] = counts["without_phone"]
    if scored.prediction.bundle.task != "regression":
        facts["comparison"] = compare(counts["contact"], counts["control"], counts["mean_score"])
    return facts
