"""The shapes of what the API takes and gives."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

LONGEST_NAME = 500
MOST_ROWS = 1000
MOST_VALUES = 100_000
MOST_REASONS = 10


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("A text may not hold the character NUL.")
    return text


ColumnName = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_NAME), AfterValidator(_without_nul)
]
Words = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_without_nul)]


class Input(Schema):
    """What a program sends: a name that is not known is a mistake, not a wish to ignore."""

    model_config = ConfigDict(extra="forbid")


class FieldErrorOut(Schema):
    """What is wrong with one part of a request."""

    field: str
    message: str


class ProblemOut(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldErrorOut] | None = None


class NoteOut(Schema):
    """A remark in plain words; programs match on its code."""

    code: str
    message: str
    column: str | None
    remedy: str
    level: str


class ColumnOut(Schema):
    """What is understood of one column."""

    name: str
    kind: str
    role: str
    personal: str | None = Field(description="Which personal data it holds, if any.")
    ignored: bool = Field(description="Whether it is kept out of models.")
    missing: int = Field(description="Rows without a value.")
    distinct: int = Field(description="Different values.")


class DatasetOut(Schema):
    """A data set."""

    id: uuid.UUID
    name: str
    file: str
    state: Literal["queued", "running", "ready", "failed", "cancelled"]
    message: str = Field(description="Why it failed, and what to do.")
    rows: int | None
    sha256: str | None = Field(description="Of the uploaded file.")
    created_at: datetime


class DatasetFacts(DatasetOut):
    """A data set with everything understood of it, once its state is “ready”."""

    format: str | None
    sheet: str | None
    sheets: list[str]
    columns: list[ColumnOut]
    notes: list[NoteOut]


class DatasetPart(Schema):
    """A part of the data sets."""

    items: list[DatasetOut]
    next: str | None


class SuggestionOut(Schema):
    """A question the data set could answer, best first."""

    question: str
    target: str
    positive: str | None
    reason: str
    score: float


class ChoiceOut(Schema):
    """What a run was asked."""

    question: str | None = Field(description="`who_will`, `which_one` or `how_much`, once known.")
    target: str
    positive: str | None
    date: str | None
    group: str | None
    ignore: list[str]
    keep_personal: bool = Field(description="Whether personal data was let into the model.")


class RunIn(Input):
    """A question to answer."""

    dataset: uuid.UUID
    target: ColumnName = Field(description="The column that says what happened.")
    positive: Words | None = Field(
        None, description="The outcome to look for; the likely one when absent."
    )
    question: Literal["who_will", "which_one", "how_much"] | None = Field(
        None,
        description="What is asked, where numbers could be labels or amounts; guessed when absent.",
    )
    date: ColumnName | None = Field(
        None, description="Date of each row: later rows test models of earlier ones."
    )
    group: ColumnName | None = Field(None, description="Rows with the same value stay together.")
    ignore: list[ColumnName] = Field([], max_length=5000, description="Columns no model may see.")
    effort: Literal["quick", "standard", "thorough"] = Field(
        "standard", description="About 10 seconds, 1 minute or 10 minutes."
    )
    suspects: Literal["ignore", "keep", "refuse"] = Field(
        "ignore",
        description=(
            "What to do with columns that may give the answer away: leave them out, use them, "
            "or end the run and name them."
        ),
    )
    keep: list[ColumnName] = Field(
        [], max_length=5000, description="Columns to use although they are suspected."
    )
    keep_personal: bool = Field(
        False,
        description=(
            "Let personal data into the model. The bundle then keeps values of it, such as names "
            "and places of living, and whoever gets the bundle can read them."
        ),
    )


class RunOut(Schema):
    """A run."""

    id: uuid.UUID
    dataset: uuid.UUID
    title: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    stopping: bool = Field(description="Whether it was asked to finish with the best so far.")
    message: str = Field(description="Why it failed, and what to do.")
    effort: str
    choice: ChoiceOut
    verdict: str = Field(description="The answer in one sentence, once there is one.")
    bundle: uuid.UUID | None
    created_at: datetime
    finished_at: datetime | None


class RunPart(Schema):
    """A part of the runs."""

    items: list[RunOut]
    next: str | None


class ProgressOut(Schema):
    """How a run goes. Ask with ``If-None-Match`` until ``state`` is one of the last three."""

    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    stage: str
    percent: int
    remaining_seconds: float | None
    tried: int = Field(description="Ways to predict that were tried.")
    first_answer: str
    message: str


class BundleOut(Schema):
    """A learned model."""

    id: uuid.UUID
    name: str
    question: str
    task: str
    target: str
    quality: str
    level: str
    learned_from: str
    dataset: uuid.UUID | None
    size: int = Field(description="Bytes of the file.")
    sha256: str
    created_at: datetime


class BundlePart(Schema):
    """A part of the bundles."""

    items: list[BundleOut]
    next: str | None


class BundleColumn(Schema):
    """A column that the model reads."""

    name: str
    kind: str


class BundleFacts(BundleOut):
    """A bundle with what it needs and how it was tested."""

    notes: str
    columns: list[BundleColumn]
    classes: list[str]
    positive: str | None
    holdout: dict[str, Any] = Field(description="Each measure on the rows set aside.")
    example: dict[str, Any] = Field(description="A made-up row with typical values.")


class RowsIn(Input):
    """Rows to score, by column name."""

    rows: list[dict[Words, str | bool | int | float | None]] = Field(
        min_length=1, max_length=MOST_ROWS
    )
    reasons: int = Field(0, ge=0, le=MOST_REASONS, description="Reasons per row.")


class RowOut(Schema):
    """What the model says of one row."""

    prediction: str | float
    probability: float | None
    probabilities: dict[str, float] | None
    low: float | None
    high: float | None
    reasons: list[str]


class RowsOut(Schema):
    """One prediction per row, in the order of the rows."""

    predictions: list[RowOut]
    notes: list[NoteOut]


class PredictionOut(Schema):
    """A scored list."""

    id: uuid.UUID
    bundle: uuid.UUID
    file: str
    state: Literal["queued", "running", "ready", "failed", "cancelled"]
    message: str
    rows: int | None
    formats: list[str] = Field(description="Formats it can be fetched in.")
    notes: list[NoteOut]
    created_at: datetime


class PredictionPart(Schema):
    """A part of the scored lists."""

    items: list[PredictionOut]
    next: str | None


EventName = Literal[
    "dataset.ready",
    "dataset.failed",
    "run.finished",
    "run.failed",
    "run.cancelled",
    "prediction.finished",
    "prediction.failed",
]


class WebhookIn(Input):
    """An address to tell."""

    url: Annotated[str, StringConstraints(min_length=10, max_length=500)]
    events: list[EventName] = Field(min_length=1, max_length=20)


class WebhookOut(Schema):
    """An address that is told when work ends."""

    id: uuid.UUID
    url: str
    events: list[str]
    created_at: datetime


class NewWebhook(WebhookOut):
    """A new address, with the secret that is shown this once."""

    secret: str


class WebhookPart(Schema):
    """A part of the addresses."""

    items: list[WebhookOut]
    next: str | None


class DeliveryOut(Schema):
    """One message to an address, and what became of it."""

    id: uuid.UUID
    event: str
    state: str
    attempts: int
    answered: int | None = Field(description="Status of the last answer.")
    problem: str
    next_at: datetime | None
    created_at: datetime


class DeliveryPart(Schema):
    """A part of the messages."""

    items: list[DeliveryOut]
    next: str | None
