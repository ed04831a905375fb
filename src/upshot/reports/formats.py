"""The forms a report can have, by the ending of its file's name."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from upshot.errors import InputError
from upshot.explaining.facts import Answer


@dataclass(frozen=True)
class Format:
    """How an answer becomes a file, what the file is, and what a person calls it."""

    render: Callable[[Answer], bytes]
    content_type: str
    label: str


def _page(answer: Answer) -> bytes:
    from upshot.reports.html import render_report

    return render_report(answer).encode()


def _workbook(answer: Answer) -> bytes:
    from upshot.reports.workbook import write_workbook

    kept = io.BytesIO()
    write_workbook(answer, kept)
    return kept.getvalue()


def _slides(answer: Answer) -> bytes:
    from upshot.reports.slides import write_slides

    kept = io.BytesIO()
    write_slides(answer, kept)
    return kept.getvalue()


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: dict[str, Format] = {
    ".html": Format(_page, "text/html", "Web page"),
    ".xlsx": Format(_workbook, f"{_OFFICE}.spreadsheetml.sheet", "Excel workbook"),
    ".pptx": Format(_slides, f"{_OFFICE}.presentationml.presentation", "PowerPoint slides"),
}


def format_of(path: Path) -> Format:
    """Return the format a file's name asks for.

    Raises
    ------
    InputError
        When Upshot writes no such report.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise InputError(
            f"Upshot writes no report named '{path.name}'.",
            "Choose a name ending in .html, .xlsx or .pptx.",
        )
    return found
