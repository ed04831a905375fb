"""What a run has fitted is not fitted again after it was killed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bundles.conftest import made_up_data
from upshot.budget import Budget
from upshot.bundles.journal import FitJournal
from upshot.learning.candidate import Candidate
from upshot.learning.evaluation import Folds
from upshot.learning.learn import learn
from upshot.learning.splits import split
from upshot.learning.task import TaskKind

BUDGET = Budget(seconds=None, trials=3, cores=1)
CANDIDATES = (
    Candidate("a", "linear"),
    Candidate("b", "lightgbm", {"lightgbm.max_rounds": 20}),
    Candidate("c", "extra_trees", {"extra_trees.trees": 10}),
)


@pytest.fixture
def folds() -> Any:
    data, _ = made_up_data(TaskKind.BINARY)
    splits = split(data, seed=0, seconds=None)

    def make(journal: FitJournal | None) -> Folds:
        return Folds(data, splits.folds, BUDGET, journal=journal)

    return make


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda candidate: candidate.family)
def test_a_kept_fit_comes_back_as_it_was(
    tmp_path: Path, folds: Any, candidate: Candidate, monkeypatch: Any
) -> None:
    first = folds(FitJournal(tmp_path / "run")).fit(candidate, 0, None)
    after = folds(FitJournal(tmp_path / "run"))
    monkeypatch.setattr(Folds, "_fit", None)
    assert after.is_known(candidate, 1)
    assert not after.is_known(candidate, 2)
    again = after.fit(candidate, 0, None)
    np.testing.assert_array_equal(again.rows, first.rows)
    np.testing.assert_allclose(again.predictions, first.predictions)
    features = after.data.features.iloc[:20]
    np.testing.assert_allclose(again.model.predict(features), first.model.predict(features))
    assert (again.iterations, again.fitted_rows) == (first.iterations, first.fitted_rows)
    assert again.anew_seconds == pytest.approx(first.anew_seconds)


def test_another_candidate_another_seed_or_other_rows_are_not_mistaken(
    tmp_path: Path, folds: Any
) -> None:
    journal = FitJournal(tmp_path)
    made = folds(journal)
    made.fit(CANDIDATES[0], 0, None)
    assert not made.is_known(CANDIDATES[0].with_params("a2", linear__alpha=3.0), 1)
    assert not made.with_rows(50).is_known(CANDIDATES[0], 1)


@pytest.mark.parametrize("spoil", [b"", b"PK\x05\x06", b"x" * 300])
def test_a_damaged_fit_is_made_again(tmp_path: Path, folds: Any, spoil: bytes) -> None:
    folds(FitJournal(tmp_path)).fit(CANDIDATES[0], 0, None)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(spoil)
    fit = folds(FitJournal(tmp_path)).fit(CANDIDATES[0], 0, None)
    assert np.isfinite(fit.predictions).all()
    assert kept.stat().st_size > len(spoil)


def test_a_full_disk_costs_no_fit(tmp_path: Path, folds: Any, monkeypatch: Any) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("upshot.bundles.journal.write_archive", full)
    fit = folds(FitJournal(tmp_path)).fit(CANDIDATES[0], 0, None)
    assert np.isfinite(fit.predictions).all()
    assert not any(tmp_path.iterdir())


def test_a_run_that_starts_again_fits_nothing_twice(tmp_path: Path, monkeypatch: Any) -> None:
    data, _ = made_up_data(TaskKind.BINARY)
    first = learn(data, BUDGET, reserve_seconds=0, journal=FitJournal(tmp_path))
    fitted = []
    honest = Folds._fit
    monkeypatch.setattr(Folds, "_fit", lambda self, *a: fitted.append(a) or honest(self, *a))
    again = learn(data, BUDGET, reserve_seconds=0, journal=FitJournal(tmp_path))
    assert not fitted
    assert [c.name for c in again.candidates] == [c.name for c in first.candidates]
    np.testing.assert_allclose(again.holdout.predictions, first.holdout.predictions)
