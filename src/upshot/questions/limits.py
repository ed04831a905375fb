"""How much data a question needs, and how it is said."""

from __future__ import annotations

import math
from collections.abc import Iterator

from upshot.errors import Note
from upshot.wording import Figure, say, say_count

# Fewer rows than this give folds of two or three rows: nothing can be judged.
FEWEST_ROWS = 20
# Ten of each outcome leave two per fold in five folds, the least cross-validation can be run on.
FEWEST_OUTCOMES = 10
# With 200 positives, 40 of them in the holdout, the 95 % interval of a 50 % reach is about ± 15
# percentage points (see `precision`); below that, figures are too loose to decide on. It is also
# what the validation of a prediction model is advised to have: at least 100 to 200 events
# (Vergouwe et al. 2005; Collins, Ogundimu & Altman 2016, both in the medical literature).
COMFORTABLE_OUTCOMES = 200
# The share of rows that are set aside for the test (`learning.splits`).
_TESTED = 0.2
# Above this many classes each is too rare to learn and nobody reads the table of them.
MOST_CLASSES = 50
COMFORTABLE_ROWS = 200


def number(count: int) -> str:
    """A count as people read it: ``12,330``."""
    return Figure(f"{count:,}")


def precision(outcomes: int) -> int:
    """How far a share of half, found in the test, may be off: percentage points, 95 in 100 times.

    The normal approximation of the binomial interval (Brown, Cai & DasGupta 2001), for the fifth of
    the outcomes that are in the test.
    """
    tested = max(1.0, _TESTED * outcomes)
    return min(50, round(100 * 1.96 * math.sqrt(0.25 / tested)))


def more_outcomes(outcomes: int) -> str:
    """How many more outcomes are needed, and what they are good for."""
    return say_count(
        "About {number} more would make them firm: with {enough}, a share that the test finds is "
        "right to within {firm} percentage points in 95 of 100 cases. Now that is {now}.",
        "About {number} more would make them firm: with {enough}, a share that the test finds is "
        "right to within {firm} percentage points in 95 of 100 cases. Now that is {now}.",
        COMFORTABLE_OUTCOMES - outcomes,
        enough=COMFORTABLE_OUTCOMES,
        firm=precision(COMFORTABLE_OUTCOMES),
        now=precision(outcomes),
    )


def too_few_rows(rows: int, target: str) -> Iterator[Note]:
    """Block when there are not enough rows with a known outcome."""
    if rows >= FEWEST_ROWS:
        return
    yield Note(
        "too-few-rows",
        say_count(
            "Only {number} row has a known `{target}`; at least {fewest} are needed.",
            "Only {number} rows have a known `{target}`; at least {fewest} are needed.",
            rows,
            target=target,
            fewest=FEWEST_ROWS,
        ),
        target,
        say("Add {rows} more.", rows=FEWEST_ROWS - rows),
        "blocker",
    )


def too_few_outcomes(rows: int, value: str, target: str) -> Iterator[Note]:
    """Block below `FEWEST_OUTCOMES` rows of one outcome."""
    if rows >= FEWEST_OUTCOMES:
        return
    yield Note(
        "too-few-outcomes",
        say_count(
            "Only {number} row has `{target}` = {value}; at least {fewest} of each outcome are "
            "needed.",
            "Only {number} rows have `{target}` = {value}; at least {fewest} of each outcome are "
            "needed.",
            rows,
            target=target,
            value=value,
            fewest=FEWEST_OUTCOMES,
        ),
        target,
        say_count(
            "Add {number} more row with this outcome.",
            "Add {number} more rows with this outcome.",
            FEWEST_OUTCOMES - rows,
        ),
        "blocker",
    )
