"""Read a large text file: judge a sample of it, then store all rows as Parquet."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import replace
from pathlib import Path

from upshot.tables.csv_text import Plainly, read_plainly
from upshot.tables.footer import cut_footer
from upshot.tables.large.encoded import UTF8, as_utf8, encoding_of_all
from upshot.tables.large.notes import tell
from upshot.tables.large.packed import unpacked
from upshot.tables.large.parse import OtherEncoding, Surprise
from upshot.tables.large.pieces import NotInPieces, Text
from upshot.tables.large.plan import Plan, make_plan
from upshot.tables.large.sample import HEAD_BYTES, TAIL_BYTES, draw, judge_sample, parse_sample
from upshot.tables.large.stored import UNFIT_KEY, StoredCells, unfit_as_json
from upshot.tables.large.stream import Seen, stream
from upshot.tables.large.writing import Writer
from upshot.tables.opened import open_head
from upshot.tables.options import ReadOptions
from upshot.tables.store import head_of
from upshot.tables.table import Source, Table

# Below this a file is read as a whole: faster to judge, and nothing is estimated.
LARGE_BYTES = 48 * 1024**2
# How often rows may contradict the sample before the file is read as a whole.
_MOST_SURPRISES = 6
# More cells than this share that do not fit: the column is not what the sample said.
_MOST_UNFIT = 0.05


def is_large(path: Path) -> bool:
    """Whether a file is large enough to be read in pieces."""
    try:
        return path.is_file() and path.stat().st_size > LARGE_BYTES
    except OSError:
        return False


def read_large(path: Path, file: str, options: ReadOptions) -> Table | None:
    """Read a large text file in pieces; None where it has to be read as a whole.

    The rows are kept in a Parquet file that is deleted with the table.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    file : str
        What the person calls it.
    options : ReadOptions
        What a person decided.
    """
    head = open_head(path, file, HEAD_BYTES)
    if head is None or options.sheet is not None:
        return None
    folder = tempfile.TemporaryDirectory(prefix="upshot-large-")
    try:
        reader = _Reader(path, file, options, Path(folder.name))
        table = reader.read(head.data)
    except NotInPieces:
        folder.cleanup()
        return None
    except BaseException:
        folder.cleanup()
        raise
    # The file lives as long as the cells that are read from it.
    weakref.finalize(table.raw, folder.cleanup)
    return table


def read_packed(path: Path, file: str, options: ReadOptions) -> Table | None:
    """Read a large text file inside gz or zip; None for all other files.

    Parameters
    ----------
    path, file, options
        As for `read_large`; a sheet that a person chose is a member of the archive.
    """
    with unpacked(path, file, options.sheet, LARGE_BYTES) as found:
        if found is None:
            return None
        table = read_large(found.path, file, replace(options, sheet=None))
    if table is None or found.member is None:
        return table
    source = replace(table.source, sheet=found.member, sheets=found.members)
    return replace(table, source=source)


class _Reader:
    """One reading of one file."""

    def __init__(self, path: Path, file: str, options: ReadOptions, folder: Path) -> None:
        self._path = path
        self._file = file
        self._options = options
        self._folder = folder

    def read(self, head: bytes) -> Table:
        """Store the file's rows; where its letters are not UTF-8 after all, in another encoding."""
        plainly = self._plainly(head)
        try:
            return self._read_as(plainly, lenient=False)
        except OtherEncoding:
            encoding, sure = encoding_of_all(self._path)
            plainly = replace(plainly, encoding=encoding, sure=sure)
            return self._read_as(plainly, lenient=encoding in UTF8)

    def _read_as(self, plainly: Plainly, *, lenient: bool) -> Table:
        """Judge a sample and store the rows; begin again when rows contradict the sample."""
        import pyarrow as pa

        path = as_utf8(self._path, plainly.encoding, self._folder)
        options, written = self._options, plainly
        if path != self._path:
            with path.open("rb") as stream_:
                again = stream_.read(HEAD_BYTES)
            plainly = self._plainly(again[: again.rfind(b"\n") + 1])
            options = replace(options, encoding=None)
        text = Text(path)
        sample = draw(text, plainly)
        raw = parse_sample(sample, self._file, options)
        if path != self._path:
            raw = replace(raw, source=self._with_encoding(raw.source, written))
        for _ in range(_MOST_SURPRISES):
            share = min(1.0, len(sample.data) / text.size)
            judged = judge_sample(raw, self._options, share)
            plan = make_plan(plainly, judged, self._file, lenient=lenient)
            try:
                return self._store(text, plan, judged)
            except Surprise as surprise:
                more = pa.concat_tables([raw.raw, surprise.rows.select(raw.raw.column_names)])
                raw = replace(raw, raw=more)
        raise NotInPieces("too many surprises")

    def _with_encoding(self, source: Source, written: Plainly) -> Source:
        """What the file's own encoding was: the sample came from a copy."""
        sure = written.sure or self._options.encoding is not None
        doubts = source.doubts if sure else ("encoding", *source.doubts)
        return replace(source, encoding=written.encoding, doubts=doubts)

    def _plainly(self, head: bytes) -> Plainly:
        plainly = read_plainly(head, self._options, self._file)
        if plainly is None or b"\n" not in head:
            raise NotInPieces("its text is not plain")
        if b"\0" in head and plainly.encoding in UTF8:
            raise NotInPieces("it holds zero bytes")
        return plainly

    def _store(self, text: Text, plan: Plan, judged: Table) -> Table:
        plainly = plan.plainly
        tail = text.copy(max(plainly.first, text.size - TAIL_BYTES), text.size)
        rows, _ = cut_footer(tail, plainly.dialect, len(plainly.names))
        path = self._folder / "table.parquet"
        writer = Writer(path, plan)
        try:
            seen = stream(text, plainly.first, text.size - len(tail) + len(rows), plan, writer)
            _refuse_other_kinds(seen, writer.rows)
            table = tell(judged, seen, writer.rows)
            writer.close({UNFIT_KEY: unfit_as_json(seen.unfit), **head_of(table)})
        finally:
            writer.leave()
        return replace(table, raw=StoredCells(path))


def _refuse_other_kinds(seen: Seen, rows: int) -> None:
    for unfit in seen.unfit.values():
        if len(unfit.rows) > _MOST_UNFIT * rows:
            raise NotInPieces("a column is not what its sample said")
