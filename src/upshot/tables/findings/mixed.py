"""Amounts in one column that are not in one unit or one currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from upshot.tables.findings.base import Finding, Importance, Look, first, ignoring, number, word_set
from upshot.tables.schema import Column, Kind
from upshot.wording import say, say_list

# Units that measure the same thing in different sizes; mixing them makes numbers incomparable.
_FAMILIES: tuple[frozenset[str], ...] = (
    word_set("mg g kg t lb lbs oz gr gram grams kilo kilos pound pounds"),
    word_set("mm cm m km in inch inches ft mi mile miles"),
    word_set("ml cl l liter litre liters litres gal gallon gallons"),
    word_set("s sec secs second seconds min mins minute minutes h hr hrs hour hours"),
    word_set("day days week weeks month months year years yr yrs"),
    word_set("kb mb gb tb"),
)
_AMOUNT = r"^[-+]?\d[\d.,' ]*\s*[A-Za-z]{1,7}\.?$"
_UNIT = re.compile(r"([A-Za-z]+)\.?$")
_ENOUGH = 0.8
_LEAST = 0.01


def find_mixed_units(look: Look) -> Iterator[Finding]:
    """Several units in one column of texts, or amounts beside a column of several currencies."""
    for column in look.columns(Kind.CATEGORY, Kind.TEXT):
        yield from _units(look, column)
    yield from _currencies(look)


def _units(look: Look, column: Column) -> Iterator[Finding]:
    cells = look.cells(column)
    amounts = cells.matches(_AMOUNT)
    if not cells.distinct or cells.share(amounts) < _ENOUGH:
        return
    counted: Counter[str] = Counter()
    for text, count in zip(cells.texts.to_pylist(), cells.counts, strict=True):
        unit = _UNIT.search(text)
        if unit:
            counted[unit.group(1).lower()] += int(count)
    for family in _FAMILIES:
        units = [unit for unit, n in counted.most_common() if unit in family]
        if len(units) > 1 and sum(counted[unit] for unit in units) >= _ENOUGH * cells.filled:
            yield _mixed_units(look, column, units)
            return


def _mixed_units(look: Look, column: Column, units: list[str]) -> Finding:
    texts = look.cells(column)
    rarer = texts.matches(rf"(?i)[\d\s]{units[1]}\.?$")
    row = first(np.append(rarer, False)[texts.codes])
    return Finding(
        "mixed-units",
        Importance.MISTAKE,
        say(
            "`{column}` mixes units: {units}. One row says '{value}'.",
            column=column.name,
            units=say_list(units),
            value=look.written(column, row),
        ),
        say("Its amounts cannot be compared, so each counts as a word and not as a size."),
        say("Convert them to one unit in the file, or ignore the column."),
        (column.name,),
        look.row_number(row),
        offers=(ignoring([column.name]),),
        looked_at=look.looked_at,
    )


def _currencies(look: Look) -> Iterator[Finding]:
    """Money whose currency stands in a column of its own, and is not always the same."""
    money = [c.name for c in look.columns(Kind.NUMBER) if c.role == "money"]
    for column in look.columns(Kind.CATEGORY):
        if column.role != "currency" or not money:
            continue
        counts = look.data[column.name].value_counts()
        used = [str(name) for name, count in counts.items() if count >= _LEAST * look.rows]
        if len(used) < 2:
            continue
        rarer = (look.data[column.name] == used[1]).to_numpy(dtype=bool, na_value=False)
        yield Finding(
            "mixed-currencies",
            Importance.MISTAKE,
            say(
                "`{column}` says that amounts are in {currencies}, so `{amount}` mixes them.",
                column=column.name,
                currencies=say_list(used[:4]),
                amount=money[0],
            ),
            say(
                "An amount of {one} in one currency is not {one} in the other. The model would "
                "compare them as if it were.",
                one=number(100),
            ),
            say("Convert the amounts to one currency in the file, or keep one currency's rows."),
            (column.name, money[0]),
            look.row_number(first(rarer)),
            int(rarer.sum()),
            looked_at=look.looked_at,
        )
