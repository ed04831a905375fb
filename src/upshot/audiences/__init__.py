"""Lists that go back out: whom to contact, who is left out to compare, files an ad platform takes.

A scored frame and a `Choice` give a `Campaign`; a campaign and a `Target` of `LISTS` give a file.
"""

from upshot.audiences.base import Contact, Target, Written
from upshot.audiences.campaign import Campaign, Choice, Who, make_campaign
from upshot.audiences.control import Comparison, compare
from upshot.audiences.fields import FIELDS, guess_fields
from upshot.audiences.registry import LISTS
from upshot.audiences.write import add_groups, write_list

__all__ = [
    "FIELDS",
    "LISTS",
    "Campaign",
    "Choice",
    "Comparison",
    "Contact",
    "Target",
    "Who",
    "Written",
    "add_groups",
    "compare",
    "guess_fields",
    "make_campaign",
    "write_list",
]
