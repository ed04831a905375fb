"""What a list for an ad platform is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from upshot.errors import Note


@dataclass(frozen=True)
class Contact:
    """One person, written the way ad platforms compare people; what is unknown is empty.

    Attributes
    ----------
    email, first_name, last_name : str
        Trimmed, lower case.
    phone : str
        E.164: plus sign, country code, digits.
    country : str
        ISO 3166-1 alpha-2, upper case.
    postal_code : str
        Trimmed.
    value : float or None
        The predicted amount, where the question was how much.
    """

    email: str = ""
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    country: str = ""
    postal_code: str = ""
    value: float | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """What tells this person from others: e-mail and phone, and else name with address."""
        direct = tuple(way for way in (self.email, self.phone) if way)
        named = (self.first_name, self.last_name, self.postal_code)
        if not direct and all(named):
            return ("\t".join((*named, self.country)),)
        return direct


@dataclass(frozen=True)
class Target:
    """A platform that takes lists of people.

    Attributes
    ----------
    slug, name : str
        For programs, and for people.
    header : tuple of str
        The exact header line.
    row : callable
        Turns a contact into the cells below that header, hashed where the platform asks for it.
    smallest : int
        Below this many people the platform tends not to use the list.
    advice : str
        What to do when uploading, in plain words.
    """

    slug: str
    name: str
    header: tuple[str, ...]
    row: Callable[[Contact], tuple[str, ...]]
    smallest: int
    advice: str


@dataclass(frozen=True)
class Written:
    """How many people a list holds, and what should be known about it."""

    people: int
    notes: tuple[Note, ...] = ()
