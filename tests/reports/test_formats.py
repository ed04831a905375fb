from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from upshot.errors import InputError
from upshot.explaining.profit import profit
from upshot.reports.formats import FORMATS, format_of

from .made_up import answer

STARTS = {".html": b"<!doctype html>", ".xlsx": b"PK", ".pptx": b"PK"}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_a_file_of_its_kind(ending: str) -> None:
    chosen = format_of(Path(f"Report{ending.upper()}"))
    assert chosen.render(answer()).startswith(STARTS[ending])
    assert "/" in chosen.content_type
    assert chosen.label


def test_every_format_takes_the_readers_own_costs() -> None:
    facts = answer()
    assert facts.gains is not None
    own = profit(facts.gains, 2.0, 40.0)
    for ending, chosen in FORMATS.items():
        plain, with_costs = chosen.render(facts), chosen.render(facts, own)
        assert len(with_costs) > len(plain) + 1_000, ending
    page = FORMATS[".html"].render(facts, own).decode()
    book = openpyxl.load_workbook(io.BytesIO(FORMATS[".xlsx"].render(facts, own)))
    deck = Presentation(io.BytesIO(FORMATS[".pptx"].render(facts, own)))
    assert "2 per contact, 40 per success" in page
    assert book["Profit"]["F102"].value == pytest.approx(own.everyone.profit)
    told = [shape.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any("2 per contact, 40 per success" in text for text in told)


@pytest.mark.parametrize("name", ["report", "report.pdf", ".html"])
def test_an_unknown_ending_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(InputError, match=r"Choose a name ending in \.html, \.xlsx or \.pptx\."):
        format_of(Path(name))
