"""The kinds a column may be: one module each, asked in order; the first that agrees decides."""

from __future__ import annotations

from upshot.tables.kinds.base import Declined, Found, Hints, Recogniser
from upshot.tables.kinds.boolean import recognise_boolean
from upshot.tables.kinds.category import recognise_category, recognise_text
from upshot.tables.kinds.clock import recognise_clock
from upshot.tables.kinds.code import recognise_code
from upshot.tables.kinds.constant import recognise_constant
from upshot.tables.kinds.datetime import recognise_datetime
from upshot.tables.kinds.identifier import recognise_identifier, recognise_unique
from upshot.tables.kinds.number import recognise_number
from upshot.tables.kinds.personal import recognise_contact, recognise_person

# Order matters: values that decide on their own come first, free text takes what is left.
RECOGNISERS: dict[str, Recogniser] = {
    "constant": recognise_constant,
    "contact": recognise_contact,
    "boolean": recognise_boolean,
    "datetime": recognise_datetime,
    "code": recognise_code,
    "identifier": recognise_identifier,
    "clock": recognise_clock,
    "number": recognise_number,
    "person": recognise_person,
    "unique": recognise_unique,
    "category": recognise_category,
    "text": recognise_text,
}

__all__ = ["RECOGNISERS", "Declined", "Found", "Hints", "Recogniser"]
