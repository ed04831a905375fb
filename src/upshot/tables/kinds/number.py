"""Numbers, in the locale of their column."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from upshot.errors import Note
from upshot.tables.cells import Cells
from upshot.tables.durations import find_clock
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.number_marks import currencies_in, plain_digits
from upshot.tables.numbers import AUTO, NumberFinding, find_number_format, parse_numbers
from upshot.tables.schema import Kind, NumberFormat
from upshot.wording import Figure, say, say_count

_ENOUGH = 0.99
_ENOUGH_SMALL = 0.9
_MONEY = (
    "price", "cost", "costs", "revenue", "revenues", "spend", "spent", "amount", "income", "sales",
    "budget", "subtotal", "total spent", "ltv", "lifetime value", "fee", "charges", "discount",
    "umsatz", "kosten", "preis", "betrag", "montant", "dépensé", "prix", "coût", "chiffre", "custo",
    "receita", "preço", "valor", "gasto", "coste", "precio", "importe", "ingresos", "costo",
    "prezzo", "fatturato", "cpc", "cpm", "cpa", "aov", "salary",
)  # fmt: skip
_PERCENT = ("rate", "ctr", "percent", "percentage", "%", "pct", "share",
            "taux", "quote", "tasa",
            "taxa")  # fmt: skip
_COUNT = (
    "clicks", "impressions", "impr", "count", "number of", "num of", "qty", "quantity", "visits",
    "sessions", "orders", "purchases", "conversions", "leads", "views", "pageviews", "opens",
    "reach", "recipients", "users", "klicks", "clics", "cliques", "achats", "couverture", "anzahl",
    "nombre", "cantidad", "quantidade",
)  # fmt: skip


_NO_MONEY = (
    "time", "hour", "hours", "minutes", "seconds", "days", "frequency", "idx", "index", "rank",
    "number", "hike",
)  # fmt: skip


def recognise_number(cells: Cells, hints: Hints) -> Found | Declined:
    """Nearly all cells are numbers in one format; a few unreadable ones become missing."""
    if cells.native in {"integer", "float"}:
        return Found(Kind.NUMBER, role=_role(cells, NumberFormat()), number=NumberFormat())
    finding = find_number_format(cells, decimal_hint=hints.decimal)
    numeric_words = names_one_of(cells.name, _MONEY + _COUNT + _PERCENT)
    enough = _ENOUGH_SMALL if numeric_words and cells.distinct > 10 else _ENOUGH
    if finding.share < enough:
        return Declined(f"only {finding.share:.0%} of its cells are numbers")
    return Found(
        Kind.NUMBER,
        role=_role(cells, finding.written),
        number=finding.written,
        confidence=0.7 if finding.tied else finding.share,
        notes=_notes(cells, finding),
    )


def guess_number_format(cells: Cells) -> NumberFormat:
    """How numbers are written in a column of which a person says that it holds numbers."""
    # Words among them are what the person wants to be rid of; they say nothing of the format.
    cells = cells.keep(replace(cells, texts=plain_digits(cells.texts)).matches(r"\d"))
    finding = find_number_format(cells)
    clock = find_clock(cells, named_time=False, named_duration=False)
    return NumberFormat(clock=clock.clock) if clock.share > finding.share else finding.written


def _role(cells: Cells, written: NumberFormat) -> str:
    if written.percent:
        return "percent"
    if written.currency:
        return "money"
    if names_one_of(cells.name, _COUNT) and _whole(cells):
        return "count"
    if names_one_of(cells.name, _PERCENT):
        return "percent"
    money = names_one_of(cells.name, _MONEY) and not names_one_of(cells.name, _NO_MONEY)
    return "money" if money else ""


def _whole(cells: Cells) -> bool:
    return bool(cells.matches(r"^\d+(?:[.,' ]\d{3})*$").all())


def unreadable_numbers(name: str, count: int, row: int, text: str) -> Note:
    """Say how many cells of a column are no number, and which is the first (rows from 0)."""
    return Note(
        "unreadable-number",
        say_count(
            "{number} cell is no number in `{column}`, the first in row {row} ('{text}'). "
            "We count them as missing.",
            "{number} cells are no number in `{column}`, the first in row {row} ('{text}'). "
            "We count them as missing.",
            count,
            column=name,
            row=row + 1,
            text=text[:40],
        ),
        name,
        say("Correct them in the file if they matter."),
        "warning",
    )


def _notes(cells: Cells, finding: NumberFinding) -> tuple[Note, ...]:
    out = []
    written = finding.written
    values = parse_numbers(cells.texts, written)
    unread = np.isnan(values)
    if unread.any():
        row = cells.first_row(unread)
        text = cells.texts[int(cells.codes[row])].as_py()[:40]
        count = int(cells.counts[unread].sum())
        out.append(unreadable_numbers(cells.name, count, row, text))
    example = _telling_example(cells, values, written)
    if example:
        level = "warning" if finding.tied or written.decimal == AUTO else "info"
        remedy = say("Change it if that is wrong.") if level == "warning" else ""
        out.append(Note("number-format", example, cells.name, remedy, level))
    currencies = currencies_in(cells)
    if len(currencies) > 1:
        named = ", ".join(sorted(currencies))
        out.append(
            Note(
                "mixed-currencies",
                say(
                    "`{column}` mixes currencies ({currencies}). We compare the plain amounts.",
                    column=cells.name,
                    currencies=named,
                ),
                cells.name,
                say("Convert them to one currency first."),
                "warning",
            )
        )
    return tuple(out)


def _telling_example(cells: Cells, values: np.ndarray, written: NumberFormat) -> str:
    """One sentence for a format that is not the plain one."""
    if written.decimal == "." and not (written.thousands or written.currency or written.unit):
        return ""
    telling = cells.matches(r"\d[.,'\s\x{a0}\x{202f}]\d") & ~np.isnan(values)
    where = np.flatnonzero(telling if telling.any() else ~np.isnan(values))
    if not len(where):
        return ""
    index = int(where[0])
    value = float(values[index])
    shown = str(int(value)) if value.is_integer() else repr(round(value, 6))
    return say(
        "We read '{text}' as {number} in `{column}`.",
        text=cells.texts[index].as_py(),
        number=Figure(shown),
        column=cells.name,
    )
