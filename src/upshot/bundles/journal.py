"""A folder that keeps the fits of one run, in the parts and the zip that bundles are made of.

Whoever can write into the folder can only damage a fit, which is then made again: like bundles, its
files hold values, arrays and native models, never code.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

from upshot.bundles.archive import open_archive, write_archive
from upshot.bundles.parts import put_together, take_apart
from upshot.errors import UpshotError
from upshot.files import appearing
from upshot.learning.evaluation import FoldFit
from upshot.learning.parts import part_from_state, part_size, part_state
from upshot.learning.state import State, join, part

MOST_BYTES = 32 << 20
"""A larger fit is not kept: writing it would take time that the search needs more."""

_FIT = "fit"
_NUMBERS = ("fit_seconds", "predict_seconds", "spared_seconds")


class FitJournal:
    """A `upshot.learning.journal.Journal` in a folder.

    Parameters
    ----------
    folder : Path
        Made when it is not there; belongs to one run alone, and goes with it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def knows(self, key: str) -> bool:
        """As in `Journal`."""
        return self._path(key).is_file()

    def recall(self, key: str) -> FoldFit | None:
        """As in `Journal`."""
        path = self._path(key)
        if not path.is_file():
            return None
        try:
            with open_archive(path) as archive:
                parts = {name: archive.read(name) for name in archive.names}
            state = put_together(_FIT, parts)
            return _fit(state) if state.values["key"] == key else None
        # As with a bundle, a damaged state can make a native library fail in any way of its own.
        except Exception:
            path.unlink(missing_ok=True)
            return None

    def keep(self, key: str, fit: FoldFit) -> None:
        """As in `Journal`."""
        if part_size(fit.model) > MOST_BYTES:
            return
        # A full disk costs a restart its memory; it must not cost this run its fit.
        with contextlib.suppress(UpshotError), appearing(self._path(key)) as temporary:
            write_archive(temporary, take_apart(_FIT, _state(key, fit)))

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.fit"


def _state(key: str, fit: FoldFit) -> State:
    arrays = State(arrays={"rows": fit.rows, "predictions": fit.predictions})
    values: dict[str, Any] = {name: getattr(fit, name) for name in _NUMBERS}
    return join(
        {"model": part_state(fit.model), "outcome": arrays},
        key=key,
        iterations=fit.iterations,
        fitted_rows=fit.fitted_rows,
        **values,
    )


def _fit(state: State) -> FoldFit:
    outcome = part(state, "outcome").arrays
    values = state.values
    return FoldFit(
        model=part_from_state(part(state, "model")),
        rows=outcome["rows"],
        predictions=outcome["predictions"],
        iterations=values["iterations"],
        fitted_rows=int(values["fitted_rows"]),
        **{name: float(values[name]) for name in _NUMBERS},
    )
