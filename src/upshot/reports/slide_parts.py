"""The parts of a slide that hold words: where they stand, and a size of letters that fits.

PowerPoint shrinks text only when somebody edits it, so that the size is chosen here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upshot.reports.native import said
from upshot.reports.sections import KeyFigure

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.7
"""Inches: a wide screen, as PowerPoint makes it."""
FULL = WIDTH - 2 * MARGIN
LONGEST_TITLE = 300
LONGEST_POINT = 400
"""Characters; the report itself holds the rest."""
MOST_POINTS = 7
INK, SOFT, MODEL, BESIDE = "1b2429", "5a6468", "0b5a60", "b5b0a3"
"""Colours of the report and its charts."""

NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(?<=\d) (?=[%×])")
"""What stands before a unit, so that a line never begins with one."""

_SIZES = (40, 36, 32, 28, 24, 20, 18, 16, 14, 12, 11, 10)
_WIDE, _HIGH, _AFTER = 0.5, 1.22, 8
"""A letter's mean width and a line's height, in sizes of Calibri; points after a paragraph."""
_SIDES, _MARK = 0.2, 0.4
"""Inches of a box that stay empty: at its sides, and before a paragraph with a mark."""


@dataclass(frozen=True)
class Place:
    """Where a part stands, in inches."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Hand:
    """How words are written: the largest size in points, and how they look."""

    largest: int
    colour: str = INK
    bold: bool = False
    most: int = LONGEST_POINT
    has_marks: bool = False


TITLE = Hand(28, bold=True, most=LONGEST_TITLE)
POINTS = Hand(20, has_marks=True)
BESIDE_A_CHART = Hand(16, has_marks=True)
REASONS, UNDER_A_CHART = Hand(18), Hand(16)
UNIT = Hand(16, SOFT)
FOOT = Hand(12, SOFT)
NUMBER = Hand(40, MODEL, bold=True)
MEANING = Hand(16, SOFT)


def fitting(texts: Sequence[str], place: Place, hand: Hand) -> int:
    """The largest size that a hand allows in which paragraphs fit a place."""
    inside = place.width - _SIDES - (_MARK if hand.has_marks else 0)
    for size in (one for one in _SIZES if one <= hand.largest):
        across = max(1, int(inside * 72 / (size * _WIDE)))
        lines = sum(max(1, math.ceil(len(text) / across)) for text in texts)
        if lines * size * _HIGH + len(texts) * _AFTER <= place.height * 72:
            return size
    return _SIZES[-1]


def put(shape: Any, place: Place) -> None:
    """Move a shape to its place."""
    from pptx.util import Inches

    shape.left, shape.top = Inches(place.left), Inches(place.top)
    shape.width, shape.height = Inches(place.width), Inches(place.height)


def write(shape: Any, place: Place, texts: Sequence[str], hand: Hand) -> None:
    """Fill a shape with paragraphs that fit its place."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    put(shape, place)
    shown = [cut(text, hand.most) for text in texts[:MOST_POINTS]]
    size = fitting(shown, place, hand)
    frame = shape.text_frame
    frame.word_wrap = True
    for at, text in enumerate(shown):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size = Pt(size)
        paragraph.font.bold = hand.bold
        paragraph.font.color.rgb = RGBColor.from_string(hand.colour.upper())
        paragraph.space_after = Pt(_AFTER)


def add_words(slide: Any, place: Place, texts: Sequence[str], hand: Hand) -> None:
    """Put words where the slide's layout has no place for them."""
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*map(Inches, (0, 0, 1, 1)))
    write(box, place, texts, hand)


def add_key_figures(slide: Any, keys: Sequence[KeyFigure], top: float) -> None:
    """Large numbers side by side, each with what it counts below."""
    width = FULL / max(3, len(keys))
    for at, key in enumerate(keys):
        left = MARGIN + at * width
        add_words(slide, Place(left, top, width, 0.8), (key.number,), NUMBER)
        add_words(slide, Place(left, top + 0.75, width - 0.2, 0.75), (key.meaning,), MEANING)


def cut(text: str, most: int) -> str:
    """A text as a slide can hold it, no longer than `most` characters."""
    shown = _UNIT.sub(NO_BREAK, said(text))
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
