"""A profile after a correction: only the columns that are read anew are counted again."""

from __future__ import annotations

from dataclasses import replace

from upshot.tables.profile import Profile, profile
from upshot.tables.schema import Schema
from upshot.tables.table import Table


def read_anew(before: Schema, after: Schema) -> tuple[str, ...]:
    """The columns that two versions of a schema read differently; ignoring one changes no cell."""
    pairs = zip(before.columns, after.columns, strict=True)
    return tuple(new.name for old, new in pairs if replace(old, ignored=new.ignored) != new)


def profiled_again(
    table: Table, before: Profile | None = None, earlier: Schema | None = None
) -> Profile:
    """Count what each column of a table holds, where an earlier profile does not say it.

    Parameters
    ----------
    table : Table
        Read by the schema that is in force now.
    before, earlier : Profile and Schema, optional
        Of the same cells before a correction; all columns are counted when not given.
    """
    known = {one.name: one for one in before.columns} if before and earlier else {}
    if not known or earlier is None or earlier.names != table.schema.names:
        return profile(table)
    anew = set(read_anew(earlier, table.schema)) | (set(table.schema.names) - set(known))
    if not anew:
        return Profile(table.rows, tuple(known[name] for name in table.schema.names))
    few = table.with_schema(table.schema.select(n for n in table.schema.names if n in anew))
    counted = known | {one.name: one for one in profile(few).columns}
    return Profile(table.rows, tuple(counted[name] for name in table.schema.names))
