"""Several tables of one archive as one table: when their headers agree, and never by guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from upshot.errors import FileProblem, Note
from upshot.tables.opened import Opened, open_members
from upshot.tables.rawtable import RawTable
from upshot.tables.table import Skipped
from upshot.wording import comma_list, mark, quoted, say, say_count

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Parse = Callable[[Opened], RawTable]

# Remarks on single members that are shown; an archive may hold thousands of members.
_MOST_NOTES = 12
# A file of fewer rows may stand in another by chance, and so may one whose rows are mostly alike.
_LEAST_COPIED_ROWS = 20
_LEAST_DISTINCT = 0.9
# Beyond these, comparing rows would cost more than reading them.
_MOST_COMPARED_MEMBERS = 20
_MOST_COMPARED_ROWS = 3_000_000
_TYPED_FORMATS = frozenset({"parquet", "jsonl"})
_ONE_ALONE = mark("To read one file alone, choose it; on the command line: `--sheet MEMBER`.")


@dataclass(frozen=True, eq=False)
class _Member:
    """One table of the archive: its name there and its rows."""

    label: str
    table: RawTable

    @property
    def rows(self) -> int:
        return int(self.table.raw.num_rows)

    @property
    def names(self) -> list[str]:
        return list(self.table.raw.column_names)


@dataclass(frozen=True)
class _Origin:
    """The column that says where a row comes from: its name and the text for each member."""

    name: str
    texts: tuple[str, ...]


def join_members(opened: Opened, parse: Parse) -> RawTable | None:
    """Read all members of an archive as one table, or None when they are different tables.

    Members are joined when they have the same column names, in any order. The first column
    ``file`` holds the name of the member. The files of a Mailchimp audience are joined although
    those who left have more columns; there the first column is ``status``.

    Parameters
    ----------
    opened : Opened
        The largest member of the archive.
    parse : callable
        Reads one member.
    """
    members: list[_Member] = []
    try:
        for part in open_members(opened):
            member = _Member(part.member or "", parse(part))
            if not _may_join(member, members, part.format):
                return None
            members.append(member)
    except FileProblem:
        return None  # one that cannot be read does not keep a person from the largest
    if len(members) < 2:
        return None
    order = {label: position for position, label in enumerate(opened.members)}
    read = {member.label for member in members}
    empty = [label for label in opened.members if label not in read]
    copies = _copies(members)
    members = [member for member in members if member.label not in copies]
    members.sort(key=lambda member: order[member.label])
    table = _joined(opened, members, empty) if len(members) > 1 else members[0].table
    if copies:
        table = replace(table, notes=(_copies_note(copies), *table.notes))
    return table


def taken_alone(table: RawTable, opened: Opened) -> RawTable:
    """The largest table of an archive, with a note on the others."""
    others = [label for label in opened.members if label != opened.member]
    note = Note(
        "archive",
        say(
            "We read the largest file, '{member}'. The archive also holds {others}. "
            "We did not join them: their columns differ, or one of them cannot be read.",
            member=opened.member or opened.file,
            others=_listed(others),
        ),
        remedy=say("To read another file, choose it; on the command line: `--sheet MEMBER`."),
    )
    return replace(table, notes=(note, *table.notes))


def _may_join(member: _Member, others: Sequence[_Member], format_: str) -> bool:
    if member.table.source.header_row is None and format_ not in _TYPED_FORMATS:
        return False  # names that we made up cannot agree
    if not others:
        return True
    if set(member.names) == set(others[0].names):
        return True
    return all(_is_audience(one) for one in (member, others[0]))


def _is_audience(member: _Member) -> bool:
    from upshot.tables.exports import recognise_export
    from upshot.tables.exports.mailchimp_audience import MAILCHIMP_AUDIENCE, member_status

    export = recognise_export(member.names)
    return export is MAILCHIMP_AUDIENCE and member_status(_base(member.label)) is not None


def _copies(members: Sequence[_Member]) -> dict[str, str]:
    """Members all of whose rows also stand in another one, and that other one.

    Data sets come with a sample of themselves (``bank.csv`` beside ``bank-full.csv``); joined, its
    rows would count twice and stand on both sides of a split.
    """
    import numpy as np

    small = len(members) <= _MOST_COMPARED_MEMBERS
    if not small or sum(member.rows for member in members) > _MOST_COMPARED_ROWS:
        return {}
    names = sorted(members[0].names)
    prints = [
        (member, _prints(member, names))
        for member in sorted(members, key=lambda member: member.rows)
        if member.rows >= _LEAST_COPIED_ROWS and sorted(member.names) == names
    ]
    copies = {}
    for position, (member, rows) in enumerate(prints):
        for other, more in prints[position + 1 :]:
            distinct = len(np.unique(more)) >= _LEAST_DISTINCT * len(more)
            if distinct and np.isin(rows, more).all():
                copies[member.label] = other.label
                break
    return copies


def _prints(member: _Member, names: Sequence[str]) -> np.ndarray:
    """A number for each row, the same for the same cells."""
    import numpy as np
    import pandas as pd

    frame = member.table.raw.select(names).to_pandas().astype(str)
    return np.asarray(pd.util.hash_pandas_object(frame, index=False))


def _copies_note(copies: dict[str, str]) -> Note:
    said = comma_list(
        say("'{file}' in '{other}'", file=label, other=other)
        for label, other in list(copies.items())[:10]
    )
    return Note(
        "copied-member",
        say(
            "Every row of a file also stands in another file: {files}. We left the smaller file "
            "out, so that no row counts twice.",
            files=said,
        ),
        remedy=say(_ONE_ALONE),
    )


def _joined(opened: Opened, members: Sequence[_Member], empty: Sequence[str]) -> RawTable:
    import pyarrow as pa

    names = list(dict.fromkeys(name for one in _widest_last(members) for name in one.names))
    origin = _origin(members, names)
    counts = [member.rows for member in members]
    first = pa.chunked_array(
        [
            pa.repeat(pa.scalar(text), count)
            for text, count in zip(origin.texts, counts, strict=True)
        ],
        type=pa.string(),
    )
    columns = [_stacked([member.table.raw for member in members], name) for name in names]
    raw = pa.Table.from_arrays([first, *columns], names=[origin.name, *names])
    main = next((one for one in members if one.label == opened.member), members[0])
    skipped = [member.table.source.skipped for member in members]
    source = replace(
        main.table.source,
        sheet=None,
        sheets=opened.members,
        skipped=Skipped(
            sum(one.before for one in skipped),
            sum(one.after for one in skipped),
            sum(one.totals for one in skipped),
        ),
    )
    return RawTable(raw, source, (_note(members, origin, empty), *_notes(members)))


def _widest_last(members: Sequence[_Member]) -> list[_Member]:
    """Members by width: what all have stands first, what few have last."""
    return sorted(members, key=lambda member: len(member.names))


def _origin(members: Sequence[_Member], names: Sequence[str]) -> _Origin:
    from upshot.tables.exports.mailchimp_audience import member_status

    bases = [_base(member.label) for member in members]
    if all(_is_audience(member) for member in members):
        # Not both: the name of the file would give the status away.
        found = [member_status(base) for base in bases]
        return _Origin(_unused("status", names), tuple(status or "" for status in found))
    twice = {base for base, count in Counter(bases).items() if count > 1}
    texts = [m.label if b in twice else b for m, b in zip(members, bases, strict=True)]
    return _Origin(_unused("file", names), tuple(texts))


def _unused(name: str, names: Sequence[str]) -> str:
    taken = {other.strip().casefold() for other in names}
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _stacked(tables: Sequence[pa.Table], name: str) -> pa.ChunkedArray:
    """A column of all tables, one below the other; text where their types differ."""
    import pyarrow as pa

    parts = [
        table.column(name) if name in table.column_names else pa.nulls(table.num_rows)
        for table in tables
    ]
    kinds = {part.type for part in parts if part.null_count < len(part)}
    if len(kinds) == 1:
        kind = next(iter(kinds))
    else:
        kind = pa.float64() if kinds == {pa.int64(), pa.float64()} else pa.string()
    chunks = [chunk for part in parts for chunk in _as_type(part, kind)]
    return pa.chunked_array(chunks, type=kind)


def _as_type(part: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> list[pa.Array]:
    import pyarrow as pa

    if part.null_count == len(part):
        return [pa.nulls(len(part), kind)]
    cast = part.cast(kind)
    return list(cast.chunks) if isinstance(cast, pa.ChunkedArray) else [cast]


def _note(members: Sequence[_Member], origin: _Origin, empty: Sequence[str]) -> Note:
    if set(origin.texts) <= {"subscribed", "unsubscribed", "nonsubscribed", "cleaned"}:
        said = say(
            "We joined the {files} files of the audience into one table. `{column}` says which "
            "file a member stood in.",
            files=len(members),
            column=origin.name,
        )
    else:
        said = say(
            "We joined {files} files with the same columns into one table. `{column}` says which "
            "file a row comes from.",
            files=len(members),
            column=origin.name,
        )
    if empty:
        left = say("Empty, so left out: {files}.", files=_listed(empty))
        said = say("{one} {other}", one=said, other=left)
    return Note("joined", said, origin.name, say(_ONE_ALONE))


def _notes(members: Sequence[_Member]) -> list[Note]:
    """What was noticed in the members; once, with where, when several say the same."""
    where: dict[Note, list[str]] = {}
    for member in members:
        for note in member.table.notes:
            where.setdefault(note, []).append(_base(member.label))
    told = [_placed(note, labels, len(members)) for note, labels in where.items()]
    if len(told) > _MOST_NOTES:
        more = len(told) - _MOST_NOTES
        told = [
            *told[:_MOST_NOTES],
            Note(
                "more-notes",
                say_count(
                    "There is {number} more such remark.",
                    "There are {number} more such remarks.",
                    more,
                ),
            ),
        ]
    return told


def _placed(note: Note, labels: Sequence[str], members: int) -> Note:
    if len(labels) == members:
        return note
    if len(labels) == 1:
        placed = say("In '{file}': {message}", file=labels[0], message=note.message)
    else:
        placed = say("In {files} files: {message}", files=len(labels), message=note.message)
    return replace(note, message=placed)


def _listed(labels: Sequence[str]) -> str:
    shown = comma_list(quoted(labels[:10]))
    if len(labels) <= 10:
        return shown
    return say("{names} and {more} more", names=shown, more=len(labels) - 10)


def _base(label: str) -> str:
    return PurePosixPath(label.replace("\\", "/")).name
