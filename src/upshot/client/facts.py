"""What the API answers, as frozen facts. Names that a later release adds are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upshot.errors import Note


@dataclass(frozen=True)
class Column:
    """One column of a data set."""

    name: str
    kind: str
    role: str
    personal: str | None
    ignored: bool
    missing: int
    distinct: int


@dataclass(frozen=True)
class Dataset:
    """A data set; ``columns``, ``notes`` and what follows are there when it was asked for alone.

    ``state`` is ``"queued"``, ``"running"``, ``"ready"``, ``"failed"`` or ``"cancelled"``;
    ``message`` says why it failed and what to do.
    """

    id: str
    name: str
    file: str
    state: str
    message: str
    rows: int | None
    sha256: str | None
    created_at: str
    format: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Sent:
    """How far a file is: bytes that have arrived for good, of all its bytes.

    ``waiting`` is the seconds until the next try where the connection was cut, else 0.
    """

    bytes: int
    total: int
    waiting: float = 0.0


@dataclass(frozen=True)
class Suggestion:
    """A question a data set could answer."""

    question: str
    target: str
    positive: str | None
    reason: str
    score: float


@dataclass(frozen=True)
class Run:
    """A run; ``state`` is that of its job, ``verdict`` the answer in one sentence."""

    id: str
    dataset: str
    title: str
    state: str
    stopping: bool
    message: str
    effort: str
    choice: Mapping[str, Any]
    verdict: str
    bundle: str | None
    created_at: str
    finished_at: str | None


@dataclass(frozen=True)
class Progress:
    """How a run goes."""

    state: str
    stage: str
    percent: int
    remaining_seconds: float | None
    tried: int
    first_answer: str
    message: str


@dataclass(frozen=True)
class Bundle:
    """A learned model; ``columns`` and what follows are there when it was asked for alone.

    ``columns`` are mappings with the name and the kind of each column it reads, ``holdout`` each
    measure on the rows set aside, ``example`` a made-up row.
    """

    id: str
    name: str
    question: str
    task: str
    target: str
    quality: str
    level: str
    learned_from: str
    dataset: str | None
    size: int
    sha256: str
    created_at: str
    columns: tuple[Mapping[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    positive: str | None = None
    holdout: Mapping[str, Any] | None = None
    example: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class RowPrediction:
    """What a bundle says of one row; fields that its question has no use for are None."""

    prediction: str | float
    probability: float | None
    probabilities: Mapping[str, float] | None
    low: float | None
    high: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RowPredictions:
    """One prediction per row, in their order, and what should be known."""

    predictions: tuple[RowPrediction, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Prediction:
    """A scored list."""

    id: str
    bundle: str
    file: str
    state: str
    message: str
    rows: int | None
    formats: tuple[str, ...]
    notes: tuple[Note, ...]
    created_at: str


@dataclass(frozen=True)
class Webhook:
    """An address that is told; ``secret`` is there once, when it was added."""

    id: str
    url: str
    events: tuple[str, ...]
    created_at: str
    secret: str | None = None
