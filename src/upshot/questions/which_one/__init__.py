"""Which one …? Several outcomes, one per row."""

from upshot.questions.which_one.question import WhichOne

__all__ = ["WhichOne"]
