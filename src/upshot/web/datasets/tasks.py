"""Jobs of data sets; they run in a child process of the worker, where parsers may fail safely."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.corrections import carried_over
from upshot.tables.options import ReadOptions
from upshot.tables.profile import Profile
from upshot.tables.schema import Schema
from upshot.web.datasets.findings import kept_findings
from upshot.web.datasets.models import Dataset, SchemaVersion
from upshot.web.files import store
from upshot.web.jobs.context import JobContext
from upshot.wording import say, to_plain

if TYPE_CHECKING:
    from upshot.tables.findings import Finding
    from upshot.tables.table import Table


def read(arguments: dict[str, Any], context: JobContext) -> None:
    """Read the file of a data set, look at every column, and keep the result."""
    from upshot.tables.store import save

    dataset = Dataset.objects.select_related("workspace", "upload").get(uuid=arguments["dataset"])
    context.progress({"stage": to_plain(say("Reading the file"))}, force=True)
    with store.working_folder() as folder:
        table = _open(dataset, folder)
        corrections = _corrections(arguments.get("like", arguments["dataset"]))
        if corrections is not None:
            table = table.with_schema(carried_over(table.schema, corrections))
        context.progress({"stage": to_plain(say("Looking at every column"))}, force=True)
        profile, suggestions, found = _look(table)
        saved = folder / "table.parquet"
        save(table, saved)
        with context.commit(finish=True):
            dataset.table = store.keep_file(dataset.workspace, saved)
            dataset.rows = table.rows
            dataset.source = to_jsonable(table.source)
            dataset.notes = to_jsonable(table.notes, sentences=True)
            dataset.versions.all().delete()
            dataset.current = SchemaVersion.objects.create(
                dataset=dataset,
                number=1,
                schema=to_jsonable(table.schema),
                profile=profile,
                suggestions=suggestions,
                findings=to_jsonable(found, sentences=True),
                created_by_id=dataset.created_by_id,
            )
            dataset.save(update_fields=["table", "rows", "source", "notes", "current"])


def profile(arguments: dict[str, Any], context: JobContext) -> None:
    """Look at a table again after a person corrected what a column holds."""
    versions = SchemaVersion.objects.select_related("dataset__table", "parent")
    version = versions.get(uuid=arguments["version"])
    table = load_table(version)
    facts, suggestions, found = _look(table, version.parent)
    findings = kept_findings(version.findings, table.schema, found)
    with context.commit(finish=True):
        SchemaVersion.objects.filter(pk=version.pk).update(
            profile=facts, suggestions=suggestions, findings=findings, pending=""
        )


def load_table(version: SchemaVersion) -> Table:
    """The table of a data set, as one version of the schema reads it."""
    from upshot.tables.store import load

    table = load(version.dataset.table.path)
    return table.with_schema(from_jsonable(version.schema, Schema))


def _open(dataset: Dataset, folder: Path) -> Table:
    from upshot.tables import read as read_file

    if dataset.sample:
        from upshot.samples import write_sample

        path = write_sample(dataset.sample, folder)
    else:
        path = dataset.upload.path
    told = from_jsonable(dataset.reading or {}, ReadOptions)
    told = replace(told, sheet=dataset.sheet or None)
    return read_file(path, name=dataset.original_name, options=told)


def _corrections(uuid: str) -> Schema | None:
    """The newest version of a data set, with what a person corrected so far."""
    versions = SchemaVersion.objects.filter(dataset__uuid=uuid).select_related("dataset__current")
    newest = versions.order_by("-number").first()
    if newest is None:
        return None
    current = newest.dataset.current or newest
    return from_jsonable(current.schema, Schema)


def _look(
    table: Table, parent: SchemaVersion | None = None
) -> tuple[Any, Any, tuple[Finding, ...]]:
    """Look at a table; after a correction only at the columns that are read anew."""
    from upshot.questions import suggest
    from upshot.tables.findings import find
    from upshot.tables.profiled_again import profiled_again

    before = None if parent is None or parent.pending else from_jsonable(parent.profile, Profile)
    earlier = None if parent is None else from_jsonable(parent.schema, Schema)
    facts = profiled_again(table, before, earlier)
    seen = table.within_memory
    suggestions = to_jsonable(suggest(seen, facts), sentences=True)
    return to_jsonable(facts), suggestions, find(seen)
