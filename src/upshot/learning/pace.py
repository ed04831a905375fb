"""Time well spent: what the next fit will cost, and until when the search may go on.

Without a limit in seconds nothing here looks at the clock, so that runs repeat exactly.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from upshot.budget import Budget

# Cost of a first fit relative to the linear model: the median over the tables of `evidence.json` of
# the mean processor time of a family's entries.
_RELATIVE_COST: Mapping[str, float] = {
    "linear": 1.0,
    "lightgbm": 2.0,
    "catboost": 6.0,
    "extra_trees": 6.0,
    "network": 30.0,
}
_UNKNOWN_COST = 6.0
_SLACK = 0.15
_FAIR_SHARE = 0.3
_PATIENCE = 2.0
_FIRST_SHARE = 0.15
_FINISH_SHARE = 0.3
_FINISH_SHARE_AT_START = 0.12
_OVERHEAD_SHARE = 0.03
_SMALLEST_OVERHEAD = 0.4
_MOST_OVERHEAD = 3.0
# Bootstrap of five metrics and the choice of calibration: 1.5 s for 20,000 rows on two cores.
_FIGURES_SECONDS_PER_ROW = 8e-5
# Candidates without gain before stopping, by rows (scale after FLAML and AutoGluon's defaults).
_WITHOUT_GAIN = ((100, 4), (500, 8), (2_500, 15), (10_000, 40))
_LONGEST_WITHOUT_GAIN = 100


class Pace:
    """Keeps the clock of one run.

    Parameters
    ----------
    budget : Budget
        The limits.
    reserve_seconds : float
        What the caller needs after learning.
    """

    def __init__(self, budget: Budget, reserve_seconds: float) -> None:
        self.limited = budget.seconds is not None
        seconds = budget.seconds if budget.seconds is not None else 0.0
        self._begun = time.monotonic()
        self.end = budget.started + seconds - reserve_seconds
        self.total = max(0.0, self.end - self._begun)
        overhead = max(_SMALLEST_OVERHEAD, _OVERHEAD_SHARE * self.total)
        self._overhead = min(overhead, _MOST_OVERHEAD)
        self._refit = _FINISH_SHARE_AT_START * self.total
        self._judging = 0.0
        self._figures = 0.0
        self._tails: dict[str, float] = {}
        self._spent: defaultdict[str, list[float]] = defaultdict(list)

    @property
    def most_refit_seconds(self) -> float:
        """Seconds that refitting may take at most."""
        return _FINISH_SHARE * self.total if self.limited else float("inf")

    def plan_figures(self, rows: int) -> None:
        """Keep time for the figures on this many set-aside rows."""
        self._figures = _FIGURES_SECONDS_PER_ROW * rows

    def plan_judging(self, seconds: float) -> None:
        """Keep time for predicting the set-aside rows with the best combination so far."""
        self._judging = seconds

    def plan_refit(self, seconds: float) -> None:
        """Keep time for refitting the best combination so far."""
        self._refit = seconds

    def search_left(self) -> float:
        """Seconds the search may still take."""
        if not self.limited:
            return float("inf")
        kept = self._overhead + self._figures + self._judging + self._refit
        return self.end - kept - time.monotonic()

    def finish_left(self) -> float:
        """Seconds the finish may still take."""
        if not self.limited:
            return float("inf")
        return self.end - self._overhead / 2 - self._figures - time.monotonic()

    def deadline(self, family: str, fits_left: int) -> float | None:
        """When a fit must be back so that no candidate takes the time of all others.

        Parameters
        ----------
        family : str
            The model family.
        fits_left : int
            Fits the candidate still needs, this one included.
        """
        if not self.limited:
            return None
        left = self.search_left() - self._tails.get(family, 0.0)
        fair = max(_FAIR_SHARE * left / fits_left, _PATIENCE * self.predict(family))
        if family not in self._spent:
            # What a family never seen here takes is a guess: cut short, it would look worse.
            fair = max(fair, _FIRST_SHARE * left)
        return time.monotonic() + max(0.05, min(left, fair))

    def first_deadline(self) -> float | None:
        """When the first fit of a family must be back."""
        if not self.limited:
            return None
        return time.monotonic() + max(0.05, _FIRST_SHARE * self.search_left())

    def note(self, family: str, fit_seconds: float, predict_seconds: float) -> None:
        """Remember what one fit of a family took, and what predicting with it took."""
        self._spent[family].append(fit_seconds + predict_seconds)
        self._tails[family] = max(predict_seconds, self._tails.get(family, 0.0))

    def predict(self, family: str) -> float:
        """Seconds the next fit of a family will probably take."""
        own = self._spent.get(family)
        if own:
            return sum(own[-6:]) / len(own[-6:])
        known = [
            sum(spent) / len(spent) / _RELATIVE_COST.get(name, _UNKNOWN_COST)
            for name, spent in self._spent.items()
        ]
        unit = median(known) if known else 0.0
        return unit * _RELATIVE_COST.get(family, _UNKNOWN_COST)

    def typical(self) -> float:
        """Seconds a fit takes, the mean over the families seen."""
        means = [sum(spent) / len(spent) for spent in self._spent.values()]
        return sum(means) / len(means) if means else 0.0

    def affords(self, seconds: float) -> bool:
        """Whether work of this length can end before the search must."""
        return seconds * (1 - _SLACK) <= self.search_left()


def patience(rows: int) -> int:
    """Candidates without gain after which a search on this many rows stops."""
    return next((count for limit, count in _WITHOUT_GAIN if rows <= limit), _LONGEST_WITHOUT_GAIN)
