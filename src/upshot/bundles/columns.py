"""Which of the model's columns a file lacks, and what that means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from upshot.errors import BundleProblem, Note
from upshot.explaining.wording import listed, percent, quoted, sentences
from upshot.wording import comma_list, say

if TYPE_CHECKING:
    from upshot.bundles.bundle import Bundle

_IMPORTANT_SHARE = 0.8
_MATTERS_FROM = 0.05


def check_columns(bundle: Bundle, notes: Iterable[Note]) -> tuple[frozenset[str], tuple[Note, ...]]:
    """Name the missing columns and their consequence; refuse a file that lacks too many.

    Parameters
    ----------
    bundle : Bundle
        Says which columns it reads and how much each matters.
    notes : iterable of Note
        The remarks of `tables.conform`; kept, except where a fuller one stands here.

    Raises
    ------
    BundleProblem
        More than half of the important columns are missing.
    """
    notes = tuple(notes)
    absent = frozenset(
        note.column for note in notes if note.code == "column-missing" and note.column is not None
    )
    _refuse_if_too_many(bundle, absent)
    shares = _shares(bundle)
    fuller = [
        _missing_note(name, shares.get(name, 0.0))
        for name in bundle.manifest.features
        if name in absent
    ]
    kept = [note for note in notes if note.column is None or note.column not in absent]
    return absent, (*fuller, *kept)


def important_columns(bundle: Bundle) -> tuple[str, ...]:
    """The fewest drivers that together carry 80 % of the importance; all columns if none does."""
    shares = _shares(bundle)
    found: list[str] = []
    carried = 0.0
    for name in sorted(shares, key=lambda name: -shares[name]):
        if carried >= _IMPORTANT_SHARE - 1e-9 or shares[name] <= 0:
            break
        found.append(name)
        carried += shares[name]
    return tuple(found) or bundle.manifest.features


def _shares(bundle: Bundle) -> dict[str, float]:
    known = set(bundle.manifest.features)
    weights = {
        driver.column: max(driver.importance.value, 0.0)
        for driver in bundle.answer.drivers
        if driver.column in known
    }
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()} if total > 0 else {}


def _refuse_if_too_many(bundle: Bundle, absent: frozenset[str]) -> None:
    important = important_columns(bundle)
    missing = [name for name in important if name in absent]
    if 2 * len(missing) <= len(important) and len(absent) < len(bundle.manifest.features):
        return
    names = [quoted(name) for name in missing]
    most = 10
    # A list that ends in "and" reads as if it were all of them, so short ones have commas only.
    shown = listed(names, most) if len(names) > most else comma_list(names)
    raise BundleProblem(
        say(
            "The file lacks {number} of the {all} columns that matter most to this bundle: "
            "{columns}.",
            number=len(missing),
            all=len(important),
            columns=shown,
        ),
        say("Add these columns under the same names, or train again on a file like this one."),
    )


def _missing_note(name: str, share: float) -> Note:
    if share >= _MATTERS_FROM:
        consequence = say(
            "It carries {share} of what the predictions rest on, so they are clearly less "
            "reliable.",
            share=percent(share),
        )
    else:
        consequence = say("It matters little, so predictions are about as good without it.")
    absent = say("The file has no column `{column}`; all its values count as missing.", column=name)
    return Note(
        "column-missing",
        sentences(absent, consequence),
        name,
        say("Add the column under the same name if you can."),
        "warning",
    )
