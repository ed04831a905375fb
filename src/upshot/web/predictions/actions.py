"""What people do with scored lists, one function each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.actions import shown_name
from upshot.web.files import quota, store
from upshot.web.files.erase import erase
from upshot.web.files.uploads import ReceivedFile
from upshot.web.jobs.queue import enqueue
from upshot.web.predictions.models import Prediction

if TYPE_CHECKING:
    from upshot.samples import Sample


def score_upload(bundle: SavedBundle, user: Any, received: ReceivedFile) -> Prediction:
    """Keep an uploaded file and have it scored.

    Raises
    ------
    NoRoom
        When the workspace may keep no more.
    """
    quota.refuse_too_much(bundle.workspace, received.uncounted)
    with transaction.atomic():
        prediction = Prediction.objects.create(
            bundle=bundle,
            created_by=user,
            original_name=shown_name(received.name or "file"),
            upload=store.keep_incoming(bundle.workspace, received.incoming),
        )
        _enqueue(prediction)
    return prediction


def score_sample(bundle: SavedBundle, user: Any, sample: Sample) -> Prediction:
    """Score the follow-up rows of a sample data set."""
    with transaction.atomic():
        prediction = Prediction.objects.create(
            bundle=bundle,
            created_by=user,
            original_name=sample.new_file_name,
            sample=sample.slug,
        )
        _enqueue(prediction)
    return prediction


def score_again(prediction: Prediction, sheet: str | None = None) -> None:
    """Score the same file once more, from another sheet if one is named."""
    with transaction.atomic():
        if sheet is not None:
            prediction.sheet = sheet
        prediction.rows = None
        prediction.save(update_fields=["sheet", "rows"])
        prediction.files.all().delete()
        _enqueue(prediction)


def delete_prediction(prediction: Prediction) -> None:
    """Delete a scored list and its files."""
    erase(prediction, prediction.bundle.workspace)


def download_name(prediction: Prediction, format_: str) -> str:
    """The file name a person gets: that of their file, marked as scored."""
    stem = prediction.original_name.rsplit(".", 1)[0]
    kept = "".join(char if char.isalnum() or char in " -_.()" else " " for char in stem)
    return f"{' '.join(kept.split())[:100].strip(' .') or 'list'} scored.{format_}"


def _enqueue(prediction: Prediction) -> None:
    arguments = {"prediction": str(prediction.uuid)}
    prediction.job = enqueue("predictions.score", arguments, prediction.bundle.workspace)
    prediction.save(update_fields=["job"])
