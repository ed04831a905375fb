"""Everything Upshot raises or notes: what is wrong, where, and the remedy.

The hierarchy::

    UpshotError
    ├── InputError            the file, the question or the command is at fault (exit 2)
    │   ├── FileProblem       a file cannot be read
    │   ├── QuestionProblem   the question does not fit the table
    │   └── BundleProblem     a bundle is damaged, foreign, or does not fit the file
    ├── Cancelled             a person stopped the work
    └── InternalError         our fault (exit 1)
"""

from __future__ import annotations

from dataclasses import dataclass

from upshot.wording import Sentence


class UpshotError(Exception):
    """Base of all errors a person may see.

    Parameters
    ----------
    problem : str
        What is wrong and where, one sentence.
    remedy : str
        What the person can do about it, one sentence; may be empty.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()

    @property
    def words(self) -> str:
        """Problem and remedy as one text, to be said in the language of whoever reads it later."""
        if not self.remedy:
            return self.problem
        return Sentence("{problem} {remedy}", {"problem": self.problem, "remedy": self.remedy})


class InputError(UpshotError):
    """The input or the usage is at fault; the remedy says what to change."""


class FileProblem(InputError):
    """A file cannot be read as a table."""


class QuestionProblem(InputError):
    """The question cannot be asked of this table."""


class BundleProblem(InputError):
    """A bundle is damaged, not ours, or does not fit the file it should score."""


class Cancelled(UpshotError):
    """The work was cancelled by a person; nothing is kept."""


class InternalError(UpshotError):
    """Our own fault."""


class UpshotWarning(UserWarning):
    """A warning that names the column and the consequence."""


@dataclass(frozen=True)
class Remedy:
    """What a program can do about a finding; `upshot.tables.remedies` carries it out.

    Attributes
    ----------
    action : str
        A key of `upshot.tables.remedies.REMEDIES`, such as ``"treat-missing"``.
    column : str
        The column it changes; for rows left out the first column that tells them, or empty.
    values : tuple of str
        The spellings, ends or further columns it is about, where the action needs them.
    """

    action: str
    column: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """One remark about a file, a column or a run.

    Attributes
    ----------
    code : str
        Stable, dotted-free slug such as ``"leak-suspect"``; programs match on it.
    message : str
        One or two plain sentences: what was found and its consequence.
    column : str or None
        The column it is about, or None for the table or the run.
    remedy : str
        What the person can do, or empty.
    offer : Remedy or None
        The same for a program, where one step is enough.
    level : {"info", "warning", "blocker"}
        ``"info"`` is shown, ``"warning"`` should be read, ``"blocker"`` stops the road.
    """

    code: str
    message: str
    column: str | None = None
    remedy: str = ""
    level: str = "info"
    offer: Remedy | None = None
