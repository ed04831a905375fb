"""A failure's reason travels with the bundle, so it quotes nothing of the data."""

from __future__ import annotations

import json

import pytest

from upshot.budget import Budget
from upshot.errors import Cancelled
from upshot.learning.failures import failure_reason


def raised(action) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any failure will do
        action()
    return caught.value


def test_another_librarys_message_is_not_repeated() -> None:
    error = raised(lambda: json.loads("jane@example.com"))
    assert "jane" not in failure_reason(error)
    assert failure_reason(error) == "json reported a JSONDecodeError"


def test_our_own_sentence_is_told() -> None:
    error = raised(Budget(is_cancelled=lambda: True).raise_if_cancelled)
    assert isinstance(error, Cancelled)
    assert failure_reason(error) == "The work was cancelled."


def test_lack_of_memory_is_said_plainly() -> None:
    assert "more memory" in failure_reason(MemoryError())
