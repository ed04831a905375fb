"""A search says in plain figures how good each attempt and the answer so far are."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from upshot.budget import Budget
from upshot.learning.baseline import fit_baseline
from upshot.learning.outcome import CandidateRecord
from upshot.learning.telling import PLAINEST, Teller


def teller(data):
    heard = []
    run = SimpleNamespace(
        budget=Budget(), pace=SimpleNamespace(limited=False), on_event=heard.append
    )
    return Teller(data, fit_baseline(data), run), heard


@pytest.mark.parametrize("make", ["binary", "multiclass", "regression"])
def test_each_attempt_and_the_answer_so_far_have_a_plain_figure(made_up, make):
    data = getattr(made_up, make)(300)
    told, heard = teller(data)
    rows = np.arange(data.rows)
    perfect = np.eye(3)[data.target] if make == "multiclass" else data.target.astype(float)
    guess = fit_baseline(data).repeat(data.rows)
    told.combined(data.target, [perfect, guess], np.array([1.0, 0.0]))
    record = CandidateRecord("c1", "linear", 1.0, -0.5, "done")
    told.finished([record], "log_loss", -0.4, told.figure_of(rows, guess))
    (event,) = heard
    assert event.told_metric == PLAINEST[data.task.kind].name
    assert event.told_best > event.told
    assert (event.number, event.best_score, event.ensemble_score) == (1, -0.5, -0.4)
