"""The job that scores a file; it runs in a child process of the worker."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.errors import InputError, Note
from upshot.jsonable import to_jsonable
from upshot.web.bundles.opening import open_bundle
from upshot.web.files import store
from upshot.web.jobs.context import JobContext
from upshot.web.predictions.audiences import keep_what_is_asked_first
from upshot.web.predictions.models import Format, Prediction, ScoredFile
from upshot.web.predictions.shown import preview_of, summary_of
from upshot.wording import say, to_plain

if TYPE_CHECKING:
    from upshot.bundles import Bundle, Scores
    from upshot.tables.table import Table

REASONS = 3
MOST_ROWS_WITH_REASONS = 100_000
"""Reasons cost about a millisecond a row; a larger list gets its scores without them."""


def score(arguments: dict[str, Any], context: JobContext) -> None:
    """Read the file, predict every row, and write the list in every format."""
    prediction = Prediction.objects.select_related(
        "bundle__file", "bundle__workspace", "upload"
    ).get(uuid=arguments["prediction"])
    workspace = prediction.bundle.workspace
    with store.working_folder() as folder:
        context.progress({"stage": to_plain(say("Opening the model"))}, force=True)
        bundle = open_bundle(prediction.bundle)
        context.progress({"stage": to_plain(say("Reading the file"))}, force=True)
        table = _open(prediction, bundle, folder)
        context.progress({"stage": to_plain(say("Scoring every row"))}, force=True)
        scores = bundle.score(table, reasons=_reasons(bundle, table))
        context.progress({"stage": to_plain(say("Writing the lists"))}, force=True)
        written, notes = _write(scores, folder)
        with context.commit(finish=True):
            prediction.rows = len(scores.frame)
            prediction.sheets = list(table.source.sheets)
            prediction.notes = to_jsonable((*scores.notes, *notes), sentences=True)
            prediction.preview = to_jsonable(preview_of(scores, bundle.task), sentences=True)
            prediction.summary = summary_of(scores, bundle.task)
            prediction.save(update_fields=["rows", "sheets", "notes", "preview", "summary"])
            for format_, path in written.items():
                ScoredFile.objects.create(
                    prediction=prediction, format=format_, file=store.keep_file(workspace, path)
                )
        if prediction.rows:
            with suppress(InputError):  # The list is there; its page works this out itself then.
                keep_what_is_asked_first(prediction)


def _open(prediction: Prediction, bundle: Bundle, folder: Path) -> Table:
    from upshot.tables.again import read_like

    if prediction.sample:
        from upshot.samples import write_new_rows

        path = write_new_rows(prediction.sample, folder)
    else:
        path = prediction.upload.path
    schema, sheet = bundle.manifest.schema, prediction.sheet or None
    return read_like(path, schema, name=prediction.original_name, sheet=sheet)


def _reasons(bundle: Bundle, table: Table) -> int:
    if bundle.surrogate is None or table.rows > MOST_ROWS_WITH_REASONS:
        return 0
    return REASONS


def _write(scores: Scores, folder: Path) -> tuple[dict[str, Path], list[Note]]:
    """Every format that can hold the list, and a note on each that cannot."""
    from upshot.bundles import write_scores

    written, notes = {}, []
    for format_ in Format:
        try:
            written[format_.value] = write_scores(scores, folder / f"scores.{format_.value}")
        except InputError as error:
            notes.append(Note("format", error.problem, None, error.remedy, "warning"))
    return written, notes
