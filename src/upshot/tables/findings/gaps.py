"""Columns that are empty together, or from a day on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.tables.findings.base import (
    Array,
    Finding,
    Importance,
    Look,
    first,
    ignoring,
    named,
    share,
)
from upshot.tables.findings.clock import clock_of
from upshot.tables.schema import Kind
from upshot.wording import say, say_day

_LEAST, _MOST = 0.02, 0.95
_TOGETHER = 3
_FEWEST_ROWS = 100
# Before the day nearly always filled, and after it nearly never, or the other way round.
_FILLED, _EMPTY = 0.95, 0.02
_LEAST_SIDE = 0.05


def find_gaps(look: Look) -> Iterator[Finding]:
    """From a day on first: that is news; then groups of columns with the very same gaps."""
    if look.rows < _FEWEST_ROWS:
        return
    gaps = {
        column.name: look.data[column.name].isna().to_numpy()
        for column in look.columns()
        if column.kind is not Kind.CONSTANT
    }
    gaps = {name: gap for name, gap in gaps.items() if _LEAST <= gap.mean() <= _MOST}
    dated = list(_from_a_day_on(look, gaps))
    yield from dated
    told = {name for finding in dated for name in finding.columns}
    groups: dict[bytes, list[str]] = {}
    for name, gap in gaps.items():
        if name not in told:
            groups.setdefault(gap.tobytes(), []).append(name)
    for names in groups.values():
        if len(names) >= _TOGETHER:
            yield _together(look, names, gaps[names[0]])


def _from_a_day_on(look: Look, gaps: dict[str, Array]) -> Iterator[Finding]:
    clock = clock_of(look)
    if clock is None:
        return
    order = np.argsort(clock.times, kind="stable")
    days = clock.times[order].astype("datetime64[D]")
    for name, gap in gaps.items():
        if name == clock.name:
            continue
        ordered = gap[order]
        for before, after in ((~ordered, ordered), (ordered, ~ordered)):
            place = _turn(before)
            if place is None or days[place] == days[0]:
                continue
            if before[:place].mean() >= _FILLED and after[place:].mean() >= 1 - _EMPTY:
                stops = before is not ordered
                yield _dated(look, name, str(days[place]), stops, gap)
                break


def _turn(before: Array) -> int | None:
    """Where the rows best fall into a first part that is marked and a second that is not."""
    signed = np.cumsum(np.where(before, 1, -1))
    place = int(np.argmax(signed)) + 1
    least = int(_LEAST_SIDE * len(before))
    return place if least <= place <= len(before) - least else None


def _dated(look: Look, name: str, day: str, stops: bool, gap: Array) -> Finding:
    what = (
        say("`{column}` is empty from {day} on, and filled before.", column=name, day=say_day(day))
        if stops
        else say(
            "`{column}` is empty before {day}, and filled since.", column=name, day=say_day(day)
        )
    )
    why = (
        say("New rows will not have it. What the model learns from it is of no use for them.")
        if stops
        else say(
            "It was not recorded earlier. Being empty then says when a row was made, not what "
            "the customer is like."
        )
    )
    return Finding(
        "gap-since" if stops else "gap-until",
        Importance.DECISION,
        what,
        why,
        say("Ignore the column.") if stops else say("Keep it if new rows have it; else ignore it."),
        (name,),
        look.row_number(first(gap)),
        int(gap.sum()),
        (ignoring([name]),),
        look.looked_at,
    )


def _together(look: Look, names: list[str], gap: Array) -> Finding:
    count = int(gap.sum())
    return Finding(
        "gap-together",
        Importance.REMARK,
        say(
            "{columns} are empty in the same {rows} rows ({share}).",
            columns=named(names),
            rows=count,
            share=share(count, look.rows),
        ),
        say(
            "These rows probably come from another form or source. The model sees that they are "
            "empty, and may use it."
        ),
        say("Nothing to do, unless new rows will be filled differently."),
        tuple(names),
        look.row_number(first(gap)),
        count,
        looked_at=look.looked_at,
    )
