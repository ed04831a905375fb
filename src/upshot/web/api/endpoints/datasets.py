"""Data sets: upload, list, what is understood, suggested questions, delete."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import StringConstraints

from upshot.web.accounts.models import Role
from upshot.web.api.cursors import PartQuery, part_of
from upshot.web.api.endpoints.files import received_or_sent
from upshot.web.api.endpoints.shown import dataset_facts, dataset_out
from upshot.web.api.etags import tagged
from upshot.web.api.gate import READS, WRITES
from upshot.web.api.idempotency import once
from upshot.web.api.problems import Problem
from upshot.web.api.recorded import record
from upshot.web.api.schemas import DatasetFacts, DatasetOut, DatasetPart, SuggestionOut
from upshot.web.datasets import actions
from upshot.web.datasets.access import datasets_for, get_dataset_for
from upshot.web.datasets.models import Dataset
from upshot.web.files import pieces

router = Router(tags=["Data sets"])

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]


@router.get("", auth=READS, response=DatasetPart, summary="List data sets")
def list_datasets(
    request: HttpRequest, part: PartQuery, sha256: Annotated[Sha256 | None, Query()] = None
) -> Any:
    """Newest first. With `sha256`, those made from that file."""
    caller = request.auth  # type: ignore[attr-defined]
    rows = datasets_for(caller.user, caller.workspace).select_related("upload")
    if sha256 is not None:
        rows = rows.filter(upload__sha256=sha256.lower())
    return part_of(rows, part, dataset_out)


@router.post("", auth=WRITES, response={200: DatasetOut, 201: DatasetOut}, summary="Upload a file")
@once
def upload_dataset(
    request: HttpRequest,
    file: File[UploadedFile | None] = None,
    upload: Annotated[uuid.UUID | None, Form()] = None,
    sha256: Annotated[Sha256 | None, Form()] = None,
) -> Status:
    """Upload a file and have it read, or name an `upload` that was sent in pieces.

    A file that is there already is not stored or read again: the answer is then 200 with the data
    set made from it. With `sha256` the file is refused unless it arrived as it was sent.
    """
    caller = request.auth  # type: ignore[attr-defined]
    kept = received_or_sent(request, file, upload, sha256)
    made: list[Dataset] = []

    def receive() -> str:
        dataset, is_new = actions.receive(caller.workspace, caller.user, kept)
        made.extend([dataset] * is_new)
        return reverse("datasets:detail", args=[dataset.uuid])

    pieces.use_once(kept, receive)
    if not made:
        same = actions.same_upload(caller.workspace, kept.incoming.sha256)
        if same is None:
            raise Problem("not-found")
        return Status(200, dataset_out(same))
    record(request, "datasets:upload", made[0])
    return Status(201, dataset_out(made[0]))


@router.get("/{uuid:pk}", auth=READS, response=DatasetFacts, summary="What is understood")
def get_dataset(request: HttpRequest, pk: uuid.UUID) -> Any:
    """A data set with its columns and remarks. Takes `If-None-Match`."""
    return tagged(request, dataset_facts(_dataset(request, pk)))


@router.get(
    "/{uuid:pk}/questions",
    auth=READS,
    response=list[SuggestionOut],
    summary="Questions it could answer",
)
def suggest_questions(request: HttpRequest, pk: uuid.UUID) -> Any:
    """Suggestions, best first."""
    from upshot.jsonable import from_jsonable
    from upshot.questions import Suggestion

    dataset = _dataset(request, pk)
    if dataset.current is None:
        raise Problem("not-ready")
    return [
        SuggestionOut(
            question=found.question,
            target=found.target,
            positive=found.positive,
            reason=str(found.reason),
            score=found.score,
        )
        for found in from_jsonable(dataset.current.suggestions, tuple[Suggestion, ...])
    ]


@router.delete("/{uuid:pk}", auth=WRITES, response={204: None}, summary="Delete for good")
def delete_dataset(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Delete a data set with its runs, bundles, scored lists and files."""
    dataset = _dataset(request, pk, Role.EDITOR)
    record(request, "datasets:delete", dataset)
    actions.delete_dataset(dataset)
    return Status(204, None)


def _dataset(request: HttpRequest, pk: uuid.UUID, role: Role = Role.VIEWER) -> Dataset:
    caller = request.auth  # type: ignore[attr-defined]
    found = get_dataset_for(caller.user, pk, role)
    return caller.own(found, found.workspace)
