"""How each remedy is offered, and what is said once it was taken and once it was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from upshot.errors import Remedy
from upshot.wording import mark, say


@dataclass(frozen=True)
class RemedyWords:
    """The button, what is said when it was pressed, and when that was undone."""

    button: str
    done: str
    undone: str


REMEDY_WORDS: dict[str, RemedyWords] = {
    "treat-missing": RemedyWords(
        mark("Treat as missing"),
        mark("“{values}” in “{column}” counts as missing"),
        mark("“{values}” in “{column}” is a value again"),
    ),
    "ignore": RemedyWords(
        mark("Ignore this column"), mark("“{column}” is ignored"), mark("“{column}” is used again")
    ),
    "merge-spellings": RemedyWords(
        mark("Read them as one"),
        mark("“{column}” is read as “{values}”, however it is written"),
        mark("Each way to write “{column}” is a value again"),
    ),
    "join-values": RemedyWords(
        mark("Read them as one value"),
        mark("“{values}” in “{column}” are read as one value"),
        mark("“{values}” in “{column}” are apart again"),
    ),
    "treat-impossible": RemedyWords(
        mark("Treat as missing"),
        mark("Such numbers in “{column}” count as missing"),
        mark("All numbers in “{column}” are values again"),
    ),
    "cap": RemedyWords(
        mark("Cap at {high}"),
        mark("“{column}” is capped at {high}"),
        mark("“{column}” is no longer capped"),
    ),
    "drop-repeats": RemedyWords(
        mark("Learn from each once"),
        mark("Rows that repeat an earlier one are left out of learning"),
        mark("Rows that repeat an earlier one are learned from again"),
    ),
    "drop-tests": RemedyWords(
        mark("Leave the tests out"),
        mark("Rows that look like tests are left out of learning"),
        mark("Rows that look like tests are learned from again"),
    ),
    "drop-reversed": RemedyWords(
        mark("Leave these rows out"),
        mark("Rows that end before they start are left out of learning"),
        mark("Rows that end before they start are learned from again"),
    ),
    "keep-last": RemedyWords(
        mark("Keep the last row of each"),
        mark("Only the last row of each “{column}” is learned from"),
        mark("Every row of each “{column}” is learned from again"),
    ),
}
# Values listed one by one; many are counted.
_MOST_VALUES = 3


def button_of(steps: Sequence[Remedy], *, one_of_several: bool = False) -> str:
    """What the button says that takes some steps together; beside others it names the column."""
    if len(steps) > 1 and steps[0].action == "ignore":
        return ngettext("Ignore this column", "Ignore these %(n)d columns", len(steps)) % {
            "n": len(steps)
        }
    if one_of_several and steps[0].action == "ignore":
        return gettext("Ignore “%(column)s”") % {"column": steps[0].column}
    return _filled(REMEDY_WORDS[steps[0].action].button, steps[0])


def words_for(steps: Sequence[Remedy], *, undo: bool = False) -> str:
    """What a person said by taking some steps, or by taking them back."""
    first = steps[0]
    columns = "”, “".join(dict.fromkeys(step.column for step in steps))
    if len(steps) > 1:
        values = tuple(dict.fromkeys(value for step in steps for value in step.values))
        first = Remedy(first.action, columns, values)
    words = REMEDY_WORDS[first.action]
    return _filled(words.undone if undo else words.done, first)


def _filled(words: str, remedy: Remedy) -> str:
    shown = remedy.values[:_MOST_VALUES]
    values = "”, “".join(shown) + ("…" if len(remedy.values) > _MOST_VALUES else "")
    high = remedy.values[-1] if remedy.action == "cap" else ""
    return say(words, values=values, column=remedy.column, high=_number(high))


def _number(text: str) -> str:
    from upshot.tables.findings.base import number

    return number(float(text)) if text else ""
