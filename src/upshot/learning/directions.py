"""What a person knows of a column: with more of it, the prediction never falls, or never rises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from upshot.errors import QuestionProblem
from upshot.learning.features.columns import find_roles
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import say


def with_directions(
    data: LearningData, rising: Iterable[str] = (), falling: Iterable[str] = ()
) -> LearningData:
    """State directions of columns; models then never go against them.

    Parameters
    ----------
    data : LearningData
        What is learned from.
    rising, falling : iterable of str
        Number columns with which the prediction never falls, or never rises.

    Raises
    ------
    QuestionProblem
        A column is no number that is learned from, is named twice, or there are several outcomes.
    """
    stated = {**dict.fromkeys(rising, 1), **dict.fromkeys(falling, -1)}
    if not stated:
        return data
    if data.task.kind is TaskKind.MULTICLASS:
        raise QuestionProblem(
            say("A direction needs one outcome to look for, and this question has several."),
            say("Leave the direction out, or ask for one of the outcomes."),
        )
    both = sorted(set(rising) & set(falling))
    if both:
        raise QuestionProblem(
            say("`{column}` cannot both raise and lower the prediction.", column=both[0]),
            say("State one direction for each column."),
        )
    numbers = find_roles(data.features, data.schema).numbers
    unknown = next((name for name in stated if name not in numbers), None)
    if unknown is not None:
        raise QuestionProblem(
            say("`{column}` is not a number that is learned from.", column=unknown),
            say("State directions of number columns only, spelt as in the file."),
        )
    return replace(data, directions=stated)
