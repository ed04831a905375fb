"""The one registry of questions, in the order they are tried on an outcome."""

from __future__ import annotations

from upshot.questions.base import QuestionType
from upshot.questions.how_much import HowMuch
from upshot.questions.which_one import WhichOne
from upshot.questions.who_will import WhoWill

QUESTIONS: dict[str, QuestionType] = {
    question.slug: question for question in (WhoWill(), WhichOne(), HowMuch())
}
