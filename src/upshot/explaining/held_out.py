"""The holdout rows of a run, kept so that later questions are judged on unseen rows too.

A person's own rule, another model and a cut-off are compared on exactly the rows that no model of
the run had seen. Only positions, outcomes and predictions are kept; no cell of the file is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.errors import BundleProblem
from upshot.learning.state import Array
from upshot.wording import say


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What is known of the holdout rows.

    Attributes
    ----------
    rows : numpy.ndarray of int64, shape (n_rows,)
        Positions in the table.
    target : numpy.ndarray, shape (n_rows,)
        The truth: codes of classes, or amounts.
    predictions : numpy.ndarray
        As in `Holdout.predictions`.
    """

    rows: Array
    target: Array
    predictions: Array

    def to_bytes(self) -> bytes:
        """Return the arrays in one piece, in the safetensors format."""
        from safetensors.numpy import save

        arrays = {
            "rows": np.ascontiguousarray(self.rows, dtype=np.int32),
            "target": np.ascontiguousarray(self.target, dtype=np.float64),
            "predictions": np.ascontiguousarray(self.predictions, dtype=np.float32),
        }
        return bytes(save(arrays))

    @classmethod
    def from_bytes(cls, packed: bytes) -> HeldOut:
        """Rebuild from `to_bytes`; raises `BundleProblem` when it is something else."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            arrays = load(packed)
            rows, target = arrays["rows"].astype(np.int64), arrays["target"]
            predictions = arrays["predictions"].astype(np.float64)
        except (SafetensorError, KeyError, ValueError) as error:
            raise BundleProblem(
                say("The rows set aside for the test are damaged."), say("Learn again.")
            ) from error
        return cls(rows, target, predictions)
