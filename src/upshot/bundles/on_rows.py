"""A bundle's plain predictions for a table, to be judged against known outcomes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.bundles.fitting import fitted
from upshot.errors import Note
from upshot.learning.state import Array

if TYPE_CHECKING:
    from upshot.bundles.bundle import Bundle
    from upshot.tables.table import Table


def predictions_on(bundle: Bundle, table: Table, rows: Array) -> tuple[Array, tuple[Note, ...]]:
    """Predict some rows of a table.

    Parameters
    ----------
    bundle : Bundle
        What predicts.
    table : Table
        Read from any file with the columns of the bundle.
    rows : numpy.ndarray of int
        Positions in it.

    Returns
    -------
    predictions : numpy.ndarray
        As `FittedModel.predict` gives them.
    notes : tuple of Note
        Columns the file lacks, and other things to know.

    Raises
    ------
    BundleProblem
        Too many of the columns that matter are missing.
    """
    part = replace(table, raw=table.raw.take(np.asarray(rows, dtype=np.int64)))
    read, _, remarks = fitted(bundle, part)
    return np.asarray(bundle.model.predict(read.data)), remarks
