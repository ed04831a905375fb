"""How much …? An amount."""

from upshot.questions.how_much.question import HowMuch

__all__ = ["HowMuch"]
