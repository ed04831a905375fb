"""The search: which candidates are tried, in what order, and which are given up.

Every family gets its chance early on one fold, cheap ones first. What one fold took decides how
many folds are affordable. Then candidates go fold by fold and are given up when they fall behind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from upshot.errors import Cancelled
from upshot.learning.baseline import BaselineModel
from upshot.learning.candidate import Candidate
from upshot.learning.evaluation import (
    Attempt,
    FoldFit,
    Folds,
    Result,
    compare,
    gather,
    judging_seconds,
    loss_of,
)
from upshot.learning.failures import failure_reason
from upshot.learning.metrics import optimised, row_losses
from upshot.learning.outcome import CandidateRecord
from upshot.learning.pace import patience
from upshot.learning.proposals import Proposal, Proposals
from upshot.learning.refit import refit_seconds
from upshot.learning.room import in_words, memory_in_use, needed_bytes
from upshot.learning.run import ENSEMBLE, Run
from upshot.learning.selection import MOST_MEMBERS, library, select
from upshot.learning.splits import minority
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind
from upshot.learning.telling import Teller
from upshot.wording import say

_CANDIDATES_WANTED = 20
_OUTCOMES_WANTED = 400
_BEHIND = 0.05
_CHAMPION_BEHIND = 0.5
_MOST_SKIPS = 5
_ON_MORE_ROWS = 2
_MORE_ROWS_SHARE = 0.3
_MORE_ROWS_TIMES = 1.5
_MOST_FAILURES = 12
_SMALLEST_GAIN = 0.001


@dataclass(frozen=True, eq=False)
class Found:
    """What the search leaves: finished candidates, their weights, and the record of all."""

    results: tuple[Result, ...]
    weights: Array
    records: tuple[CandidateRecord, ...]
    folds_used: int


class Search:
    """One search over one table.

    Parameters
    ----------
    folds : Folds
        Fits candidates.
    proposals : Proposals
        Names candidates.
    baseline : BaselineModel
        What everything is measured against.
    run : Run
        Limits, clock and listener.
    """

    def __init__(
        self,
        folds: Folds,
        proposals: Proposals,
        baseline: BaselineModel,
        run: Run,
    ) -> None:
        self._folds = folds
        self._data: LearningData = folds.data
        self._proposals = proposals
        self._baseline = baseline
        self._budget = run.budget
        self._pace = run.pace
        self._teller = Teller(self._data, baseline, run)
        self._most_members = MOST_MEMBERS if run.uses(ENSEMBLE) else 1
        self._metric = optimised(self._data.task.kind)
        self._fold_count = len(folds.folds)
        self._holdout_rows = self._data.rows - len(
            np.unique(np.concatenate([np.r_[fold.train, fold.valid] for fold in folds.folds]))
        )
        self._results: list[Result] = []
        self._records: list[CandidateRecord] = []
        self._weights: Array = np.ones(0)
        self._leader: list[FoldFit] = []
        self._ensemble_score: float | None = None
        self._since_gain = 0
        self._tried = 0
        self._failures = 0
        self._is_settled = False

    def run(self) -> Found:
        """Search until time, trials or gains run out, or a person stops it."""
        self._first_round()
        if self._folds.is_sampled:
            self._on_more_rows()
        skips = 0
        while not self._is_over() and skips < _MOST_SKIPS:
            proposal = self._proposals.ask()
            if self._affords(proposal.candidate, self._fold_count):
                self._tried += 1
                self._complete(proposal, Attempt(proposal.candidate), _BEHIND)
                skips = 0
            else:
                self._skip(proposal)
                skips += 0 if proposal.is_warm else 1
        return Found(tuple(self._results), self._weights, tuple(self._records), self._fold_count)

    def skip_missing(self, missing: dict[str, str]) -> None:
        """Record the families that cannot run here, with the reason."""
        for family, reason in missing.items():
            self._record(Candidate(family, family), "skipped", reason=reason)

    def _first_round(self) -> None:
        """Give every family one fold, then decide how many folds to use, then complete them."""
        waiting: list[tuple[Proposal, Attempt]] = []
        for _ in self._proposals.champions:
            # The first, the fast linear model, is fitted even when the time is over already: a
            # baseline alone would look as if there were nothing to learn.
            is_first = self._tried == 0 and not self._budget.is_stopped()
            if self._is_over() and not is_first:
                break
            proposal = self._proposals.ask()
            if not is_first and not self._affords(proposal.candidate, 1):
                self._skip(proposal)
                continue
            self._tried += 1
            attempt = Attempt(proposal.candidate)
            if self._advance(proposal, attempt, self._folds):
                self._teller.first_answer(attempt.fits[0])
                waiting.append((proposal, attempt))
        self._settle_folds(max((pair[1].fits[0].spared_seconds for pair in waiting), default=0.0))
        self._is_settled = True
        waiting.sort(key=lambda pair: loss_of(self._data, pair[1].fits))
        for proposal, attempt in waiting:
            self._complete(proposal, attempt, _CHAMPION_BEHIND)

    def _settle_folds(self, shared: float) -> None:
        """Use as many folds as leave time for enough candidates.

        Preparing a fold takes `shared` seconds once; the candidates after the first are spared it.
        """
        folds, target = len(self._folds.folds), self._data.target
        rows = sum(len(fold.valid) for fold in self._folds.folds)
        if not self._pace.limited:
            self._fold_count = folds if rows <= 20_000 else min(folds, 3 if rows < 200_000 else 1)
            return
        typical = max(0.0, self._pace.typical() - shared)
        affordable = self._pace.search_left() / max(1e-6, _CANDIDATES_WANTED * typical + shared)
        scarce = minority(target[self._folds.folds[0].valid], self._data.task.kind)
        needed = math.ceil(_OUTCOMES_WANTED / max(1, scarce))
        possible = self._pace.search_left() / max(1e-6, 3 * typical + shared)
        wanted = max(affordable, min(needed, possible))
        self._fold_count = int(np.clip(wanted, 1, folds))

    def _complete(self, proposal: Proposal, attempt: Attempt, behind: float) -> None:
        """Fit the remaining folds; give up when it falls behind."""
        del attempt.fits[self._fold_count :]
        while len(attempt.fits) < self._fold_count:
            if attempt.fits and self._is_behind(attempt, behind):
                self._give_up(proposal, attempt, say("fell behind the best candidate"))
                return
            left = self._fold_count - len(attempt.fits)
            if attempt.fits and not self._affords(attempt.candidate, left):
                self._give_up(proposal, attempt, say("no time was left to finish it"))
                return
            if not self._advance(proposal, attempt, self._folds):
                return
        score = self._finish(attempt)
        self._proposals.tell(proposal, score)

    def _on_more_rows(self) -> None:
        """Fit the best candidates of the sample on more rows: all, if there is time for it."""
        ranked = sorted(self._results, key=lambda result: loss_of(self._data, result.fits))
        every = len(self._folds.folds[0].train)
        for result in ranked[:_ON_MORE_ROWS]:
            fit = result.fits[0]
            seconds = _MORE_ROWS_SHARE * self._pace.search_left() / self._fold_count
            rows = int(min(every, fit.fitted_rows * seconds / max(fit.anew_seconds, 1e-3)))
            if self._is_over() or rows < _MORE_ROWS_TIMES * fit.fitted_rows:
                continue
            more = self._folds.with_rows(rows)
            name = say("{name} on {rows} rows", name=result.candidate.name, rows=rows)
            if rows == every:
                name = say("{name} on all rows", name=result.candidate.name)
            attempt = Attempt(replace(result.candidate, name=name))
            self._tried += 1
            while len(attempt.fits) < self._fold_count:
                if not self._advance(None, attempt, more):
                    break
            else:
                self._finish(attempt)

    def _advance(self, proposal: Proposal | None, attempt: Attempt, folds: Folds) -> bool:
        """Fit the next fold; the one place where a candidate's failure is caught."""
        candidate, index = attempt.candidate, len(attempt.fits)
        reason = self._too_large(candidate, folds)
        if reason:
            self._failures += 1
            self._record(candidate, "skipped", attempt.seconds, reason=reason)
            if proposal is not None:
                self._proposals.fail(proposal)
            return False
        deadline = self._pace.first_deadline()
        if folds is not self._folds:
            deadline = self._pace.deadline(candidate.family, 1)
        elif self._is_settled:
            deadline = self._pace.deadline(candidate.family, self._fold_count - index)
        try:
            fit = folds.fit(candidate, index, deadline)
        except Cancelled:
            raise
        except Exception as error:
            self._budget.raise_if_cancelled()
            self._failures += 1
            self._record(candidate, "failed", attempt.seconds, reason=failure_reason(error))
            if proposal is not None:
                self._proposals.fail(proposal)
            return False
        self._budget.raise_if_cancelled()
        self._failures = 0
        attempt.fits.append(fit)
        if folds is self._folds:
            # A later fold may have to prepare its rows first, so what memory spared counts.
            self._pace.note(candidate.family, fit.anew_seconds, fit.predict_seconds)
        if not self._leader or self._is_ahead(attempt):
            self._leader = attempt.fits
        return True

    def _too_large(self, candidate: Candidate, folds: Folds) -> str:
        """Why a fit would need more memory than there is; empty when it would not."""
        if self._budget.memory_bytes is None:
            return ""
        needed = needed_bytes(candidate, self._proposals.facts, folds.rows_of_a_fit)
        left = self._budget.memory_bytes - memory_in_use()
        if needed <= left:
            return ""
        return say(
            "it would need about {needed} of memory, and {left} is left",
            needed=in_words(needed),
            left=in_words(left),
        )

    def _finish(self, attempt: Attempt) -> float:
        rows, predictions = gather(attempt.fits)
        result = Result(attempt.candidate, tuple(attempt.fits), rows, predictions)
        self._results.append(result)
        score = self._metric.score(self._data.target[rows], predictions)
        self._combine()
        told = self._teller.figure_of(rows, predictions)
        self._record(attempt.candidate, "done", attempt.seconds, score=score, told=told)
        return score

    def _combine(self) -> None:
        """Choose the best combination so far, and keep time to finish it."""
        target = self._data.target[self._results[0].rows]
        kind = self._data.task.kind
        predictions = self._library(target)
        full = library(predictions, target, kind)
        self._weights = select(full, seed=self._budget.seed, members=self._most_members)
        self._teller.combined(target, predictions, self._weights)
        loss = full.loss(self._weights)
        score = -math.sqrt(loss) if kind is TaskKind.REGRESSION else -loss
        start = self._metric.score(target, self._baseline.repeat(len(target)))
        before = self._ensemble_score
        gained = before is None or score - before > _SMALLEST_GAIN * abs(score - start)
        self._since_gain = 0 if gained else self._since_gain + 1
        self._ensemble_score = score if before is None else max(score, before)
        most = self._pace.most_refit_seconds
        rows = self._data.rows
        self._pace.plan_judging(judging_seconds(self._results, self._weights, self._holdout_rows))
        self._pace.plan_refit(refit_seconds(self._results, self._weights, rows, most))

    def _library(self, target: Array) -> list[Array]:
        """Predictions to combine; the baseline joins when nobody clearly beats it."""
        predictions = [result.predictions for result in self._results]
        fallback, kind = self._baseline.repeat(len(target)), self._data.task.kind
        start = row_losses(target, fallback, kind)
        gains = [start - row_losses(target, prediction, kind) for prediction in predictions]
        clear = any(g.mean() > 2 * g.std() / math.sqrt(len(g)) for g in gains)
        return predictions if clear else [*predictions, fallback]

    def _give_up(self, proposal: Proposal, attempt: Attempt, reason: str) -> None:
        rows, predictions = gather(attempt.fits)
        score = self._metric.score(self._data.target[rows], predictions)
        self._since_gain += 1
        self._proposals.prune(proposal, score)
        self._record(attempt.candidate, "pruned", attempt.seconds, score=score, reason=reason)

    def _skip(self, proposal: Proposal) -> None:
        self._proposals.fail(proposal)
        family = proposal.candidate.family
        if not any(record.family == family for record in self._records):
            self._record(proposal.candidate, "skipped", reason=say("there was no time left for it"))

    def _is_over(self) -> bool:
        self._budget.raise_if_cancelled()
        trials = self._budget.trials
        return (
            self._budget.is_stopped()
            or (trials is not None and self._tried >= trials)
            or self._pace.search_left() <= 0
            or self._failures >= _MOST_FAILURES
            or self._is_patience_over()
        )

    def _is_patience_over(self) -> bool:
        """Whether nothing gains any more; the warm starts, dear ones last, are all tried first."""
        most = patience(len(self._folds.folds[0].train))
        return self._since_gain >= most and self._proposals.warm_left == 0

    def _affords(self, candidate: Candidate, fits: int) -> bool:
        # The last `fits` folds are asked for; what was fitted before an interruption costs nothing.
        if self._folds.is_known(candidate, self._fold_count if self._is_settled else 1):
            return True
        return self._pace.affords(self._pace.predict(candidate.family) * fits)

    def _is_ahead(self, attempt: Attempt) -> bool:
        """Whether it beats the leader on the folds both have finished."""
        if len(attempt.fits) < min(len(self._leader), self._fold_count):
            return False
        return float(compare(self._data, attempt.fits, self._leader).mean()) < 0

    def _is_behind(self, attempt: Attempt, behind: float) -> bool:
        """Whether it is worse than the leader by more than noise and a share of the gain."""
        if self._leader is attempt.fits:
            return False
        gaps = compare(self._data, attempt.fits, self._leader)
        shared = self._leader[: len(attempt.fits)]
        start = loss_of(self._data, shared, self._baseline.repeat)
        gain = max(0.0, start - loss_of(self._data, shared))
        noise = float(gaps.std()) / math.sqrt(len(gaps))
        return float(gaps.mean()) - noise > behind * gain

    def _record(
        self,
        candidate: Candidate,
        state: str,
        seconds: float = 0.0,
        *,
        score: float | None = None,
        told: float | None = None,
        reason: str = "",
    ) -> None:
        record = CandidateRecord(
            name=candidate.name,
            family=candidate.family,
            seconds=seconds,
            score=score,
            state=state,
            reason=reason,
            summary=candidate.summary,
            params=dict(candidate.params),
        )
        self._records.append(record)
        self._teller.finished(self._records, self._metric.name, self._ensemble_score, told)
