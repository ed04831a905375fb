import numpy as np
import pytest

from upshot.errors import BundleProblem
from upshot.explaining.held_out import HeldOut


@pytest.mark.parametrize("predictions", [np.linspace(0, 1, 5), np.full((5, 3), 1 / 3)])
def test_rows_set_aside_come_back_as_they_were(predictions: np.ndarray) -> None:
    held = HeldOut(np.array([3, 1, 4, 1, 5]), np.arange(5.0), predictions)
    again = HeldOut.from_bytes(held.to_bytes())
    assert again.rows.tolist() == [3, 1, 4, 1, 5]
    assert again.target.tolist() == held.target.tolist()
    assert np.allclose(again.predictions, predictions)


def test_other_bytes_are_refused() -> None:
    with pytest.raises(BundleProblem):
        HeldOut.from_bytes(b"nothing of ours")
