"""What the columns of a parsed table hold, and which export it is."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import FileProblem
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.rawtable import RawTable
from upshot.tables.table import Table
from upshot.wording import say


def understand(raw: RawTable, options: ReadOptions = AS_DETECTED) -> Table:
    """Decide what the columns of a parsed table hold, and which export it is."""
    from upshot.tables.exports import recognise_export
    from upshot.tables.infer import infer
    from upshot.tables.known_export import apply_export

    if not raw.raw.num_columns:
        raise FileProblem(
            say("'{file}' has no columns.", file=raw.source.file), say("Export it again.")
        )
    inferred = infer(raw.raw, options.decimal)
    schema, notes = inferred.schema, (*raw.notes, *inferred.notes)
    export = recognise_export(schema.names)
    if export is not None:
        schema, said = apply_export(schema, export)
        notes = (*said, *notes)
    source = replace(raw.source, decimal=inferred.decimal, export=export.code if export else None)
    return Table(raw.raw, schema, notes, source)
