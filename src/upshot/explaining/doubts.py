"""Sentences about a result that is too good to be true."""

from __future__ import annotations

from upshot.explaining.facts import Driver
from upshot.explaining.wording import quoted, sentences
from upshot.wording import say


def suspicion(suspicious: bool, drivers: tuple[Driver, ...]) -> tuple[str, ...]:
    """Say why such a result is doubted, and where to look; empty when it is not."""
    if not suspicious:
        return ()
    late = say(
        "Results like this nearly always come from a column that became known only after the "
        "outcome."
    )
    if not drivers:
        return (late,)
    return (sentences(late, say("Look first at {column}.", column=quoted(drivers[0].column))),)


def doubted(sentence: str, suspicious: bool, drivers: tuple[Driver, ...]) -> str:
    """Put the doubt before a verdict."""
    if not suspicious:
        return sentence
    if not drivers:
        return say(
            "Too good to be true: some column probably gives the outcome away. If it does not: "
            "{sentence}",
            sentence=sentence,
        )
    return say(
        "Too good to be true: {column} probably gives the outcome away. If it does not: {sentence}",
        column=quoted(drivers[0].column),
        sentence=sentence,
    )


def check_first(suspicious: bool, drivers: tuple[Driver, ...]) -> tuple[str, ...]:
    """Say what to check before anything else; empty when nothing is doubted."""
    if not suspicious:
        return ()
    if not drivers:
        return (
            say(
                "Check the columns before anything else; if in doubt, leave it out and learn again."
            ),
        )
    return (
        say(
            "Check {column} before anything else; if in doubt, leave it out and learn again.",
            column=quoted(drivers[0].column),
        ),
    )
