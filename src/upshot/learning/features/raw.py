"""The first half of preprocessing: columns of a table become numbers and category codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from upshot.learning.features.columns import Roles, read_days, read_numbers
from upshot.learning.features.dates import DateFeatures
from upshot.learning.features.levels import Levels, NumberLevels
from upshot.learning.state import Array, State, join, part

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


class Request(Protocol):
    """What fitting needs to know; see `EncodingRequest`."""

    @property
    def params(self) -> Mapping[str, Any]: ...
    @property
    def seed(self) -> int: ...


@dataclass(frozen=True)
class RawFeatures:
    """Numbers (with date features and texts as numbers) and category codes of a table."""

    numbers: tuple[str, ...]
    dates: DateFeatures
    levels: Levels
    number_levels: NumberLevels

    @classmethod
    def fit_transform(
        cls, features: pd.DataFrame, roles: Roles, outcome: Array, request: Request
    ) -> tuple[RawFeatures, Array, Array]:
        """Fit on training rows and return their numbers and codes."""
        params = request.params
        days = read_days(features, roles.dates)
        dates = DateFeatures.fit(
            days,
            roles.dates,
            str(params.get("date.parts", "full")),
            gaps=bool(params.get("date.gaps", True)),
        )
        levels = Levels.fit(features, roles.categories, int(params.get("category.rare", 1)))
        plain = read_numbers(features, roles.numbers)
        number_levels = NumberLevels.fit(plain, int(params.get("number.as_category", 0)))
        raw = cls(roles.numbers, dates, levels, number_levels)
        numbers, codes = raw.transform(features)
        return raw, numbers, codes

    @property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of codes per category column."""
        return (*self.levels.cardinalities, *self.number_levels.cardinalities)

    def transform(self, features: pd.DataFrame) -> tuple[Array, Array]:
        """Return float64 numbers and int32 codes."""
        plain = read_numbers(features, self.numbers)
        calendar, _ = self.dates.transform(read_days(features, self.dates.names))
        codes = np.hstack([self.levels.transform(features), self.number_levels.transform(plain)])
        return np.hstack([plain, calendar]), codes

    def state(self) -> State:
        """Return everything fitted."""
        return join(
            {
                "dates": self.dates.state(),
                "levels": self.levels.state(),
                "number_levels": self.number_levels.state(),
            },
            numbers=list(self.numbers),
        )

    @classmethod
    def from_state(cls, state: State) -> RawFeatures:
        """Rebuild."""
        return cls(
            tuple(state.values["numbers"]),
            DateFeatures.from_state(part(state, "dates")),
            Levels.from_state(part(state, "levels")),
            NumberLevels.from_state(part(state, "number_levels")),
        )
