"""Writing a list for an ad platform, and the whole file with its groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from upshot.audiences.base import Contact, Target, Written
from upshot.audiences.campaign import CONTACT, CONTROL, Campaign
from upshot.errors import Note
from upshot.files import appearing
from upshot.tables.export import defuse
from upshot.wording import say, say_count

if TYPE_CHECKING:
    import pandas as pd

GROUP = "upshot_group"


def write_list(campaign: Campaign, target: Target, path: str | Path) -> Written:
    """Write the people to contact as a UTF-8 CSV file the platform takes.

    People of the control group, people who cannot be reached and repeated people are left out.

    Raises
    ------
    FileProblem
        The file cannot be written.
    """
    import csv

    people, unreachable = listed(campaign)
    # No byte-order mark: it would become part of the first header.
    with (
        appearing(Path(path)) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(target.header)
        writer.writerows([defuse(cell) for cell in target.row(person)] for person in people)
    return Written(len(people), notes_of(len(people), unreachable, target))


def listed(campaign: Campaign) -> tuple[list[Contact], int]:
    """The people to contact, each once, and how many rows cannot be reached."""
    left_out = {
        way
        for person, group in zip(campaign.contacts, campaign.groups, strict=True)
        if group == CONTROL
        for way in person.ways
    }
    seen: set[tuple[str, ...]] = set()
    people: list[Contact] = []
    unreachable = 0
    for person, group in zip(campaign.contacts, campaign.groups, strict=True):
        if group != CONTACT:
            continue
        if not person.ways:
            unreachable += 1
        elif person.ways not in seen and left_out.isdisjoint(person.ways):
            seen.add(person.ways)
            people.append(person)
    return people, unreachable


def notes_of(people: int, unreachable: int, target: Target) -> tuple[Note, ...]:
    """What should be known before uploading."""
    notes = []
    if people < target.smallest:
        notes.append(
            Note(
                "few-people",
                say(
                    "The list for {platform} holds {people} people. Under {smallest} the platform "
                    "may not use it.",
                    platform=target.name,
                    people=people,
                    smallest=target.smallest,
                ),
                remedy=say("Choose more people."),
                level="warning",
            )
        )
    if unreachable:
        notes.append(
            Note(
                "no-way-to-reach",
                say_count(
                    "{number} row has no usable e-mail address, phone number or name with postal "
                    "code.",
                    "{number} rows have no usable e-mail address, phone number or name with postal "
                    "code.",
                    unreachable,
                ),
                remedy=say("Check below which columns hold them."),
                level="warning",
            )
        )
    return tuple(notes)


def add_groups(frame: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The whole file with the group of each chosen row; the others stay empty."""
    groups = [""] * len(frame)
    for row, group in zip(campaign.rows, campaign.groups, strict=True):
        groups[row] = group
    return frame.assign(**{GROUP: groups})
