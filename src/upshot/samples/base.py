"""What a sample is, and the made-up people and dates all samples share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from upshot.learning.state import Array

Columns = dict[str, list[str]]
"""The cells of a file as text, by header, in file order."""


@dataclass(frozen=True)
class Draw:
    """What a maker draws from.

    Attributes
    ----------
    rng : numpy.random.Generator
        The source of everything random.
    rows : int
        Rows to make.
    first : int
        The number of the first row, so that a follow-up file goes on counting.
    start : datetime.date
        The first day rows may be created on; they spread over half a year.
    """

    rng: np.random.Generator
    rows: int
    first: int
    start: date


@dataclass(frozen=True)
class Sample:
    """A made-up data set with a story.

    Attributes
    ----------
    slug, title, story : str
        Its stable name, how a person reads it, and two sentences of story; the second names the
        column to beware of.
    question, target, positive : str
        What to ask of it, as in `upshot.questions.Choice`.
    leak : str
        The column that is written after the outcome.
    rows, new_rows : int
        Rows of the file to learn from and of the follow-up file to score.
    maker : callable
        Makes the columns of either file.
    effects : tuple of str
        What was planted, in plain words, strongest first.
    """

    slug: str
    title: str
    story: str
    question: str
    target: str
    positive: str | None
    leak: str
    rows: int
    new_rows: int
    maker: Callable[[Draw], Columns]
    effects: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """Name of the file to learn from."""
        return f"made-up-{self.slug}.csv"

    @property
    def new_file_name(self) -> str:
        """Name of the follow-up file to score."""
        return f"made-up-{self.slug}-new.csv"


_FIRST_NAMES = (
    "Ada", "Ben", "Chloe", "Deniz", "Elif", "Finn", "Gina", "Hugo", "Ines", "Jonas", "Kofi", "Lena",
    "Mila", "Nils", "Olga", "Paul", "Quinn", "Rosa", "Sami", "Tara", "Uwe", "Vera", "Wim", "Yara",
)  # fmt: skip
_LAST_NAMES = (
    "Adler", "Brook", "Costa", "Dupont", "Evans", "Fischer", "Garcia", "Hansen", "Ivanova",
    "Jansen", "Kaya", "Lopez", "Meyer", "Novak", "Okafor", "Petit", "Rossi", "Silva",
    "Tanaka", "Weber",
)  # fmt: skip


def people(draw: Draw) -> tuple[list[str], list[str]]:
    """Names and e-mail addresses of nobody: example.com belongs to no one (RFC 2606)."""
    firsts = draw.rng.choice(_FIRST_NAMES, draw.rows)
    lasts = draw.rng.choice(_LAST_NAMES, draw.rows)
    names = [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]
    emails = [
        f"{first}.{last}.{draw.first + row}@example.com".lower()
        for row, (first, last) in enumerate(zip(firsts, lasts, strict=True))
    ]
    return names, emails


def days(draw: Draw, most: int = 181) -> Array:
    """Days after the start, in file order: exports come sorted by date."""
    return np.sort(draw.rng.integers(0, most, draw.rows))


def dates(start: date, after: Array, pattern: str = "%Y-%m-%d") -> list[str]:
    """Dates as text."""
    return [(start + timedelta(days=int(day))).strftime(pattern) for day in after]


def texts(values: Array | Sequence[object], digits: int | None = None) -> list[str]:
    """Cells as text; with `digits`, numbers of that many decimals."""
    if digits is None:
        return [str(value) for value in values]
    return [f"{float(value):.{digits}f}" for value in values]  # type: ignore[arg-type]


def with_gaps(draw: Draw, cells: list[str], share: float, gap: str = "") -> list[str]:
    """Leave a share of the cells empty, or fill them with a word for "missing"."""
    gone = draw.rng.random(len(cells)) < share
    return [gap if lost else cell for lost, cell in zip(gone, cells, strict=True)]


def happens(draw: Draw, logit: Array) -> Array:
    """True with the probability a logit stands for."""
    return draw.rng.random(draw.rows) < 1 / (1 + np.exp(-logit))


def weights(values: Array, table: dict[str, float]) -> Array:
    """The weight of each label."""
    return np.array([table[str(value)] for value in values])
