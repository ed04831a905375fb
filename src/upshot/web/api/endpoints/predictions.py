"""Scored lists: have a file scored, watch, fetch the result, delete."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from upshot.web.accounts.models import Role
from upshot.web.api.binary import FILE_ANSWER
from upshot.web.api.cursors import PartQuery, part_of
from upshot.web.api.endpoints.datasets import Sha256
from upshot.web.api.endpoints.files import received_or_sent, sent
from upshot.web.api.endpoints.shown import prediction_out
from upshot.web.api.etags import tagged
from upshot.web.api.gate import PREDICTS, SEES_LISTS, WRITES
from upshot.web.api.idempotency import once
from upshot.web.api.problems import FieldError, Problem
from upshot.web.api.recorded import record
from upshot.web.api.schemas import PredictionOut, PredictionPart
from upshot.web.bundles.access import get_bundle_for
from upshot.web.files import pieces
from upshot.web.predictions import actions
from upshot.web.predictions.access import get_prediction_for, predictions_for
from upshot.web.predictions.models import Format, Prediction

router = Router(tags=["Predictions"])


@router.get("", auth=SEES_LISTS, response=PredictionPart, summary="List scored lists")
def list_predictions(
    request: HttpRequest, part: PartQuery, bundle: Annotated[uuid.UUID | None, Query()] = None
) -> Any:
    """Newest first. With `bundle`, those it scored."""
    caller = request.auth  # type: ignore[attr-defined]
    rows = predictions_for(caller.user, caller.workspace).prefetch_related("files")
    if bundle is not None:
        rows = rows.filter(bundle__uuid=bundle)
    return part_of(rows, part, prediction_out)


@router.post("", auth=PREDICTS, response={202: PredictionOut}, summary="Have a file scored")
@once
def score_file(
    request: HttpRequest,
    bundle: Annotated[uuid.UUID, Form()],
    file: File[UploadedFile | None] = None,
    upload: Annotated[uuid.UUID | None, Form()] = None,
    sha256: Annotated[Sha256 | None, Form()] = None,
) -> Status:
    """Upload a file of any size, or name an `upload` that was sent in pieces.

    Ask for its state until it is “ready”, then fetch the result.
    """
    caller = request.auth  # type: ignore[attr-defined]
    found = get_bundle_for(caller.user, bundle, Role.EDITOR)
    saved = caller.own(found, found.workspace)
    kept = received_or_sent(request, file, upload, sha256)
    made: list[Prediction] = []

    def score() -> str:
        made.append(actions.score_upload(saved, caller.user, kept))
        return reverse("predictions:detail", args=[made[0].uuid])

    pieces.use_once(kept, score)
    if not made:
        words = _("This upload was used already.")
        raise Problem("invalid", errors=[FieldError("upload", words)])
    prediction = made[0]
    record(request, "predictions:use", prediction)
    return Status(202, prediction_out(prediction))


@router.get("/{uuid:pk}", auth=SEES_LISTS, response=PredictionOut, summary="One scored list")
def get_prediction(request: HttpRequest, pk: uuid.UUID) -> Any:
    """How scoring goes. Takes `If-None-Match`."""
    return tagged(request, prediction_out(_prediction(request, pk)))


@router.get(
    "/{uuid:pk}/file", auth=SEES_LISTS, summary="Fetch the result", openapi_extra=FILE_ANSWER
)
def download_prediction(
    request: HttpRequest,
    pk: uuid.UUID,
    ending: Annotated[Format, Query(alias="format")] = Format.CSV,
) -> FileResponse:
    """The file with the predictions added, as CSV, Excel or Parquet."""
    prediction = _prediction(request, pk)
    if not prediction.is_ready:
        raise Problem("not-ready")
    made = prediction.files.select_related("file").filter(format=ending.value).first()
    if made is None:
        raise Http404
    record(request, "predictions:download", prediction)
    return sent(made.file.path, actions.download_name(prediction, made.format))


@router.delete("/{uuid:pk}", auth=WRITES, response={204: None}, summary="Delete for good")
def delete_prediction(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Delete a scored list and its files."""
    prediction = _prediction(request, pk, Role.EDITOR)
    record(request, "predictions:delete", prediction)
    actions.delete_prediction(prediction)
    return Status(204, None)


def _prediction(request: HttpRequest, pk: uuid.UUID, role: Role = Role.VIEWER) -> Prediction:
    caller = request.auth  # type: ignore[attr-defined]
    found = get_prediction_for(caller.user, pk, role)
    return caller.own(found, found.bundle.workspace)
