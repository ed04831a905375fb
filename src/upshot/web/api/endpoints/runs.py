"""Runs: start, watch, stop, cancel, the answer and its report."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from ninja.responses import Response

from upshot.web.accounts.models import Role
from upshot.web.api import starting
from upshot.web.api.cursors import PartQuery, part_of
from upshot.web.api.endpoints.shown import progress_out, run_out
from upshot.web.api.etags import tagged
from upshot.web.api.gate import READS, WRITES
from upshot.web.api.idempotency import once
from upshot.web.api.problems import Problem
from upshot.web.api.recorded import record
from upshot.web.api.schemas import ProgressOut, RunIn, RunOut, RunPart
from upshot.web.datasets.access import get_dataset_for
from upshot.web.runs import actions
from upshot.web.runs.access import get_run_for, runs_for
from upshot.web.runs.models import Run

router = Router(tags=["Runs"])


@router.get("", auth=READS, response=RunPart, summary="List runs")
def list_runs(request: HttpRequest, part: PartQuery) -> Any:
    """Newest first."""
    caller = request.auth  # type: ignore[attr-defined]
    rows = (
        runs_for(caller.user, caller.workspace)
        .defer(None)
        .defer("charts", "charts_in", "answer", "job__progress")
    )
    return part_of(rows, part, run_out)


@router.post("", auth=WRITES, response={202: RunOut}, summary="Start a run")
@once
def start_run(request: HttpRequest, wish: RunIn) -> Status:
    """Ask a question of a data set and learn to answer it.

    The table is checked first. What would stop a person on the website stops the run as well; its
    message then says why and what to do.
    """
    caller = request.auth  # type: ignore[attr-defined]
    found = get_dataset_for(caller.user, wish.dataset, Role.EDITOR)
    dataset = caller.own(found, found.workspace)
    run = starting.start(dataset, caller.user, wish)
    record(request, "runs:start", run)
    return Status(202, run_out(run))


@router.get("/{uuid:pk}", auth=READS, response=RunOut, summary="One run")
def get_run(request: HttpRequest, pk: uuid.UUID) -> Any:
    """A run. Takes `If-None-Match`."""
    return tagged(request, run_out(_run(request, pk)))


@router.get("/{uuid:pk}/progress", auth=READS, response=ProgressOut, summary="How it goes")
def get_progress(request: HttpRequest, pk: uuid.UUID) -> Any:
    """Progress. Takes `If-None-Match`, so that asking every second costs next to nothing."""
    return tagged(request, progress_out(_run(request, pk)))


@router.post("/{uuid:pk}/stop", auth=WRITES, response={202: RunOut}, summary="Stop and keep")
@once
def stop_run(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Finish with the best so far; harmless when it has ended."""
    run = _run(request, pk, Role.EDITOR)
    actions.stop(run)
    record(request, "runs:stop", run)
    return Status(202, run_out(_run(request, pk)))


@router.post("/{uuid:pk}/cancel", auth=WRITES, response={202: RunOut}, summary="Cancel")
@once
def cancel_run(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Give up and keep nothing; harmless when it has ended."""
    run = _run(request, pk, Role.EDITOR)
    actions.cancel(run)
    record(request, "runs:cancel", run)
    return Status(202, run_out(_run(request, pk)))


@router.get("/{uuid:pk}/answer", auth=READS, response=dict[str, Any], summary="The answer")
def get_answer(request: HttpRequest, pk: uuid.UUID) -> Any:
    """Every fact of the answer: verdict, drivers, gains, measures, candidates, warnings."""
    from upshot.jsonable import to_jsonable
    from upshot.web.runs.answer import stored_answer

    return Response(to_jsonable(stored_answer(_finished(request, pk))))


@router.get(
    "/{uuid:pk}/report",
    auth=READS,
    summary="The report as a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The report.",
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}}
                    for kind in (
                        "text/html",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    )
                },
            }
        }
    },
)
def get_report(
    request: HttpRequest,
    pk: uuid.UUID,
    ending: Annotated[Literal["html", "xlsx", "pptx"], Query(alias="format")] = "html",
) -> HttpResponse:
    """A page, a workbook or slides."""
    from upshot.web.runs.reports import report_of

    run = _finished(request, pk)
    record(request, "runs:report", run)
    return report_of(run, ending)


@router.delete("/{uuid:pk}", auth=WRITES, response={204: None}, summary="Delete for good")
def delete_run(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Delete a run with its answer; its bundle stays."""
    run = _run(request, pk, Role.EDITOR)
    record(request, "runs:delete", run)
    actions.delete_run(run)
    return Status(204, None)


def _run(request: HttpRequest, pk: uuid.UUID, role: Role = Role.VIEWER) -> Run:
    caller = request.auth  # type: ignore[attr-defined]
    found = get_run_for(caller.user, pk, role)
    return caller.own(found, found.dataset.workspace)


def _finished(request: HttpRequest, pk: uuid.UUID) -> Run:
    run = _run(request, pk)
    if run.answer is None:
        raise Problem("not-ready")
    return run
