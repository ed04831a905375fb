"""What was understood of a file, as `upshot read --json` prints it."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.errors import Note
from upshot.tables.findings import Finding, find
from upshot.tables.profile import Profile, profile
from upshot.tables.table import Skipped, Table


@dataclass(frozen=True)
class ColumnFacts:
    """One column: what it is, what it holds, and what was noticed."""

    name: str
    kind: str
    role: str
    missing: int
    distinct: int
    examples: tuple[str, ...]
    personal: str | None
    confidence: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class NoteFacts:
    """A reading note."""

    code: str
    column: str | None
    message: str
    remedy: str
    level: str


@dataclass(frozen=True)
class ReadFacts:
    """Everything understood of one file."""

    file: str
    format: str
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    header_row: int | None
    skipped: Skipped
    rows: int
    export: str | None
    columns: tuple[ColumnFacts, ...]
    notes: tuple[NoteFacts, ...]
    findings: tuple[Finding, ...] = ()


def describe(table: Table, known: Profile | None = None) -> ReadFacts:
    """Say what was understood of a table; a profile that exists already may be given."""
    figures = known or profile(table)
    columns = tuple(
        ColumnFacts(
            name=column.name,
            kind=str(column.kind),
            role=column.role,
            missing=figure.missing,
            distinct=figure.distinct,
            examples=figure.examples,
            personal=str(column.personal) if column.personal else None,
            confidence=column.confidence,
            notes=tuple(note.message for note in table.notes if note.column == column.name),
        )
        for column, figure in zip(table.schema.columns, figures.columns, strict=True)
    )
    source = table.source
    return ReadFacts(
        file=source.file,
        format=source.format,
        encoding=source.encoding,
        delimiter=source.delimiter,
        decimal=source.decimal,
        sheet=source.sheet,
        sheets=source.sheets,
        header_row=source.header_row,
        skipped=source.skipped,
        rows=table.rows,
        export=source.export,
        columns=columns,
        notes=tuple(_note(note) for note in table.notes),
        findings=find(table),
    )


def _note(note: Note) -> NoteFacts:
    return NoteFacts(note.code, note.column, note.message, note.remedy, note.level)
