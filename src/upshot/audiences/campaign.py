"""Who is contacted, and who is left out at random to compare."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from upshot.audiences import normalise
from upshot.audiences.base import Contact
from upshot.audiences.fields import FIELDS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

CONTACT = "contact"
CONTROL = "control"


class Who(StrEnum):
    """How the list is cut."""

    TOP = "top"
    TENTHS = "tenths"
    ABOVE = "above"


@dataclass(frozen=True)
class Choice:
    """What a person chose.

    Attributes
    ----------
    score : str
        The predicted column that ranks people.
    who : Who
        The highest `amount` people, the highest `amount` tenths, or scores of at least `amount`.
    amount : float
        See `who`.
    control : float
        Share of them left out at random, from 0 to below 1. A tenth keeps most of the campaign's
        yield; `compare` says what it can show.
    seed : int
        The same seed leaves out the same people.
    country : str
        ISO code of the country of phones and addresses that do not name one.
    fields : mapping
        The column of each of `FIELDS`, where there is one.
    value : str
        The column with the predicted amount, or empty.
    """

    score: str
    who: Who = Who.TENTHS
    amount: float = 2
    control: float = 0.1
    seed: int = 0
    country: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    value: str = ""


@dataclass(frozen=True, eq=False)
class Campaign:
    """The chosen rows, best first.

    Attributes
    ----------
    rows : tuple of int
        Their positions in the scored frame.
    groups : tuple of str
        ``"contact"`` or ``"control"`` for each of them.
    contacts : tuple of Contact
        Each of them as a person; for the eyes of the ad platform only.
    scores : tuple of float
        Their scores.
    people : tuple of int
        Which person each row is; rows that share a way to be reached share the number.
    """

    rows: tuple[int, ...]
    groups: tuple[str, ...]
    contacts: tuple[Contact, ...]
    scores: tuple[float, ...]
    people: tuple[int, ...]

    def count(self, group: str) -> int:
        """How many people are in a group, however many rows each has."""
        pairs = zip(self.people, self.groups, strict=True)
        return len({person for person, theirs in pairs if theirs == group})

    @property
    def mean_score(self) -> float:
        """The score on average; 0 when nobody was chosen."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


def make_campaign(frame: pd.DataFrame, choice: Choice) -> Campaign:
    """Choose rows of a scored frame and set a control group aside.

    Rows that share an e-mail address or a phone number are one person: they are all contacted or
    all left out, so nobody of the control group is reached through a second row.
    """
    import pandas as pd

    scores = pd.to_numeric(frame[choice.score], errors="coerce").to_numpy(dtype=float)
    chosen = _chosen(scores, choice)
    contacts = _contacts(frame.iloc[chosen], choice)
    people = _people(contacts)
    groups = _groups(people, choice)
    return Campaign(
        tuple(chosen),
        tuple(groups),
        tuple(contacts),
        tuple(float(scores[row]) for row in chosen),
        tuple(people),
    )


def _chosen(scores: np.ndarray[Any, Any], choice: Choice) -> list[int]:
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    order = order[~np.isnan(scores[order])]
    if choice.who is Who.ABOVE:
        order = order[scores[order] >= choice.amount]
    elif choice.who is Who.TOP:
        order = order[: max(int(choice.amount), 0)]
    else:
        order = order[: math.ceil(len(order) * min(max(choice.amount, 0), 10) / 10)]
    return [int(row) for row in order]


def _contacts(frame: pd.DataFrame, choice: Choice) -> list[Contact]:
    blank = [""] * len(frame)
    cells = {
        name: frame[choice.fields[name]].tolist() if choice.fields.get(name) else blank
        for name in FIELDS
    }
    values = frame[choice.value].tolist() if choice.value else [None] * len(frame)
    rows = zip(*cells.values(), values, strict=True)
    return [_contact(dict(zip(cells, row, strict=False)), row[-1], choice.country) for row in rows]


def _contact(cells: dict[str, Any], value: Any, default: str) -> Contact:
    country = normalise.country(cells["country"]) or default
    return Contact(
        email=normalise.email(cells["email"]),
        phone=normalise.phone(cells["phone"], country),
        first_name=normalise.name(cells["first_name"]),
        last_name=normalise.name(cells["last_name"]),
        country=country,
        postal_code=normalise.postal_code(cells["postal_code"]),
        value=_number(value),
    )


def _number(cell: Any) -> float | None:
    import pandas as pd

    number = pd.to_numeric(cell, errors="coerce")
    return None if pd.isna(number) else float(number)


def _groups(people: list[int], choice: Choice) -> list[str]:
    """Draw whole people until the control group has its size."""
    import numpy as np

    everyone = list(dict.fromkeys(people))
    drawn = np.random.default_rng(choice.seed).permutation(len(everyone))
    control = {everyone[int(at)] for at in drawn[: round(choice.control * len(everyone))]}
    return [CONTROL if person in control else CONTACT for person in people]


def _people(contacts: list[Contact]) -> list[int]:
    """Which person each row is: rows that share a way to be reached are one (union-find)."""
    parent = list(range(len(contacts)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    seen: dict[str, int] = {}
    for at, person in enumerate(contacts):
        for way in person.ways:
            first = seen.setdefault(way, at)
            low, high = sorted((root(first), root(at)))
            parent[high] = low
    return [root(at) for at in range(len(contacts))]
