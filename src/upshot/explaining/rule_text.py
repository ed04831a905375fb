"""A person's rule as typed: `Lead Score > 50 and Country = US`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from upshot.errors import QuestionProblem
from upshot.explaining.filters import MOST_CONDITIONS, Comparison, Condition, Filter
from upshot.wording import say

_AND = re.compile(r"\s+(?:and|AND|And|&&|&)\s+")
_MISSING = re.compile(r"\s+is\s+(not\s+)?missing\s*$", re.IGNORECASE)
# Longer signs first: ">=" must not be read as ">" and "=50".
_SIGNS: tuple[tuple[str, Comparison], ...] = (
    (">=", Comparison.AT_LEAST),
    ("≥", Comparison.AT_LEAST),
    ("<=", Comparison.AT_MOST),
    ("≤", Comparison.AT_MOST),
    ("!=", Comparison.IS_NOT),
    ("<>", Comparison.IS_NOT),
    ("≠", Comparison.IS_NOT),
    ("==", Comparison.IS),
    (">", Comparison.ABOVE),
    ("<", Comparison.BELOW),
    ("=", Comparison.IS),
    (" is not ", Comparison.IS_NOT),
    (" contains ", Comparison.CONTAINS),
    (" is ", Comparison.IS),
)
_QUOTES = ("`", '"', "'", "“”")


def parse_rule(text: str, columns: Sequence[str]) -> Filter:
    """Read a rule as typed.

    Parameters
    ----------
    text : str
        One to three conditions joined by "and". Signs are > >= < <= = != contains, "is missing" and
        "is not missing". Names and values may stand in quotes; capitals do not matter.
    columns : sequence of str
        The names a column may have.

    Raises
    ------
    QuestionProblem
        It cannot be read, or names no column of the table.

    Examples
    --------
    >>> parse_rule("lead score > 50", ["Lead Score"]).conditions[0].values
    ('50',)
    """
    known = {name.strip().casefold(): name for name in columns}
    found: list[Condition] = []
    waiting = ""
    for part in _AND.split(text.strip()):
        # "and" may belong to the name of a column: then its part is no condition of its own.
        joined = f"{waiting} and {part}" if waiting else part
        condition = _condition(joined, known)
        if condition is None:
            waiting = joined
            continue
        found.append(condition)
        waiting = ""
    if waiting or not found:
        raise _unreadable(waiting or text, columns)
    if len(found) > MOST_CONDITIONS:
        raise QuestionProblem(
            say("A rule may have up to {most} conditions.", most=MOST_CONDITIONS),
            say("Leave out the ones that matter least."),
        )
    return Filter(tuple(found))


def _condition(text: str, known: dict[str, str]) -> Condition | None:
    gone = _MISSING.search(text)
    if gone is not None:
        name = known.get(_bare(text[: gone.start()]).casefold())
        comparison = Comparison.FILLED if gone.group(1) else Comparison.MISSING
        return None if name is None else Condition(name, comparison)
    for sign, comparison in _SIGNS:
        # A sign may be part of a column's name, so every place of it is tried.
        for place in re.finditer(re.escape(sign), text, re.IGNORECASE):
            name = known.get(_bare(text[: place.start()]).casefold())
            value = _bare(text[place.end() :])
            if name is not None and value:
                return Condition(name, comparison, (value,))
    return None


def _bare(text: str) -> str:
    """Text without the spaces and quotes around it."""
    stripped = text.strip()
    for marks in _QUOTES:
        if len(stripped) > 1 and stripped[0] == marks[0] and stripped[-1] == marks[-1]:
            return stripped[1:-1].strip()
    return stripped


def _unreadable(text: str, columns: Sequence[str]) -> QuestionProblem:
    import difflib

    near = difflib.get_close_matches(re.split(r"[<>=!]", text)[0].strip(), list(columns), n=1)
    remedy = (
        say("Did you mean the column “{column}”?", column=near[0])
        if near
        else say("Write it as: Lead Score > 50 and Country = US.")
    )
    return QuestionProblem(say("The rule “{text}” cannot be read.", text=text.strip()), remedy)
