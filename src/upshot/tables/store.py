"""A read table in one Parquet file: cells, source, notes and schema, so nothing is parsed twice."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from upshot.errors import FileProblem, Note
from upshot.files import appearing
from upshot.jsonable import dumps, from_jsonable
from upshot.tables.large.stored import UNFIT_KEY, StoredCells
from upshot.tables.schema import Schema
from upshot.tables.table import Source, Table
from upshot.wording import say

_KEY = b"upshot.table"
_VERSION = 1


@dataclass(frozen=True)
class _Head:
    version: int
    source: Source
    notes: tuple[Note, ...]
    schema: Schema


def save(table: Table, path: str | os.PathLike[str]) -> None:
    """Write a table to `path`; the file appears whole or not at all."""
    import pyarrow.parquet as pq

    if isinstance(table.raw, StoredCells):
        with appearing(Path(path)) as temporary:
            _save_stored(table, table.raw, temporary)
        return
    raw = table.raw.replace_schema_metadata(head_of(table))
    with appearing(Path(path)) as temporary:
        pq.write_table(raw, temporary, compression="zstd")


def head_of(table: Table) -> dict[bytes, bytes]:
    """What a stored table says of itself beside its cells."""
    head = _Head(_VERSION, table.source, table.notes, table.schema)
    return {_KEY: dumps(head, sentences=True).encode("utf-8")}


def _save_stored(table: Table, cells: StoredCells, path: Path) -> None:
    """Keep a file that says the same already; else write its cells again, group by group."""
    import pyarrow.parquet as pq

    head = head_of(table)
    if cells.metadata.get(_KEY) == head[_KEY]:
        _keep(cells.path, path)
        return
    kept = {key: cells.metadata[key] for key in (UNFIT_KEY,)}
    with pq.ParquetFile(cells.path) as source:
        schema = source.schema_arrow.with_metadata({**head, **kept})
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for group in range(source.num_row_groups):
                writer.write_table(source.read_row_group(group).cast(schema))


def _keep(source: Path, path: Path) -> None:
    """Give a file a second name: no stored table is ever changed in place. Else copy it."""
    import shutil

    path.unlink(missing_ok=True)
    try:
        os.link(source, path)
    except OSError:  # on another disk, or on one without such names
        shutil.copyfile(source, path)


def load(path: str | os.PathLike[str], columns: Sequence[str] | None = None) -> Table:
    """Read a table that `save` wrote, or some of its columns.

    Raises
    ------
    FileProblem
        When the file is damaged or was not written by `save`.
    """
    import cattrs
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = Path(path).name
    wanted = None if columns is None else list(columns)
    try:
        facts = pq.read_metadata(path).metadata or {}
        head = from_jsonable(json.loads(facts[_KEY]), _Head)
        if UNFIT_KEY in facts and wanted is None:
            return Table(StoredCells(Path(path)), head.schema, head.notes, head.source)
        raw = pq.read_table(path, columns=wanted, memory_map=False)
    except FileNotFoundError:
        raise FileProblem(
            say("The stored table '{name}' is gone.", name=name), say("Upload the file again.")
        ) from None
    except (pa.ArrowException, OSError, KeyError, ValueError, cattrs.BaseValidationError):
        raise FileProblem(
            say("The stored table '{name}' is damaged.", name=name), say("Upload the file again.")
        ) from None
    if head.version > _VERSION:
        raise FileProblem(
            say("The stored table '{name}' was written by a newer Upshot.", name=name),
            say("Update Upshot."),
        )
    schema = head.schema if columns is None else head.schema.select(columns)
    return Table(raw.replace_schema_metadata(None), schema, head.notes, head.source)
