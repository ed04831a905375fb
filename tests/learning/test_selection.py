import numpy as np
import pytest

from upshot.learning.selection import MOST_MEMBERS, library, select
from upshot.learning.task import TaskKind


def _noisy(rows=3_000, candidates=4, noise=1.0, seed=0):
    rng = np.random.default_rng(seed)
    logit = rng.normal(0, 1.5, rows)
    target = (rng.random(rows) < 1 / (1 + np.exp(-logit))).astype(np.int64)
    guesses = [1 / (1 + np.exp(-(logit + rng.normal(0, noise, rows)))) for _ in range(candidates)]
    return target, guesses


def test_independent_errors_are_averaged_out():
    target, guesses = _noisy()
    full = library(guesses, target, TaskKind.BINARY)
    weights = select(full, seed=0)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).sum() >= 3
    assert full.loss(weights) < full.losses(full.figures).min() - 0.02


def test_never_worse_than_the_best_single_candidate():
    for seed in range(10):
        target, guesses = _noisy(rows=120, candidates=12, noise=2.0, seed=seed)
        full = library(guesses, target, TaskKind.BINARY)
        assert full.loss(select(full, seed=seed)) <= full.losses(full.figures).min() + 1e-12


def test_one_candidate_takes_all():
    target, guesses = _noisy(candidates=1)
    assert select(library(guesses, target, TaskKind.BINARY), seed=0).tolist() == [1.0]


def test_members_are_few():
    target, guesses = _noisy(candidates=20, noise=3.0)
    weights = select(library(guesses, target, TaskKind.BINARY), seed=0)
    assert 1 < (weights > 0).sum() <= MOST_MEMBERS


def test_amounts_are_combined_by_squared_error():
    rng = np.random.default_rng(0)
    target = rng.gamma(2, 50, 500)
    guesses = [target + rng.normal(0, 30, 500) for _ in range(3)]
    full = library(guesses, target, TaskKind.REGRESSION)
    assert full.loss(select(full, seed=0)) < full.losses(full.figures).min() * 0.6


def test_several_classes_are_combined():
    rng = np.random.default_rng(0)
    target = rng.integers(0, 3, 400)
    guesses = []
    for _ in range(3):
        raw = np.eye(3)[target] + rng.normal(0, 1, (400, 3))
        guesses.append(np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True))
    full = library(guesses, target, TaskKind.MULTICLASS)
    assert full.loss(select(full, seed=0)) < full.losses(full.figures).min()
