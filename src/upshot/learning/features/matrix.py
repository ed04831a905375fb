"""What models are given: numbers, and codes of categories for families that take them natively."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array


@dataclass(frozen=True, eq=False)
class Matrix:
    """Encoded rows.

    Attributes
    ----------
    numbers : numpy.ndarray of float32, shape (n_rows, n_numbers)
        NaN only where the preprocessing leaves missing values to the model.
    codes : numpy.ndarray of int32, shape (n_rows, n_codes)
        0 is missing, 1 is rare or never seen, 2 and up are known levels.
    cardinalities : tuple of int
        Codes of a column are below its cardinality.
    """

    numbers: Array
    codes: Array
    cardinalities: tuple[int, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.numbers.shape[0])

    @property
    def width(self) -> int:
        """Number of columns of both kinds."""
        return int(self.numbers.shape[1] + self.codes.shape[1])

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return int(self.numbers.nbytes + self.codes.nbytes)

    def take(self, rows: Array) -> Matrix:
        """Return some rows."""
        return Matrix(self.numbers[rows], self.codes[rows], self.cardinalities)

    def dense(self) -> Array:
        """Return numbers followed by codes as one float32 array."""
        if not self.codes.shape[1]:
            return self.numbers
        return np.hstack([self.numbers, self.codes.astype(np.float32)])
