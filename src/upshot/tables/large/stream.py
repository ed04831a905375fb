"""A large text file becomes typed Parquet: pieces parsed side by side, written in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from upshot.tables.large.last_row import last_row
from upshot.tables.large.parse import Parsed, parse_piece
from upshot.tables.large.pieces import Lines, Text, pieces
from upshot.tables.large.plan import Plan
from upshot.tables.large.stored import Unfit
from upshot.tables.large.writing import Writer
from upshot.tables.mended import Mended

_MOST_THREADS = 8


@dataclass
class Seen:
    """What the rows of the whole file told: counts by code, cells that do not fit."""

    unfit: dict[str, Unfit] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    mended: Mended = field(default_factory=Mended)
    replaced: int = 0


def stream(text: Text, begin: int, end: int, plan: Plan, writer: Writer) -> Seen:
    """Parse the rows between two places of the file into the writer."""
    seen, lines = Seen(), Lines(text)

    def take(parsed: Parsed) -> None:
        _note(seen, parsed, writer.rows)
        if parsed.mended:
            seen.mended.extend(parsed.mended, lines.before(parsed.begin))
        writer.write(parsed.table)

    last = last_row(text, begin, end, plan)
    for parsed in _in_order(text, begin, end if last is None else last.begin, plan):
        take(parsed)
        if last is not None:
            last.add(parsed.table)
    if last is not None:
        take(last.left_out() if last.is_total() else last.parsed)
    return seen


def _in_order(text: Text, begin: int, end: int, plan: Plan) -> Iterator[Parsed]:
    threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
    waiting: deque[Future[Parsed]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for piece in pieces(text, begin, end, plan.plainly.dialect.quote):
                waiting.append(pool.submit(parse_piece, text, piece, plan))
                if len(waiting) > threads + 2:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _note(seen: Seen, parsed: Parsed, rows: int) -> None:
    for name, unfit in parsed.unfit.items():
        kept = seen.unfit.setdefault(name, Unfit())
        kept.rows.extend(row + rows for row in unfit.rows)
        kept.texts.extend(unfit.texts)
    # Totals are counted among the rows, as they stand before any total is left out.
    seen.totals.extend(row + rows + len(seen.totals) for row in parsed.totals)
    for code, count in parsed.dropped.items():
        seen.dropped[code] = seen.dropped.get(code, 0) + count
    seen.replaced += parsed.replaced
