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
from upshot.tables.schema import Schema
from upshot.tables.table import Source, Table

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

    head = _Head(_VERSION, table.source, table.notes, table.schema)
    raw = table.raw.replace_schema_metadata({_KEY: dumps(head).encode("utf-8")})
    with appearing(Path(path)) as temporary:
        pq.write_table(raw, temporary, compression="zstd")


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
        raw = pq.read_table(path, columns=wanted, memory_map=False)
        head = from_jsonable(json.loads((raw.schema.metadata or {})[_KEY]), _Head)
    except FileNotFoundError:
        raise FileProblem(f"The stored table '{name}' is gone.", "Upload the file again.") from None
    except (pa.ArrowException, OSError, KeyError, ValueError, cattrs.BaseValidationError):
        raise FileProblem(
            f"The stored table '{name}' is damaged.", "Upload the file again."
        ) from None
    if head.version > _VERSION:
        raise FileProblem(
            f"The stored table '{name}' was written by a newer Upshot.", "Update Upshot."
        )
    schema = head.schema if columns is None else head.schema.select(columns)
    return Table(raw.replace_schema_metadata(None), schema, head.notes, head.source)
