"""The forms a report can have, by the ending of its file's name."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from upshot.errors import InputError
from upshot.explaining.facts import Answer, ProfitFacts
from upshot.wording import LANGUAGES, SOURCE, say, speaking


class Render(Protocol):
    """Make the file of an answer; with costs and earnings, where they are known."""

    def __call__(self, answer: Answer, profit: ProfitFacts | None = None) -> bytes: ...


@dataclass(frozen=True)
class Format:
    """How an answer becomes a file, what the file is, and what a person calls it."""

    render: Render
    content_type: str
    label: str


def _page(answer: Answer, profit: ProfitFacts | None = None) -> bytes:
    from upshot.reports.html import render_report

    return render_report(answer, profit).encode()


def _workbook(answer: Answer, profit: ProfitFacts | None = None) -> bytes:
    from upshot.reports.workbook import write_workbook

    kept = io.BytesIO()
    write_workbook(answer, kept, profit)
    return kept.getvalue()


def _slides(answer: Answer, profit: ProfitFacts | None = None) -> bytes:
    from upshot.reports.slides import write_slides

    kept = io.BytesIO()
    write_slides(answer, kept, profit)
    return kept.getvalue()


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: dict[str, Format] = {
    ".html": Format(_page, "text/html", say("Web page")),
    ".xlsx": Format(_workbook, f"{_OFFICE}.spreadsheetml.sheet", say("Excel workbook")),
    ".pptx": Format(_slides, f"{_OFFICE}.presentationml.presentation", say("PowerPoint slides")),
}


def write_report(answer: Answer, path: str | Path, language: str = SOURCE) -> Path:
    """Write an answer as a report, in the form its file's name asks for.

    Parameters
    ----------
    answer : Answer
        The facts.
    path : path
        Where to write it: .html, .xlsx or .pptx.
    language : str
        A key of `upshot.wording.LANGUAGES`.

    Raises
    ------
    InputError
        When Upshot writes no such report, or speaks no such language.
    FileProblem
        The file cannot be written.
    """
    from upshot.files import write_atomically

    path = Path(path)
    chosen = format_of(path)
    if language not in LANGUAGES:
        raise InputError(
            say("Upshot does not speak '{language}'.", language=language),
            say("Choose one of: {languages}.", languages=", ".join(LANGUAGES)),
        )
    with speaking(language):
        write_atomically(path, chosen.render(answer))
    return path


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
            say("Upshot writes no report named '{file}'.", file=path.name),
            say("Choose a name ending in .html, .xlsx or .pptx."),
        )
    return found
