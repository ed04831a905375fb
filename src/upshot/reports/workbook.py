"""An answer as an Excel workbook: figures as numbers, with charts Excel draws itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from upshot.explaining.facts import Answer, ProfitFacts, Segments
from upshot.learning.wording import said_state
from upshot.reports import sections, trust
from upshot.reports.native import COUNT, SHARE, TEXT, Figures, Value, figures_of, label_form, said
from upshot.wording import say

HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
WIDEST = 60
LONGEST_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
LONGEST_TITLE = 250
"""Excel takes 255 characters in a chart's title."""
MOST_NARROW = 14
"""Columns with figures above them that a narrow chart has room for."""
LONGEST_NAME_OF_SHEET = 31
LINE_HEIGHT, HIGHEST = 15, 400
"""Points of a line of text; Excel takes 409 for a row."""
MODEL, BESIDE = "#0b5a60", "#b5b0a3"
"""Green and sand of the report's charts."""
_LIKE_A_CELL = re.compile(r"!(?=\$?[A-Z])")
SHAPES = {"line": "line", "columns": "column", "bars": "bar"}


@dataclass(frozen=True)
class _Book:
    book: Any
    head: Any
    forms: dict[str, Any]

    def head_over(self, code: str) -> Any:
        """Return the format of a head: over numbers it stands at the right, as they do."""
        name = f"head over {'numbers' if code else 'text'}"
        if code and name not in self.forms:
            self.forms[name] = self.book.add_format({**HEAD, "align": "right"})
        return self.forms.get(name, self.head)

    def form(self, code: str) -> Any:
        """Return the cell format of a number format; made once each."""
        if code not in self.forms:
            style = {"num_format": code} if code else {"text_wrap": True}
            self.forms[code] = self.book.add_format({**style, "valign": "top"})
        return self.forms[code]


def write_workbook(
    answer: Answer, target: Path | BinaryIO, profit: ProfitFacts | None = None
) -> None:
    """Write an answer as an Excel workbook.

    Parameters
    ----------
    answer : Answer
        The facts.
    target : Path or binary file
        Where to write it.
    profit : ProfitFacts, optional
        Costs and earnings; left out when not given.
    """
    import xlsxwriter

    # Cells hold what a file said: none of it may become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    name = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(name, options) as workbook:
        head = workbook.add_format(HEAD)
        book = _Book(workbook, head, {})
        _summary(book, answer, profit)
        for figures in figures_of(answer, profit):
            _chart(book, _table(book, figures.name, figures), figures)
        if answer.holdout:
            _table(book, say("Figures of the check"), _metrics(answer))
        if answer.segments is not None:
            _table(book, say("Segments"), _segments(answer.segments))
        if answer.classes:
            _table(book, say("Outcomes"), _outcomes(answer))
        _table(book, say("Candidates"), _candidates(answer))


def _summary(book: _Book, answer: Answer, profit: ProfitFacts | None) -> None:
    sheet = _sheet(book, say("Summary"))
    sheet.hide_gridlines(2)
    lines = list(_summary_lines(answer, profit))
    widths = (26, 90)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for at, (name, text) in enumerate(lines):
        style = book.head if at == 0 else book.form(TEXT)
        sheet.write_string(at, 0, _cell(name), book.head if name else style)
        sheet.write_string(at, 1, _cell(text), style)
        _make_room(sheet, at, (name, text), widths)


def _metrics(answer: Answer) -> Figures:
    return _plain(
        (
            say("Figure"),
            say("Model"),
            say("95 % range"),
            say("Without a model"),
            say("What it means"),
        ),
        (TEXT,) * 5,
        tuple(map(_metric_cells, trust.metric_rows(answer))),
    )


def _metric_cells(row: trust.MetricRow) -> tuple[str, ...]:
    return row.name, row.value, row.span, row.baseline, row.meaning


def _summary_lines(answer: Answer, profit: ProfitFacts | None) -> Iterator[tuple[str, str]]:
    yield answer.wording.title, answer.verdict.sentence
    yield "", sections.light(answer)[0]
    for key in sections.key_figures(answer):
        yield "", sections.key_line(key)
    yield "", " · ".join(map(str, sections.origin(answer)))
    notes = [f"{note.message} {note.remedy}" for note in sections.warnings(answer.warnings)]
    sayings = trust.calibration_sayings(answer) + trust.amount_sayings(answer)
    for heading, texts in (
        (say("Reasons"), answer.verdict.reasons),
        (say("Before you rely on it"), notes),
        (say("What to do"), answer.verdict.actions),
        (say("What it earns"), sections.profit_lines(answer, profit)),
        (say("How far to trust it"), sayings),
        (say("What it cannot tell"), trust.limits(answer)),
        (say("How it was measured"), (*trust.method(answer), trust.recipe(answer))),
    ):
        for place, text in enumerate(texts):
            yield heading if place == 0 else "", text


def _sheet(book: _Book, name: str) -> Any:
    """Add a sheet: its heads stay in sight, and its columns share one sheet of paper."""
    sheet = book.book.add_worksheet(str(name)[:LONGEST_NAME_OF_SHEET])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.set_footer("&L&A&R&P / &N")
    return sheet


