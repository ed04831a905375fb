from __future__ import annotations

from pathlib import Path

import pytest

from upshot.errors import InputError
from upshot.reports.formats import FORMATS, format_of

from .made_up import answer

STARTS = {".html": b"<!doctype html>", ".xlsx": b"PK", ".pptx": b"PK"}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_a_file_of_its_kind(ending: str) -> None:
    chosen = format_of(Path(f"Report{ending.upper()}"))
    assert chosen.render(answer()).startswith(STARTS[ending])
    assert "/" in chosen.content_type
    assert chosen.label


@pytest.mark.parametrize("name", ["report", "report.pdf", ".html"])
def test_an_unknown_ending_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(InputError, match=r"Choose a name ending in \.html, \.xlsx or \.pptx\."):
        format_of(Path(name))
