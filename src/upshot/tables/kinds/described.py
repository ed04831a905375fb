"""What each kind of column is and how it is learned, in a marketer's words."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.tables.kinds.category import (
    COUNTRY_ROLE,
    CURRENCY_ROLE,
    ORDERED_ROLE,
    TAGS_ROLE,
    URL_ROLE,
)
from upshot.tables.kinds.clock import DURATION_ROLE, TIME_ROLE
from upshot.tables.kinds.personal import MAILBOX_ROLE
from upshot.tables.schema import Column, Kind
from upshot.wording import mark, say


@dataclass(frozen=True)
class Described:
    """A kind of column, or a finer word for one.

    Attributes
    ----------
    kinds : tuple of Kind
        The kinds that it goes with.
    label : str
        What a person calls it.
    meaning : str
        What such a column holds.
    learned : str
        What a model makes of it.
    """

    kinds: tuple[Kind, ...]
    label: str
    meaning: str
    learned: str


_AS_NUMBER = mark(
    "A model sees the number itself, and sums, ratios and ranges where they tell more."
)
_AS_LEVELS = mark("A model sees which value a row has. Rare values count together.")
_NEVER = mark("No model sees it: it names a row and says nothing about the next one.")

KINDS: dict[Kind, Described] = {
    Kind.NUMBER: Described(
        (Kind.NUMBER,), mark("Number"), mark("Amounts that can be added or compared."), _AS_NUMBER
    ),
    Kind.CATEGORY: Described(
        (Kind.CATEGORY,), mark("Category"), mark("One of a limited set of values."), _AS_LEVELS
    ),
    Kind.TEXT: Described(
        (Kind.TEXT,),
        mark("Free text"),
        mark("Words that people wrote, different in nearly every row."),
        mark("A model sees how long a text is and which words it shares with others."),
    ),
    Kind.DATETIME: Described(
        (Kind.DATETIME,),
        mark("Date or time"),
        mark("A day, a month, a quarter, or a point in time."),
        mark("A model sees month, weekday, hour, how long ago it was, and days between two dates."),
    ),
    Kind.BOOLEAN: Described(
        (Kind.BOOLEAN,),
        mark("Yes or no"),
        mark("Two values of which one means yes and the other no."),
        mark("A model sees yes or no."),
    ),
    Kind.IDENTIFIER: Described(
        (Kind.IDENTIFIER,),
        mark("Identifier"),
        mark("A number or code that names a row, a customer or an order."),
        mark("No model sees it, unless its values come back in many rows."),
    ),
    Kind.CONSTANT: Described(
        (Kind.CONSTANT,),
        mark("Always the same"),
        mark("One value in every row, or none at all."),
        mark("No model sees it: it tells no row from another."),
    ),
}

ROLES: dict[str, Described] = {
    "money": Described(
        (Kind.NUMBER,), mark("money"), mark("An amount of money, in one currency."), _AS_NUMBER
    ),
    "percent": Described(
        (Kind.NUMBER,),
        mark("percent"),
        mark("A share or rate, as written: 12 % is 12."),
        _AS_NUMBER,
    ),
    "count": Described(
        (Kind.NUMBER,), mark("count"), mark("How many: whole numbers from zero."), _AS_NUMBER
    ),
    DURATION_ROLE: Described(
        (Kind.NUMBER,),
        mark("duration"),
        mark("How long something took."),
        mark("A model sees the number of seconds."),
    ),
    TIME_ROLE: Described(
        (Kind.NUMBER,),
        mark("time of day"),
        mark("A time on the clock, without a day."),
        mark("A model sees the number of seconds since midnight."),
    ),
    ORDERED_ROLE: Described(
        (Kind.CATEGORY,),
        mark("ordered"),
        mark("Values that go from low to high, such as small, medium, large."),
        mark("A model sees which value a row has, and how high it stands in the order."),
    ),
    COUNTRY_ROLE: Described(
        (Kind.CATEGORY, Kind.TEXT),
        mark("country"),
        mark("Countries, by name or code. Different spellings of one country count as one."),
        _AS_LEVELS,
    ),
    CURRENCY_ROLE: Described(
        (Kind.CATEGORY, Kind.TEXT), mark("currency"), mark("Codes of currencies."), _AS_LEVELS
    ),
    TAGS_ROLE: Described(
        (Kind.CATEGORY, Kind.TEXT),
        mark("tags"),
        mark("Several short labels in one cell."),
        mark("A model sees for each frequent tag whether a row has it, and how many it has."),
    ),
    URL_ROLE: Described(
        (Kind.CATEGORY, Kind.TEXT),
        mark("web address"),
        mark("Addresses of pages, with the campaign parameters behind them."),
        mark("A model sees source, medium, campaign, domain, and how deep the page lies."),
    ),
    MAILBOX_ROLE: Described(
        (Kind.CATEGORY,),
        mark("mailbox"),
        mark("E-mail addresses, of which only the provider is learned."),
        mark("A model sees a private provider's name, or that it is a company's address."),
    ),
    "postal code": Described(
        (Kind.CATEGORY, Kind.TEXT, Kind.IDENTIFIER),
        mark("postal code"),
        mark("Postal codes, kept as text so that no zero in front is lost."),
        _AS_LEVELS,
    ),
    "code": Described(
        (Kind.CATEGORY, Kind.TEXT, Kind.IDENTIFIER),
        mark("code"),
        mark("Digits or letters that stand for something; adding them up makes no sense."),
        _AS_LEVELS,
    ),
    "row number": Described(
        (Kind.IDENTIFIER,), mark("row number"), mark("The number of a row in the file."), _NEVER
    ),
}
"""Finer words for a kind, as `Column.role` has them."""


def describe_column(column: Column) -> Described:
    """What a column is, as finely as is known."""
    role = ROLES.get(column.role)
    return role if role is not None and column.kind in role.kinds else KINDS[column.kind]


def explained(column: Column) -> str:
    """What a column holds and how it is learned, in two sentences or three."""
    found = describe_column(column)
    if column.personal is not None and column.role != MAILBOX_ROLE:
        learned = say("It is personal data, so no model sees it unless you say so.")
        return say("{meaning} {learned}", meaning=say(found.meaning), learned=learned)
    return say("{meaning} {learned}", meaning=say(found.meaning), learned=say(found.learned))
