"""Bundles: list, facts, download, delete, and scoring rows at once."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import Router, Status

from upshot.web.accounts.models import Role
from upshot.web.api.binary import FILE_ANSWER
from upshot.web.api.cursors import PartQuery, part_of
from upshot.web.api.endpoints.files import sent
from upshot.web.api.endpoints.shown import bundle_fields, bundle_out, notes_out
from upshot.web.api.gate import PREDICTS, READS, WRITES
from upshot.web.api.problems import FieldError, Problem
from upshot.web.api.recorded import record
from upshot.web.api.schemas import (
    MOST_VALUES,
    BundleColumn,
    BundleFacts,
    BundlePart,
    RowOut,
    RowsIn,
    RowsOut,
)
from upshot.web.api.warm import opened
from upshot.web.bundles import actions
from upshot.web.bundles.access import bundles_for, get_bundle_for
from upshot.web.bundles.models import SavedBundle

router = Router(tags=["Bundles"])


@router.get("", auth=READS, response=BundlePart, summary="List bundles")
def list_bundles(request: HttpRequest, part: PartQuery) -> Any:
    """Newest first."""
    caller = request.auth  # type: ignore[attr-defined]
    return part_of(bundles_for(caller.user, caller.workspace), part, bundle_out)


@router.get("/{uuid:pk}", auth=READS, response=BundleFacts, summary="One bundle")
def get_bundle(request: HttpRequest, pk: uuid.UUID) -> Any:
    """What it predicts, which columns it needs, how it was tested, and a made-up row."""
    from upshot.bundles import read_facts
    from upshot.jsonable import to_jsonable

    saved = _bundle(request, pk)
    manifest = read_facts(saved.file.path)
    kinds = {column.name: column.kind.value for column in manifest.schema.columns}
    return BundleFacts(
        **bundle_fields(saved),
        notes=saved.notes,
        columns=[BundleColumn(name=name, kind=kinds[name]) for name in manifest.features],
        classes=list(manifest.task.classes),
        positive=manifest.task.positive,
        holdout=to_jsonable(manifest.holdout),
        example=dict(manifest.self_test.rows[0]),
    )


@router.get("/{uuid:pk}/file", auth=READS, summary="Download", openapi_extra=FILE_ANSWER)
def download_bundle(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The `.upshot` file."""
    saved = _bundle(request, pk)
    record(request, "bundles:download", saved)
    return sent(saved.file.path, actions.download_name(saved))


@router.delete("/{uuid:pk}", auth=WRITES, response={204: None}, summary="Delete for good")
def delete_bundle(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Delete a bundle with the lists scored by it."""
    saved = _bundle(request, pk, Role.EDITOR)
    record(request, "bundles:delete", saved)
    actions.delete_bundle(saved)
    return Status(204, None)


@router.post("/{uuid:pk}/predict", auth=PREDICTS, response=RowsOut, summary="Score rows at once")
def predict_rows(request: HttpRequest, pk: uuid.UUID, wish: RowsIn) -> RowsOut:
    """Score up to 1,000 rows and answer at once; nothing is stored."""
    from upshot.errors import InputError
    from upshot.predicting import predict_rows as score

    if sum(map(len, wish.rows)) > MOST_VALUES:
        message = f"More than {MOST_VALUES:,} values. Send fewer rows at once."
        raise Problem("invalid", errors=[FieldError("body.rows", message)])
    bundle = opened(_bundle(request, pk))
    try:
        scored = score(bundle, wish.rows, reasons=wish.reasons)
    except InputError as error:
        raise Problem("invalid", errors=[FieldError("body.rows", str(error))]) from None
    return RowsOut(
        predictions=[
            RowOut(
                prediction=row.prediction,
                probability=row.probability,
                probabilities=dict(row.probabilities) if row.probabilities else None,
                low=row.low,
                high=row.high,
                reasons=list(row.reasons),
            )
            for row in scored.predictions
        ],
        notes=notes_out(scored.notes),
    )


def _bundle(request: HttpRequest, pk: uuid.UUID, role: Role = Role.VIEWER) -> SavedBundle:
    caller = request.auth  # type: ignore[attr-defined]
    found = get_bundle_for(caller.user, pk, role)
    return caller.own(found, found.workspace)
