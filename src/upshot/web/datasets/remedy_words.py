"""How each remedy is offered, and what is said once it was taken and once it was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from upshot.errors import Remedy


@dataclass(frozen=True)
class RemedyWords:
    """The button, what is said when it was pressed, and when that was undone."""

    button: Any
    done: Any
    undone: Any


REMEDY_WORDS: dict[str, RemedyWords] = {
    "treat-missing": RemedyWords(
        _("Treat as missing"),
        _("“{values}” in “{column}” counts as missing"),
        _("“{values}” in “{column}” is a value again"),
    ),
    "ignore": RemedyWords(
        _("Ignore this column"), _("“{column}” is ignored"), _("“{column}” is used again")
    ),
    "merge-spellings": RemedyWords(
        _("Read them as one"),
        _("“{column}” is read as “{values}”, however it is written"),
        _("Each way to write “{column}” is a value again"),
    ),
    "treat-impossible": RemedyWords(
        _("Treat as missing"),
        _("Such numbers in “{column}” count as missing"),
        _("All numbers in “{column}” are values again"),
    ),
    "cap": RemedyWords(
        _("Cap at {high}"),
        _("“{column}” is capped at {high}"),
        _("“{column}” is no longer capped"),
    ),
    "drop-repeats": RemedyWords(
        _("Learn from each once"),
        _("Rows that repeat an earlier one are left out of learning"),
        _("Rows that repeat an earlier one are learned from again"),
    ),
    "drop-tests": RemedyWords(
        _("Leave the tests out"),
        _("Rows that look like tests are left out of learning"),
        _("Rows that look like tests are learned from again"),
    ),
    "drop-reversed": RemedyWords(
        _("Leave these rows out"),
        _("Rows that end before they start are left out of learning"),
        _("Rows that end before they start are learned from again"),
    ),
    "keep-last": RemedyWords(
        _("Keep the last row of each"),
        _("Only the last row of each “{column}” is learned from"),
        _("Every row of each “{column}” is learned from again"),
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


def _filled(words: Any, remedy: Remedy) -> str:
    shown = remedy.values[:_MOST_VALUES]
    values = "”, “".join(shown) + ("…" if len(remedy.values) > _MOST_VALUES else "")
    high = remedy.values[-1] if remedy.action == "cap" else ""
    return str(words).format(values=values, column=remedy.column, high=_number(high))


def _number(text: str) -> str:
    from upshot.tables.findings.base import number

    return number(float(text)) if text else ""
