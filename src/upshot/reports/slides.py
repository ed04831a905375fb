"""An answer as PowerPoint slides: one takeaway each, with charts people can edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from upshot.errors import Note
from upshot.explaining.facts import Answer, ProfitFacts, Segments
from upshot.explaining.wording import sentences
from upshot.reports import sections, slide_parts, trust
from upshot.reports.native import Figures, figures_of, said
from upshot.reports.slide_charts import add_chart
from upshot.reports.slide_parts import FULL, LONGEST_TITLE, MARGIN, Place
from upshot.wording import say, say_count

MOST_NOTES = 5
"""Remarks on one slide; the report holds the others."""
TOP, BOTTOM = 2.1, 7.1
"""Inches between which a slide below its title stands."""
_LINE = 0.4
"""Inches of a line under a chart."""
_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s")

_TITLE_ONLY, _TITLE_AND_POINTS, _OPENING = 5, 1, 0
"""Layouts of the library's own deck."""


@dataclass(frozen=True)
class Slide:
    """One slide: a takeaway, with a chart, with points beside it or alone, and lines below."""

    title: str
    points: tuple[str, ...] = ()
    figures: Figures | None = None
    below: tuple[str, ...] = ()


def write_slides(
    answer: Answer, target: Path | BinaryIO, profit: ProfitFacts | None = None
) -> None:
    """Write an answer as PowerPoint slides.

    Parameters
    ----------
    answer : Answer
        The facts.
    target : Path or binary file
        Where to write them.
    profit : ProfitFacts, optional
        Costs and earnings; left out when not given.
    """
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(slide_parts.WIDTH), Inches(slide_parts.HEIGHT)
    deck.core_properties.title = said(answer.wording.title)[:LONGEST_TITLE]
    deck.core_properties.author = "Upshot"
    _opening(deck, answer)
    for slide in slides_of(answer, profit):
        _slide(deck, slide)
    deck.save(str(target) if isinstance(target, Path) else target)


def slides_of(answer: Answer, profit: ProfitFacts | None = None) -> Iterator[Slide]:
    """Arrange what follows the verdict, the same sentences as the page."""
    if notes := sections.warnings(answer.warnings):
        yield Slide(say("Before you rely on it"), noted(notes))
    drivers = tuple(driver.sentence for driver in answer.drivers[:3])
    sayings = trust.calibration_sayings(answer) + trust.amount_sayings(answer)
    beside = {"Drivers": drivers, "Reliability": sayings}
    below = {
        "Drivers": sections.lever_lines(answer),
        "Profit": sections.profit_lines(answer, profit)[1:],
    }
    for figures in figures_of(answer, profit):
        name, title = figures.name, figures.title
        yield Slide(title, beside.get(name, ()), figures, below.get(name, ()))
    if answer.segments is not None:
        yield Slide(answer.segments.sentence, _filters(answer.segments))
    yield from _told((*trust.method(answer), trust.recipe(answer)))
    yield from _told(trust.limits(answer))
    yield from _told(answer.verdict.actions)


def noted(notes: Sequence[Note]) -> tuple[str, ...]:
    """What to mind, short enough for a slide: one line each, and what they share once.

    A single remark stands whole. Of several the first sentence says what was found.
    """
    if len(notes) == 1:
        return (sentences(notes[0].message, notes[0].remedy),)
    shown = notes[:MOST_NOTES]
    found = [_NEXT_SENTENCE.split(str(note.message), maxsplit=1)[0] for note in shown]
    remedies = tuple(dict.fromkeys(str(note.remedy) for note in shown if note.remedy))
    if len(remedies) > 1:
        both = zip(found, shown, strict=True)
        return tuple(f"{message} {note.remedy}".strip() for message, note in both)
    rest = len(notes) - len(shown)
    more = say_count("{number} more is in the report.", "{number} more are in the report.", rest)
    return (*found, *((more,) if rest else ()), *remedies)


def _filters(found: Segments) -> tuple[str, ...]:
    return tuple(say("{filter}: {what}", filter=s.words, what=s.sentence) for s in found.segments)


def _told(texts: Sequence[str]) -> Iterator[Slide]:
    """Make the first sentence the takeaway; without any there is no slide."""
    if texts:
        yield Slide(texts[0], tuple(texts[1:]))


def _opening(deck: Any, answer: Answer) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_OPENING])
    words, sign = sections.light(answer)
    slide_parts.add_words(
        slide, Place(MARGIN, 0.6, FULL, 0.5), (f"{sign} {words}",), slide_parts.MEANING
    )
    title = slide_parts.Hand(36, bold=True, most=LONGEST_TITLE)
    slide_parts.write(
        slide.shapes.title, Place(MARGIN, 1.1, FULL, 2.0), (answer.verdict.sentence,), title
    )
    keys = sections.key_figures(answer)
    slide_parts.add_key_figures(slide, keys, 3.15)
    top = 4.6 if keys else 3.3
    below = Place(MARGIN, top, FULL, 6.7 - top)
    if answer.verdict.reasons:
        reasons = answer.verdict.reasons
        slide_parts.write(slide.placeholders[1], below, reasons, slide_parts.REASONS)
    else:
        # An empty place would ask to be clicked.
        empty = slide.placeholders[1]._element
        empty.getparent().remove(empty)
    origin = " · ".join(map(str, (answer.wording.title, *sections.origin(answer))))
    slide_parts.add_words(slide, Place(MARGIN, 6.75, FULL, 0.4), (origin,), slide_parts.FOOT)


def _slide(deck: Any, slide: Slide) -> None:
    # The layout with a body keeps points in the outline; one without takes a chart alone.
    layout = deck.slide_layouts[_TITLE_AND_POINTS if slide.points else _TITLE_ONLY]
    made = deck.slides.add_slide(layout)
    slide_parts.write(
        made.shapes.title, Place(MARGIN, 0.4, FULL, 1.15), (slide.title,), slide_parts.TITLE
    )
    if slide.figures is not None:
        _chart(made, slide, slide.figures)
    elif slide.points:
        whole = Place(MARGIN, 1.8, FULL, BOTTOM - 1.8)
        slide_parts.write(made.placeholders[1], whole, slide.points, slide_parts.POINTS)


def _chart(made: Any, slide: Slide, figures: Figures) -> None:
    unit = Place(MARGIN, 1.6, FULL, 0.45)
    slide_parts.add_words(made, unit, (figures.unit,), slide_parts.UNIT)
    high = BOTTOM - TOP - _LINE * len(slide.below)
    wide = 8.4 if slide.points else FULL
    add_chart(made, figures, Place(MARGIN, TOP, wide, high))
    if slide.points:
        left = MARGIN + wide + 0.2
        beside = Place(left, TOP, MARGIN + FULL - left, high)
        slide_parts.write(made.placeholders[1], beside, slide.points, slide_parts.BESIDE_A_CHART)
    if slide.below:
        under = Place(MARGIN, TOP + high, FULL, BOTTOM - TOP - high)
        slide_parts.add_words(made, under, slide.below, slide_parts.UNDER_A_CHART)
