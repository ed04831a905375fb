import numpy as np
import pytest

from upshot.learning.baseline import BaselineModel, fit_baseline


@pytest.mark.parametrize("make", ["binary", "multiclass", "regression"])
def test_the_baseline_says_the_average_of_everybody(made_up, make):
    data = getattr(made_up, make)(300)
    model = fit_baseline(data)
    predictions = model.predict(data.features.head(4))
    assert len(predictions) == 4
    if predictions.ndim == 1:
        assert predictions[0] == pytest.approx(data.target.mean(), rel=0.01)
    else:
        assert predictions[0].sum() == pytest.approx(1)
        assert predictions[0] == pytest.approx(np.bincount(data.target) / 300, abs=0.01)
    again = BaselineModel.from_state(model.state())
    assert np.array_equal(again.predict(data.features), model.predict(data.features))
