"""From rows of the database to the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from upshot.web.api import schemas
from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.models import Dataset
from upshot.web.jobs.models import Job, State
from upshot.web.predictions.models import Prediction
from upshot.web.runs.models import Run
from upshot.web.runs.progress import progress_of


def dataset_out(dataset: Dataset) -> schemas.DatasetOut:
    """A data set in a list."""
    return schemas.DatasetOut(**_dataset(dataset))


def dataset_facts(dataset: Dataset) -> schemas.DatasetFacts:
    """A data set with what is understood of it."""
    source = dataset.source
    return schemas.DatasetFacts(
        **_dataset(dataset),
        format=source.get("format"),
        sheet=source.get("sheet"),
        sheets=list(source.get("sheets") or ()),
        columns=_columns(dataset),
        notes=notes_out(dataset.notes if dataset.is_ready else ()),
    )


def run_out(run: Run) -> schemas.RunOut:
    """A run."""
    return schemas.RunOut(
        id=run.uuid,
        dataset=run.dataset.uuid,
        title=run.title,
        state=_run_state(run),
        stopping=run.job is not None and run.job.stop_requested,
        message=run.job.message if run.job is not None else "",
        effort=run.effort,
        choice=schemas.ChoiceOut(**_choice(run.choice)),
        verdict=str(run.verdict),
        bundle=run.bundle.uuid if run.bundle is not None else None,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )


def progress_out(run: Run) -> schemas.ProgressOut:
    """How a run goes."""
    job = run.job
    state = _run_state(run)
    progress = progress_of(job.progress.get("events", ()) if job is not None else ())
    return schemas.ProgressOut(
        state=state,
        stage=str(progress.stage) if state in (State.QUEUED, State.RUNNING) else "",
        percent=100 if state == State.SUCCEEDED else progress.percent,
        remaining_seconds=progress.remaining if state == State.RUNNING else None,
        tried=len(progress.tried),
        first_answer=str(progress.first_answer),
        message=job.message if job is not None else "",
    )


def bundle_out(bundle: SavedBundle) -> schemas.BundleOut:
    """A bundle in a list."""
    return schemas.BundleOut(**bundle_fields(bundle))


def bundle_fields(bundle: SavedBundle) -> dict[str, Any]:
    """What a list says of a bundle."""
    return {
        "id": bundle.uuid,
        "name": bundle.name,
        "question": bundle.question,
        "task": bundle.task,
        "target": bundle.target,
        "quality": bundle.quality,
        "level": bundle.level,
        "learned_from": bundle.learned_from,
        "dataset": bundle.dataset.uuid if bundle.dataset is not None else None,
        "size": bundle.file.size,
        "sha256": bundle.file.sha256,
        "created_at": bundle.created_at,
    }


def prediction_out(prediction: Prediction) -> schemas.PredictionOut:
    """A scored list."""
    ready = prediction.is_ready
    return schemas.PredictionOut(
        id=prediction.uuid,
        bundle=prediction.bundle.uuid,
        file=prediction.original_name,
        state=_file_state(prediction.job, ready),
        message=_message(prediction.job, ready),
        rows=prediction.rows,
        formats=sorted(made.format for made in prediction.files.all()) if ready else [],
        notes=notes_out(prediction.notes if ready else ()),
        created_at=prediction.created_at,
    )


def notes_out(stored: Iterable[Any]) -> list[schemas.NoteOut]:
    """Remarks, as stored or as facts, in plain words."""
    from upshot.errors import Note
    from upshot.jsonable import from_jsonable

    notes = [note if isinstance(note, Note) else from_jsonable(note, Note) for note in stored]
    return [
        schemas.NoteOut(
            code=note.code,
            message=str(note.message),
            column=note.column,
            remedy=str(note.remedy),
            level=note.level,
        )
        for note in notes
    ]


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return {
        "id": dataset.uuid,
        "name": dataset.name,
        "file": dataset.original_name,
        "state": _file_state(dataset.job, dataset.is_ready),
        "message": _message(dataset.job, dataset.is_ready),
        "rows": dataset.rows if dataset.is_ready else None,
        "sha256": dataset.upload.sha256 if dataset.upload is not None else None,
        "created_at": dataset.created_at,
    }


def _columns(dataset: Dataset) -> list[schemas.ColumnOut]:
    version = dataset.current
    if version is None:
        return []
    profiles = {item["name"]: item for item in version.profile["columns"]}
    return [
        schemas.ColumnOut(
            name=column["name"],
            kind=column["kind"],
            role=column["role"],
            personal=column["personal"],
            ignored=column["ignored"],
            missing=profiles.get(column["name"], {}).get("missing", 0),
            distinct=profiles.get(column["name"], {}).get("distinct", 0),
        )
        for column in version.schema["columns"]
    ]


def _choice(choice: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "question": choice.get("question"),
        "target": choice["target"],
        "positive": choice.get("positive"),
        "date": choice.get("date"),
        "group": choice.get("group"),
        "ignore": list(choice.get("ignore") or ()),
        "keep_personal": bool(choice.get("keep_personal")),
    }


def _run_state(run: Run) -> str:
    if run.finished_at is not None:
        return State.SUCCEEDED.value
    return State(run.job.state).value if run.job is not None else State.FAILED.value


def _file_state(job: Job | None, ready: bool) -> str:
    if ready:
        return "ready"
    if job is None or job.state == State.SUCCEEDED:
        return "failed"
    return State(job.state).value


def _message(job: Job | None, ready: bool) -> str:
    return "" if ready or job is None else job.message
