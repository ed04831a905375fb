"""Amounts of which many are 0: whether there is any, times how much there is then.

The hurdle model (Cragg 1971) with any family for both parts. Spend after a mailing is the common
case: most people buy nothing, and what tells whether they buy is not what tells how much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Model
from upshot.learning.state import Array, State, join, part
from upshot.learning.task import TaskKind

# Below this many rows with an amount, how much it is cannot be told from columns.
FEWEST_AMOUNTS = 50
# One row of ten ends the training when there is nothing else to end it.
_EVERY = 10


@dataclass(frozen=True, eq=False)
class TwoPartModel:
    """The chance of any amount, and the amount if there is one."""

    chance: Model
    amount: Model

    @property
    def iterations(self) -> int | None:
        """None: the parts need different rounds, which one number cannot say."""
        return None

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        amount = np.maximum(self.amount.predict(matrix, cores), 0.0)
        return np.asarray(self.chance.predict(matrix, cores) * amount)

    def state(self) -> State:
        """Return both parts."""
        return join({"chance": self.chance.state(), "amount": self.amount.state()})


def has_two_parts(target: Array) -> bool:
    """Whether amounts are sometimes 0, never negative, and often enough above 0."""
    above = int((target > 0).sum())
    return bool(len(target) and np.min(target) >= 0 and FEWEST_AMOUNTS <= above < len(target))


def fit_two_part(fit: Fit, family: Family) -> TwoPartModel:
    """Fit both parts; without validation rows, a tenth of the rows ends the training."""
    if fit.valid is None or fit.valid_target is None or not (fit.valid_target > 0).any():
        fit = _with_validation(fit)
    return TwoPartModel(family.fit(_chance_of(fit)), family.fit(_amount_of(fit)))


def load_two_part(state: State, family: Family) -> TwoPartModel:
    """Rebuild both parts."""
    return TwoPartModel(family.load(part(state, "chance")), family.load(part(state, "amount")))


def _with_validation(fit: Fit) -> Fit:
    """Set rows aside, evenly along the amounts."""
    order = np.argsort(fit.target, kind="stable")
    aside = np.zeros(len(order), dtype=bool)
    aside[order[_EVERY // 2 :: _EVERY]] = True
    # The largest amount belongs to those set aside or not by its place; one amount must be there.
    aside[order[-1]] = True
    rest, known = np.flatnonzero(~aside), np.flatnonzero(aside)
    return replace(
        fit,
        train=fit.train.take(rest),
        target=fit.target[rest],
        valid=fit.train.take(known),
        valid_target=fit.target[known],
    )


def _chance_of(fit: Fit) -> Fit:
    assert fit.valid_target is not None
    return replace(
        fit,
        kind=TaskKind.BINARY,
        n_classes=2,
        target=(fit.target > 0).astype(np.int64),
        valid_target=(fit.valid_target > 0).astype(np.int64),
    )


def _amount_of(fit: Fit) -> Fit:
    assert fit.valid is not None
    assert fit.valid_target is not None
    rows, known = np.flatnonzero(fit.target > 0), np.flatnonzero(fit.valid_target > 0)
    return replace(
        fit,
        train=fit.train.take(rows),
        target=fit.target[rows],
        valid=fit.valid.take(known),
        valid_target=fit.valid_target[known],
    )
