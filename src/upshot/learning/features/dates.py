"""Dates as numbers: parts of the calendar, days since, and gaps between date columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from upshot.learning.state import Array, State

# More gaps than this rarely say more: an order, a first visit, a last visit, a cancellation.
_MOST_GAPS = 15


@dataclass(frozen=True)
class DateFeatures:
    """Calendar parts (month, day, weekday, hour, month end), age, and gaps.

    Attributes
    ----------
    names : tuple of str
        The date columns.
    reference : tuple of float
        Per column the latest training day; age is counted back from it.
    has_time : tuple of bool
        Per column whether any value carries a time of day.
    parts : {"none", "basic", "full"}
        ``"none"`` keeps the age only, ``"basic"`` adds month and weekday, ``"full"`` the rest.
    gaps : bool
        Whether days between each pair of date columns are added.
    """

    names: tuple[str, ...]
    reference: tuple[float, ...]
    has_time: tuple[bool, ...]
    parts: str = "full"
    gaps: bool = True

    @classmethod
    def fit(cls, days: Array, names: tuple[str, ...], parts: str, *, gaps: bool) -> DateFeatures:
        """Remember the latest day and whether there is a time of day."""
        reference, has_time = [], []
        for values in days.T:
            known = values[np.isfinite(values)]
            reference.append(float(known.max()) if known.size else 0.0)
            has_time.append(bool(np.any(known % 1.0 > 0)))
        return cls(names, tuple(reference), tuple(has_time), parts, gaps)

    def transform(self, days: Array) -> tuple[Array, tuple[str, ...]]:
        """Return the new number columns and their names."""
        columns: list[Array] = []
        labels: list[str] = []
        for position, name in enumerate(self.names):
            for label, values in self._of_one(days[:, position], position).items():
                columns.append(values)
                labels.append(f"{name}: {label}")
        for first, second in self._pairs():
            columns.append(days[:, second] - days[:, first])
            labels.append(f"{self.names[second]} minus {self.names[first]} (days)")
        block = np.column_stack(columns) if columns else np.empty((len(days), 0))
        return block, tuple(labels)

    def _pairs(self) -> list[tuple[int, int]]:
        if not self.gaps:
            return []
        return list(combinations(range(len(self.names)), 2))[:_MOST_GAPS]

    def _of_one(self, values: Array, position: int) -> dict[str, Array]:
        features: dict[str, Array] = {"days before the latest": self.reference[position] - values}
        if self.parts == "none":
            return features
        whole = np.where(np.isfinite(values), np.floor(values), 0).astype("datetime64[D]")
        months = whole.astype("datetime64[M]")
        features["month"] = months.astype(np.int64) % 12 + 1.0
        # 1970-01-01 was a Thursday; Monday is 0.
        features["weekday"] = (whole.astype(np.int64) + 3) % 7 + 0.0
        if self.parts == "full":
            features["year"] = months.astype("datetime64[Y]").astype(np.int64) + 1970.0
            features["day of month"] = (whole - months).astype(np.int64) + 1.0
            features["week of year"] = (whole - whole.astype("datetime64[Y]")).astype(
                np.int64
            ) // 7 + 1.0
            if self.has_time[position]:
                features["hour"] = np.nan_to_num(values % 1.0) * 24
        missing = ~np.isfinite(values)
        return {label: np.where(missing, np.nan, column) for label, column in features.items()}

    def state(self) -> State:
        """Return the fitted facts."""
        return State(
            {
                "names": list(self.names),
                "reference": list(self.reference),
                "has_time": list(self.has_time),
                "parts": self.parts,
                "gaps": self.gaps,
            }
        )

    @classmethod
    def from_state(cls, state: State) -> DateFeatures:
        """Rebuild."""
        values = state.values
        return cls(
            tuple(values["names"]),
            tuple(float(v) for v in values["reference"]),
            tuple(bool(v) for v in values["has_time"]),
            str(values["parts"]),
            bool(values["gaps"]),
        )