def _table(book: _Book, name: str, figures: Figures) -> Any:
    """Write heads and rows, and return the sheet."""
    sheet = _sheet(book, name)
    widths = []
    for column, (head, form) in enumerate(zip(figures.headers, figures.forms, strict=True)):
        sheet.write_string(0, column, _cell(head), book.head_over(form))
        cells = [row[column] for row in figures.rows]
        widths.append(_width(head, cells))
        sheet.set_column(column, column, widths[-1])
        for row, value in enumerate(cells, start=1):
            _write(sheet, (row, column), value, book.form(form))
    for at, values in enumerate((figures.headers, *figures.rows)):
        _make_room(sheet, at, values, widths)
    return sheet


def _make_room(sheet: Any, at: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """Set a row as high as its longest text: not every program does so when it opens a file."""
    lines = max(
        -(-len(_cell(value)) * 105 // (width * 100)) if isinstance(value, str) else 1
        for value, width in zip(values, widths, strict=True)
    )
    if lines > 1:
        sheet.set_row(at, min(HIGHEST, LINE_HEIGHT * lines))


def _write(sheet: Any, place: tuple[int, int], value: Value, form: Any) -> None:
    if value is None or (isinstance(value, float) and not abs(value) < float("inf")):
        sheet.write_blank(*place, None, form)
    elif isinstance(value, str):
        sheet.write_string(*place, _cell(value), form)
    else:
        sheet.write_number(*place, value, form)


def _cell(text: str) -> str:
    return said(text)[:LONGEST_CELL]


def _width(head: str, cells: Sequence[Value]) -> int:
    texts = [cell for cell in cells if isinstance(cell, str)]
    return min(WIDEST, max(11, len(str(head)) + 2, *(len(str(text)) + 1 for text in texts), 0))


def _chart(book: _Book, sheet: Any, figures: Figures) -> None:
    chart = book.book.add_chart({"type": SHAPES[figures.shape]})
    last, name = len(figures.rows), str(figures.name)
    colours = (MODEL,) if len(figures.drawn) == 1 else (BESIDE, MODEL)
    form = label_form(figures)
    for column, colour in zip(figures.drawn, colours, strict=True):
        look: dict[str, Any] = {"line": {"color": colour, "width": 2.25}}
        if figures.shape != "line":
            labels = {"value": True, "num_format": form, "font": {"size": 8}}
            look = {"fill": {"color": colour}, "data_labels": labels}
            look |= {"gap": 60, "overlap": 100 if figures.is_either else 0}
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                **look,
            }
        )
    # XlsxWriter takes a title such as "A!B1" for the address of a cell.
    title = _LIKE_A_CELL.sub("! ", said(figures.title))[:LONGEST_TITLE]
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    _axes(chart, figures, form)
    chart.set_legend({"none": True} if len(figures.drawn) == 1 else {"position": "bottom"})
    wide = figures.shape == "columns" and last * len(figures.drawn) > MOST_NARROW
    height = max(380, 28 * last if figures.shape == "bars" else 0)
    chart.set_size({"width": 960 if wide else 760, "height": height})
    place = {"description": said(f"{figures.title}. {figures.unit}")}
    sheet.insert_chart(1, len(figures.headers) + 1, chart, place)


def _axes(chart: Any, figures: Figures, form: str) -> None:
    measure: dict[str, Any] = {"num_format": form, "major_gridlines": {"visible": False}}
    if figures.shape == "bars":
        # The names stand on the upright axis, the first on top; the labels say the figures.
        chart.set_y_axis({"reverse": True, "label_position": "low"})
        chart.set_x_axis({**measure, "visible": False})
        return
    if figures.shape == "line":
        measure = {"num_format": form, **({"min": 0, "max": 1} if figures.is_share else {})}
        chart.set_x_axis({"interval_unit": 10, "num_format": "0%", "label_position": "low"})
    else:
        form_along = figures.forms[0].replace(".0%", "%") or "@"
        chart.set_x_axis({"label_position": "low", "num_format": form_along})
    chart.set_y_axis(measure)


def _segments(facts: Segments) -> Figures:
    return _plain(
        (
            say("Filter"),
            say("Rows"),
            say("Share of rows"),
            say("Share reached"),
            say("Right"),
            say("From"),
            say("To"),
            say("To copy"),
        ),
        (TEXT, COUNT, SHARE, SHARE, SHARE, SHARE, SHARE, TEXT),
        tuple(
            (
                s.words,
                s.rows,
                s.share,
                s.reach,
                s.precision,
                s.precision_low,
                s.precision_high,
                s.text,
            )
            for s in facts.segments
        ),
    )


def _outcomes(answer: Answer) -> Figures:
    return _plain(
        (
            say("Outcome"),
            say("Rows"),
            say("Called so"),
            say("Right when called so"),
            say("Found"),
        ),
        (TEXT, COUNT, COUNT, SHARE, SHARE),
        tuple((o.name, o.rows, o.predicted_rows, o.precision, o.recall) for o in answer.classes),
    )


def _candidates(answer: Answer) -> Figures:
    weights = {member.name: member.weight for member in answer.ensemble}
    return _plain(
        (
            say("Candidate"),
            say("What it tried"),
            say("Score ({metric})", metric=answer.metric),
            say("Weight"),
            say("Seconds"),
            say("Outcome"),
            say("Reason"),
        ),
        (TEXT, TEXT, "0.0000", SHARE, "0.0", TEXT, TEXT),
        tuple(
            (c.name, c.summary, c.score, weights.get(c.name), c.seconds, said_state(c), c.reason)
            for c in answer.candidates
        ),
    )


def _plain(
    headers: tuple[str, ...], forms: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]
) -> Figures:
    return Figures("", "", "", headers, forms, rows, "columns", ())
