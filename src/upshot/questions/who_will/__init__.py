"""Who will …? Two outcomes, one of them looked for."""

from upshot.questions.who_will.question import WhoWill

__all__ = ["WhoWill"]
