"""What people do with data sets, one function each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext

from upshot.errors import Remedy
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.options import ReadOptions
from upshot.tables.remedies import apply_remedy, take_back
from upshot.tables.schema import Kind, Schema
from upshot.web.datasets.models import Dataset, SchemaVersion
from upshot.web.datasets.remedy_words import words_for
from upshot.web.files import quota, store
from upshot.web.files.erase import erase
from upshot.web.files.uploads import ReceivedFile
from upshot.web.jobs.models import State
from upshot.web.jobs.queue import enqueue
from upshot.wording import mark, say

# What is kept when a person says what a column holds.
KIND_WORDS = {
    Kind.NUMBER: mark("“{column}” is a number"),
    Kind.CATEGORY: mark("“{column}” is a category"),
    Kind.TEXT: mark("“{column}” is free text"),
    Kind.DATETIME: mark("“{column}” is a date or time"),
    Kind.BOOLEAN: mark("“{column}” is yes or no"),
    Kind.IDENTIFIER: mark("“{column}” is an identifier"),
    Kind.CONSTANT: mark("“{column}” is always the same"),
}


def upload_dataset(workspace: Any, user: Any, received: ReceivedFile) -> Dataset:
    """Keep an uploaded file and have it read."""
    original = shown_name(received.name or "file")
    with transaction.atomic():
        stored = store.keep_incoming(workspace, received.incoming)
        dataset = Dataset.objects.create(
            workspace=workspace,
            created_by=user,
            name=original[:200],
            original_name=original,
            upload=stored,
        )
        _enqueue_read(dataset)
    return dataset


def receive(workspace: Any, user: Any, received: Any) -> tuple[Dataset, bool]:
    """The data set of a file, and whether it is new: the same content is read once.

    Raises
    ------
    NoRoom
        When the workspace may keep no more.
    """
    same = same_upload(workspace, received.incoming.sha256)
    if same is not None:
        return same, False
    quota.refuse_too_much(workspace, received.uncounted)
    return upload_dataset(workspace, user, received), True


def same_upload(workspace: Any, sha256: str) -> Dataset | None:
    """The newest data set made from a file with this content, unless reading it failed."""
    found = Dataset.objects.filter(workspace=workspace, upload__sha256=sha256, sheet="")
    usable = found.exclude(current=None, job__state__in=(State.FAILED, State.CANCELLED))
    return usable.select_related("job", "upload").first()


def start_sample(workspace: Any, user: Any, key: str) -> Dataset:
    """Make a sample data set and have it read."""
    from upshot.samples import SAMPLES

    sample = SAMPLES[key]
    with transaction.atomic():
        dataset = Dataset.objects.create(
            workspace=workspace,
            created_by=user,
            name=str(sample.title),
            original_name=sample.file_name,
            sample=key,
        )
        _enqueue_read(dataset)
    return dataset


def read_again(dataset: Dataset) -> None:
    """Read the file once more."""
    with transaction.atomic():
        # The versions go once the file was read: what was corrected is made again on that reading.
        dataset.current = None
        dataset.save(update_fields=["sheet", "reading", "current"])
        _enqueue_read(dataset)


def choose_sheet(dataset: Dataset, user: Any, sheet: str) -> Dataset:
    """Read another sheet, otherwise as before."""
    told = from_jsonable(dataset.reading or {}, ReadOptions)
    return read_as_told(dataset, user, replace(told, sheet=sheet or None))


def read_as_told(dataset: Dataset, user: Any, options: ReadOptions) -> Dataset:
    """Read the file in another way; a data set that was already asked something stays as it is."""
    told, sheet = to_jsonable(replace(options, sheet=None)), options.sheet or ""
    reading = {name: value for name, value in told.items() if value is not None}
    if not dataset.questions.exists():
        dataset.sheet, dataset.reading = sheet, reading
        read_again(dataset)
        return dataset
    with transaction.atomic():
        other = Dataset.objects.create(
            workspace=dataset.workspace,
            created_by=user,
            name=_other_name(dataset, sheet),
            original_name=dataset.original_name,
            upload_id=dataset.upload_id,
            sheet=sheet,
            reading=reading,
        )
        _enqueue_read(other, like=dataset)
    return other


def _other_name(dataset: Dataset, sheet: str) -> str:
    words = sheet or gettext("read another way")
    return f"{dataset.original_name} ({words})"[:200]


def set_kind(dataset: Dataset, user: Any, column: str, kind: Kind) -> SchemaVersion:
    """Say what a column holds; its profile is made again by a job."""
    words = say(KIND_WORDS[kind], column=column)
    with transaction.atomic():
        current = _current(dataset)
        schema = _schema(current)
        changed = schema.with_kind(column, kind)
        if changed == schema:
            return current
        return _new_version(dataset, user, current, changed, words, look_at=column)


def answer(dataset: Dataset, user: Any, column: str, question: str, value: str) -> SchemaVersion:
    """Keep what a person said about a column that left something open; it is read anew."""
    from upshot.tables.asking import answered

    with transaction.atomic():
        current = _current(dataset)
        schema = _schema(current)
        changed = answered(schema, column, question, value)
        if changed == schema:
            return current
        words = say("You said how “{column}” is to be read", column=column)
        return _new_version(dataset, user, current, changed, words, look_at=column)


def set_ignored(dataset: Dataset, user: Any, column: str, *, ignored: bool) -> SchemaVersion:
    """Keep a column out of models, or let it in again."""
    words = (
        say("“{column}” is ignored", column=column)
        if ignored
        else say("“{column}” is used again", column=column)
    )
    with transaction.atomic():
        current = _current(dataset)
        schema = _schema(current)
        changed = schema.with_ignored(column, ignored=ignored)
        if changed == schema:
            return current
        return _new_version(dataset, user, current, changed, words)


def carry_out(
    dataset: Dataset, user: Any, steps: Sequence[Remedy], *, undo: bool = False
) -> SchemaVersion:
    """Take the steps that a finding offers, or take them back; together they are one version."""
    words = words_for(steps, undo=undo)
    with transaction.atomic():
        current = _current(dataset)
        changed = _schema(current)
        for step in steps:
            changed = take_back(changed, step) if undo else apply_remedy(changed, step)
        return _changed_to(dataset, user, current, changed, words)


def undo(dataset: Dataset) -> None:
    """Go back to the version before the last change."""
    with transaction.atomic():
        current = _current(dataset)
        if current.parent is not None:
            _go_back(dataset, current.parent)


def undo_column(dataset: Dataset, user: Any, column: str) -> SchemaVersion:
    """Take back the last correction of one column; those of other columns stay."""
    with transaction.atomic():
        current = _current(dataset)
        changed = _schema(current).undo(column)
        words = say("“{column}” is as it was before", column=column)
        return _changed_to(dataset, user, current, changed, words)


def rename(dataset: Dataset, name: str) -> None:
    """Give a data set another name."""
    dataset.name = name
    dataset.save(update_fields=["name"])


def what_goes(dataset: Dataset) -> dict[str, int]:
    """How much is deleted with a data set."""
    return Dataset.objects.filter(pk=dataset.pk).aggregate(
        run_count=Count("runs", distinct=True),
        bundle_count=Count("bundles", distinct=True),
        list_count=Count("bundles__predictions", distinct=True),
    )


def delete_dataset(dataset: Dataset) -> None:
    """Delete a data set, everything made from it, and the files."""
    erase(dataset, dataset.workspace)


def shown_name(name: str) -> str:
    """A file name as text to show: the last part, without control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(char for char in last if char.isprintable()).strip()
    return printable[:255] or "file"


