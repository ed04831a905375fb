"""A report in another language holds no sentence of English, whatever was asked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pptx
import pytest

import upshot
from upshot.errors import InputError
from upshot.explaining.facts import Answer
from upshot.samples import SAMPLES, write_sample

from .made_up import answer as made_up_answer

FOUR_WORDS = re.compile(r"[A-Za-z]+(?:[ ,:;.]+[A-Za-z]+){3,}")
NAMES_OF_PARTS = re.compile(r"Content Placeholder \d+|Title \d+|TextBox \d+")


def in_html(path: Path) -> Iterator[str]:
    page = re.sub(r"<style>.*?</style>|<pre>.*?</pre>", "", path.read_text("utf-8"), flags=re.S)
    yield from re.findall(r'aria-label="([^"]*)"', page)
    yield from re.sub(r"<[^>]+>", "\n", re.sub(r"</?(?:code|strong)>", "", page)).split("\n")


def in_workbook(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    yield from book.sheetnames
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str) and " = " not in cell)


def in_slides(path: Path) -> Iterator[str]:
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            yield shape.name
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_chart:
                yield from map(str, shape.chart.plots[0].categories)
                yield from (series.name for series in shape.chart.plots[0].series)


READERS = {".html": in_html, ".xlsx": in_workbook, ".pptx": in_slides}


@pytest.fixture(scope="module", params=["leads", "plans", "spend"])
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """The answer of a sample, saved and loaded again."""
    folder = tmp_path_factory.mktemp("stored")
    sample = SAMPLES[request.param]
    table = upshot.read(write_sample(sample.slug, folder))
    result = upshot.train(
        table, sample.target, positive=sample.positive, ignore=[sample.leak], trials=2, cores=1
    )
    result.bundle.save(folder / "model.upshot")
    return upshot.load(folder / "model.upshot").answer


def english(texts: Iterator[str], facts: Answer) -> list[str]:
    """What reads like English, less the names and values that a file brought along."""
    names = {*facts.columns, facts.task.target, *facts.task.classes, facts.file}
    names |= {effect.label for driver in facts.drivers for effect in driver.effects}
    names |= {note.column for note in facts.warnings if note.column}
    longest_first = sorted((str.__str__(n) for n in names if len(n) > 1), key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, longest_first)))
    plain = (NAMES_OF_PARTS.sub("", known.sub("…", html.unescape(text))) for text in texts)
    return [found for text in plain for found in FOUR_WORDS.findall(text)]


@pytest.mark.slow
@pytest.mark.parametrize("ending", list(READERS))
def test_a_stored_answer_is_told_in_russian_alone(
    stored: Answer, ending: str, tmp_path: Path
) -> None:
    path = upshot.report(stored, tmp_path / f"report{ending}", language="ru")
    texts = list(READERS[ending](path))
    assert any(re.search("[а-я]{4}", text) for text in texts)
    assert english(iter(texts), stored) == []


def test_the_page_names_its_language_and_writes_numbers_its_way(tmp_path: Path) -> None:
    page = upshot.report(made_up_answer(), tmp_path / "a.html", language="ru").read_text("utf-8")
    assert '<html lang="ru">' in page
    assert "Насколько этому верить" in page
    assert re.search(r"\d,\d", page)
    again = upshot.report(made_up_answer(), tmp_path / "b.html").read_text("utf-8")
    assert '<html lang="en">' in again
    assert "How far to trust it" in again


def test_a_language_that_nobody_speaks_here_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not speak 'tlh'"):
        upshot.report(made_up_answer(), tmp_path / "a.html", language="tlh")
