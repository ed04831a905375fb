"""A marketer's question becomes a task: suggest it, choose it, check it, prepare it."""

from upshot.questions.base import (
    Choice,
    LeakSuspect,
    LeftOut,
    OutcomeCount,
    QuestionType,
    Readiness,
    ReadinessFacts,
    Suggestion,
)
from upshot.questions.checking import check
from upshot.questions.choosing import choose
from upshot.questions.preparing import known_rows, prepare, wording
from upshot.questions.registry import QUESTIONS
from upshot.questions.suggesting import suggest

__all__ = [
    "QUESTIONS",
    "Choice",
    "LeakSuspect",
    "LeftOut",
    "OutcomeCount",
    "QuestionType",
    "Readiness",
    "ReadinessFacts",
    "Suggestion",
    "check",
    "choose",
    "known_rows",
    "prepare",
    "suggest",
    "wording",
]
