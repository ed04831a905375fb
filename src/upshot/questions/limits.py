"""How much data a question needs, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator

from upshot.errors import Note

# Fewer rows than this give folds of two or three rows: nothing can be judged.
FEWEST_ROWS = 20
# Ten of each outcome leave two per fold in five folds, the least cross-validation can be run on.
FEWEST_OUTCOMES = 10
# With 200 positives, 40 of them in the holdout, the 95 % interval of a 50 % reach is about ± 15
# percentage points (normal approximation); below that, figures are too loose to decide on.
COMFORTABLE_OUTCOMES = 200
# Above this many classes each is too rare to learn and nobody reads the table of them.
MOST_CLASSES = 50
COMFORTABLE_ROWS = 200


def number(count: int) -> str:
    """A count as read in English: ``12,330``."""
    return f"{count:,}"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """``"1 row"``, ``"2 rows"``."""
    return f"{number(count)} {noun if count == 1 else nouns or noun + 's'}"


def too_few_rows(rows: int, target: str) -> Iterator[Note]:
    """Block when there are not enough rows with a known outcome."""
    if rows >= FEWEST_ROWS:
        return
    yield Note(
        "too-few-rows",
        f"Only {plural(rows, 'row')} {'has' if rows == 1 else 'have'} a known `{target}`; "
        f"at least {FEWEST_ROWS} are needed.",
        target,
        f"Add {FEWEST_ROWS - rows} more.",
        "blocker",
    )


def too_few_outcomes(rows: int, value: str, target: str) -> Iterator[Note]:
    """Block below `FEWEST_OUTCOMES` rows of one outcome."""
    if rows >= FEWEST_OUTCOMES:
        return
    yield Note(
        "too-few-outcomes",
        f"Only {plural(rows, 'row')} {'has' if rows == 1 else 'have'} `{target}` = {value}; "
        f"at least {FEWEST_OUTCOMES} of each outcome are needed.",
        target,
        f"Add {FEWEST_OUTCOMES - rows} more rows with this outcome.",
        "blocker",
    )
