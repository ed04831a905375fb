"""Dates and times."""

from __future__ import annotations

from upshot.errors import Note
from upshot.tables.calendar_codes import EPOCH_MILLISECONDS, EXCEL_DAYS, YEAR_WEEK, numeric_code
from upshot.tables.cells import Cells
from upshot.tables.dates import find_date_format, parse_dates
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.schema import DateFormat, Kind
from upshot.wording import say, say_day

_ENOUGH = 0.95
_DATE_WORDS = (
    "date", "day", "time", "created", "updated", "datum", "tag", "jour", "fecha", "data", "dia",
    "dt", "timestamp", "week", "month", "birthday",
)  # fmt: skip
# Words that leave no other reading than a point in time; "days" and "month" may count.
_SURELY_DATE = (
    "date", "datum", "fecha", "timestamp", "created", "updated", "created at", "updated at",
    "datetime", "date time", "zeitpunkt", "erstellt", "créé", "birthday", "дата", "tarih", "dato",
    "joined", "registered", "signup date", "last login", "last seen", "first seen", "ts", "epoch",
)  # fmt: skip
_ALSO_DATE = ("data", "time", "at", "on", "event time")
_MONTH_WORDS = ("month", "monat", "mois", "mes", "mês", "mese", "maand", "период", "year month",
                "yearmonth", "period")  # fmt: skip
_WEEK_WORDS = ("week", "woche", "kw", "semaine", "semana", "settimana", "неделя", "year week")
_COUNTING = ("since", "until", "count", "number", "no", "days", "id", "amount", "total", "age")


def recognise_datetime(cells: Cells, hints: Hints) -> Found | Declined:
    """Nearly all cells are dates of at most a dozen patterns."""
    if cells.native == "datetime":
        return Found(Kind.DATETIME, date=DateFormat(("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")))
    if cells.native == "boolean":
        return Declined("the file says it is no date")
    coded = _coded(cells)
    if coded is not None:
        return coded
    if cells.native == "float":
        return Declined("the file says it is no date")
    finding = find_date_format(cells, order_hint=hints.order)
    if finding.share < _ENOUGH:
        return Declined(f"only {finding.share:.0%} of its cells are dates")
    compact = finding.written.patterns == ("%Y%m%d",)
    if compact and finding.share < 1 and not names_one_of(cells.name, _DATE_WORDS):
        return Declined("its numbers only look like dates now and then")
    return Found(
        Kind.DATETIME,
        date=finding.written,
        confidence=0.6 if finding.written.ambiguous else finding.share,
        notes=_notes(cells, finding.written),
        order=finding.order,
    )


def _coded(cells: Cells) -> Found | None:
    """Whole numbers that are points in time: by their size, and because the name says so."""
    named = names_one_of(cells.name, (*_SURELY_DATE, *_ALSO_DATE))
    months, weeks = (names_one_of(cells.name, words) for words in (_MONTH_WORDS, _WEEK_WORDS))
    if not (named or months or weeks) or names_one_of(cells.name, _COUNTING):
        return None
    if not cells.distinct or cells.share(cells.matches(r"^\d{5,16}(?:\.\d+)?$")) < 1:
        return None
    if months and cells.matches(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$").all():
        return Found(Kind.DATETIME, date=DateFormat(("%Y%m",)), confidence=0.95)
    surely = names_one_of(cells.name, _SURELY_DATE)
    code = numeric_code(cells.texts, weeks=weeks, days=surely)
    if code is None or (weeks and code != YEAR_WEEK):
        return None
    written = DateFormat((code,))
    return Found(
        Kind.DATETIME,
        date=written,
        confidence=0.8 if code == EXCEL_DAYS else 0.9,
        notes=(_coded_note(cells, written),),
    )


def _coded_note(cells: Cells, written: DateFormat) -> Note:
    text = cells.texts[0].as_py()
    day = say_day(str(parse_dates(cells.texts.slice(0, 1), written)[0])[:10])
    said = {
        EXCEL_DAYS: say(
            "The numbers in `{column}` are days as Excel counts them. We read {text} as {day}.",
            column=cells.name, text=text, day=day,
        ),
        YEAR_WEEK: say(
            "The numbers in `{column}` are years and weeks. We read {text} as the week of {day}.",
            column=cells.name, text=text, day=day,
        ),
        EPOCH_MILLISECONDS: say(
            "The numbers in `{column}` are milliseconds since 1970. We read {text} as {day}.",
            column=cells.name, text=text, day=day,
        ),
    }  # fmt: skip
    seconds = say(
        "The numbers in `{column}` are seconds since 1970. We read {text} as {day}.",
        column=cells.name,
        text=text,
        day=day,
    )
    return Note("date-code", said.get(written.patterns[0], seconds), cells.name)


def _notes(cells: Cells, written: DateFormat) -> tuple[Note, ...]:
    if not written.ambiguous:
        return ()
    pattern = next(p for p in written.patterns if "%d" in p and "%m" in p)
    example = cells.texts[0].as_py()
    if pattern.index("%d") < pattern.index("%m"):
        said = say(
            "The dates in `{column}` can be read two ways. "
            "We read '{example}' with the day before month.",
            column=cells.name,
            example=example,
        )
    else:
        said = say(
            "The dates in `{column}` can be read two ways. "
            "We read '{example}' with the month before day.",
            column=cells.name,
            example=example,
        )
    remedy = say("Say on the column which one is right.")
    return (Note("ambiguous-date", said, cells.name, remedy, "warning"),)
