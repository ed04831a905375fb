"""Members of an ensemble that encode alike encode new rows once."""

from __future__ import annotations

import numpy as np
import pytest

from upshot.learning.ensemble import FittedMember, FittedModel
from upshot.learning.features.encoder import Encoder
from upshot.learning.pipeline import Candidate, FitContext, fit_pipeline
from upshot.learning.task import TaskKind

from .rich_table import features, learning_data

PLAIN = {"category.encoding": "native", "text.encoding": "length", "lightgbm.rounds": 10}


@pytest.fixture(scope="module")
def model():
    data = learning_data(TaskKind.BINARY)
    candidates = [
        Candidate("few leaves", "lightgbm", {**PLAIN, "lightgbm.leaves": 4}),
        Candidate("many leaves", "lightgbm", {**PLAIN, "lightgbm.leaves": 31}),
        Candidate("linear", "linear", {"text.encoding": "length"}),
    ]
    fitted = [fit_pipeline(one, data, None, FitContext()) for one in candidates]
    members = tuple(
        FittedMember(one.name, 1 / 3, (pipeline,))
        for one, pipeline in zip(candidates, fitted, strict=True)
    )
    return FittedModel(data.task, members)


def test_rows_are_encoded_once_for_members_that_encode_alike(model, monkeypatch):
    calls = []
    transform = Encoder.transform

    def counted(self, rows, texts=None):
        calls.append(len(rows))
        return transform(self, rows, texts)

    monkeypatch.setattr(Encoder, "transform", counted)
    model.predict(features(50, seed=3))
    assert calls == [50, 50]


def test_sharing_changes_no_prediction(model):
    rows = features(80, seed=4)
    alone = sum(m.weight * m.models[0].predict(rows) for m in model.members)
    np.testing.assert_allclose(model.predict(rows), alone, rtol=1e-12)
    assert model.predict(rows.iloc[:0]).shape == (0,)