def _enqueue_read(dataset: Dataset, like: Dataset | None = None) -> None:
    """Have the file read; corrections are those of the data set itself, or of another one."""
    arguments = {"dataset": str(dataset.uuid)}
    if like is not None:
        arguments["like"] = str(like.uuid)
    dataset.job = enqueue("datasets.read", arguments, dataset.workspace)
    dataset.save(update_fields=["job"])


def _current(dataset: Dataset) -> SchemaVersion:
    """The version in force, read again under a lock: two people may correct at once."""
    locked = Dataset.objects.select_for_update().get(pk=dataset.pk)
    return SchemaVersion.objects.get(pk=locked.current_id)


def _schema(version: SchemaVersion) -> Schema:
    return from_jsonable(version.schema, Schema)


def _changed_to(
    dataset: Dataset, user: Any, current: SchemaVersion, changed: Schema, words: str
) -> SchemaVersion:
    """The version that reads the table as `changed` does: the one before, or a new one."""
    from upshot.tables.profiled_again import read_anew

    schema = _schema(current)
    if _same(changed, schema):
        return current
    if current.parent is not None and _same(changed, _schema(current.parent)):
        return _go_back(dataset, current.parent)
    reread = read_anew(schema, changed)
    look_at = reread[0] if reread else ""
    return _new_version(dataset, user, current, changed, words, look_at=look_at)


def _same(one: Schema, other: Schema) -> bool:
    """Whether two versions read a table alike, whatever led to them."""
    return (one.columns, one.row_rules) == (other.columns, other.row_rules)


def _go_back(dataset: Dataset, version: SchemaVersion) -> SchemaVersion:
    Dataset.objects.filter(pk=dataset.pk).update(current=version)
    dataset.current = version
    return version


def _new_version(
    dataset: Dataset,
    user: Any,
    parent: SchemaVersion,
    schema: Schema,
    change: str,
    *,
    look_at: str = "",
) -> SchemaVersion:
    """Keep a version; its profile is made again where a column is read anew."""
    last = dataset.versions.aggregate(last=Max("number"))["last"]
    version = SchemaVersion.objects.create(
        dataset=dataset,
        number=last + 1,
        parent=parent,
        change=change,
        schema=to_jsonable(schema),
        profile=parent.profile,
        suggestions=parent.suggestions,
        findings=parent.findings,
        # A look that is still under way fills in its own version only: this one needs its own.
        pending=look_at or parent.pending,
        created_by=user,
    )
    if version.pending:
        version.job = enqueue("datasets.profile", {"version": str(version.uuid)}, dataset.workspace)
        version.save(update_fields=["job"])
    Dataset.objects.filter(pk=dataset.pk).update(current=version)
    dataset.current = version
    return version
