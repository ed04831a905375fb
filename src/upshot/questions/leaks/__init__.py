"""Columns that may hold the answer: by what their names say and by what their values show."""

from upshot.questions.leaks.suspects import find_leaks

__all__ = ["find_leaks"]
