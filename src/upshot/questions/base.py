"""The contract every question shares: the facts it gives and the methods it answers to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from upshot.errors import Note
from upshot.explaining.facts import Wording
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.questions.outcomes import OutcomeColumn
from upshot.wording import say


@dataclass(frozen=True)
class Suggestion:
    """A question the table can answer.

    Attributes
    ----------
    question : str
        Slug of the question type.
    target : str
        The column that holds the outcome.
    positive : str or None
        The outcome a "who will" question looks for, as written in the file.
    reason : str
        Why it is suggested, in plain words.
    score : float
        From 0 to 1; suggestions come best first.
    """

    question: str
    target: str
    positive: str | None
    reason: str
    score: float


@dataclass(frozen=True)
class Choice:
    """The question a person settled on.

    Attributes
    ----------
    question, target, positive : str
        As in `Suggestion`; `positive` is None unless the question is "who will".
    ignore : tuple of str
        Columns no model may see.
    date : str or None
        The clock: later rows are judged by models of earlier ones.
    group : str or None
        The entity (a customer, a household) whose rows stay on one side of a split.
    keep_personal : bool
        Whether a person let personal data into the model.
    question_told : bool
        Whether a person chose the type of question, where the values leave it open.
    """

    question: str
    target: str
    positive: str | None = None
    ignore: tuple[str, ...] = ()
    date: str | None = None
    group: str | None = None
    keep_personal: bool = False
    question_told: bool = False


@dataclass(frozen=True)
class LeakSuspect:
    """A column that may hold the answer, so that a model would look better than it is.

    Attributes
    ----------
    column : str
        The suspect.
    strength : {"strong", "likely", "possible"}
        How sure the suspicion is.
    kind : str
        Slug of what was seen: ``"copy"``, ``"too-good"``, ``"stands-out"``, ``"filled-after"``,
        ``"named-after"``, ``"prediction"``, ``"export"``, ``"other-outcome"``, ``"formula"``.
    evidence, example, consequence, remedy : str
        Plain sentences.
    score : float or None
        How well the column alone foretells the outcome: AUC (0.5–1) for two outcomes, otherwise
        the explained share (0–1).
    """

    column: str
    strength: str
    kind: str
    evidence: str
    example: str
    consequence: str
    remedy: str
    score: float | None = None

    @property
    def note(self) -> Note:
        """The suspicion as a note that may travel with a run."""
        message = say("{one} {other}", one=self.evidence, other=self.consequence)
        return Note("leak-suspect", message, self.column, self.remedy, "warning")


@dataclass(frozen=True)
class LeftOut:
    """A column no model sees, and why (``"target"``, ``"ignored"``, ``"identifier"``,
    ``"constant"``, ``"personal"``, ``"group"``).
    """

    column: str
    reason: str


@dataclass(frozen=True)
class OutcomeCount:
    """How many rows have an outcome."""

    value: str
    rows: int


@dataclass(frozen=True)
class ReadinessFacts:
    """What `check` counted.

    Attributes
    ----------
    rows, usable_rows, missing_outcome, duplicates : int
        All rows, those with a known outcome, those without, and rows that repeat an earlier one.
    outcomes : tuple of OutcomeCount
        Most frequent first; empty for amounts.
    features : tuple of str
        The columns a model will see.
    left_out : tuple of LeftOut
        The columns it will not see.
    clocks, repeated : tuple of str
        Columns that look like the clock, and those naming an entity that stands in many rows.
    also_asks : tuple of str
        Slugs of other questions the outcome could be asked: whole numbers may be labels or amounts.
    """

    rows: int
    usable_rows: int
    missing_outcome: int
    duplicates: int
    outcomes: tuple[OutcomeCount, ...]
    features: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    clocks: tuple[str, ...]
    repeated: tuple[str, ...]
    also_asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Readiness:
    """Whether a table is ready to be learned from."""

    blockers: tuple[Note, ...]
    warnings: tuple[Note, ...]
    leak_suspects: tuple[LeakSuspect, ...]
    facts: ReadinessFacts

    @property
    def ready(self) -> bool:
        """True when nothing stops the road."""
        return not self.blockers

    @property
    def notes(self) -> tuple[Note, ...]:
        """Everything found, blockers first, leak suspects as notes."""
        leaks = tuple(suspect.note for suspect in self.leak_suspects)
        return (*self.blockers, *leaks, *self.warnings)


class QuestionType(ABC):
    """A kind of question a marketer may ask.

    Attributes
    ----------
    slug, title : str
        Its stable name, and how a person reads it.
    explanation : str
        One sentence on what it answers.
    task : TaskKind
        The shape of the outcome.
    """

    slug: str
    title: str
    explanation: str
    task: TaskKind

    @abstractmethod
    def fits(self, outcome: OutcomeColumn) -> bool:
        """Whether the outcome has the shape this question needs."""

    @abstractmethod
    def make_task(self, outcome: OutcomeColumn, choice: Choice) -> Task:
        """Build the learning task."""

    @abstractmethod
    def targets(self, outcome: OutcomeColumn, task: Task) -> Array:
        """Codes or amounts of the rows whose outcome is known (`OutcomeColumn.known`)."""

    @abstractmethod
    def check(self, outcome: OutcomeColumn, choice: Choice) -> Iterator[Note]:
        """Yield what stops or hampers this question, for the outcome alone."""

    @abstractmethod
    def wording(self, outcome: OutcomeColumn, choice: Choice, unit: str) -> Wording:
        """Say how the question speaks of its outcome; `unit` is the plural of a row."""
