"""Exports with what tools write around a table: titles, units, totals, remarks, odd ends.

Each file is made from one of a few tables, written in one of a few ways, and put into one
structure; so a rule that suits one table only is found soon.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Cells = list[list[str]]


@dataclass(frozen=True)
class Structured:
    """A file, and the names and rows that a reader should find in it."""

    name: str
    data: bytes
    names: list[str]
    rows: Cells
    ending: str = "csv"


@dataclass(frozen=True)
class Made:
    """A table as a tool holds it, and its totals row: what stands first, and the sums."""

    names: list[str]
    rows: Cells
    sums: dict[int, str]
    units: dict[int, str]
    groups: list[str]


def ads(rows: int = 24) -> Made:
    """Days, campaigns and figures."""
    rng = random.Random(5)
    names = ["Day", "Campaign", "Impressions", "Clicks", "Cost", "CTR"]
    out = []
    for i in range(rows):
        seen, clicks = rng.randint(500, 9000), rng.randint(3, 90)
        out.append(
            [f"2025-03-{i % 28 + 1:02d}", f"Spring {'ABC'[i % 3]}", str(seen), str(clicks),
             f"{rng.uniform(5, 90):.2f}", f"{100 * clicks / seen:.2f}%"]
        )  # fmt: skip
    sums = {c: str(sum(int(row[c]) for row in out)) for c in (2, 3)}
    sums[4] = f"{sum(float(row[4]) for row in out):.2f}"
    return Made(names, out, sums, {4: "EUR", 5: "%"}, ["Campaign", "", "Delivery", "", "Money", ""])


def contacts(rows: int = 20) -> Made:
    """People and words, few figures."""
    rng = random.Random(6)
    first, towns = ["Ann", "Bo", "Cem", "Zoë", "Eva"], ["Ulm", "New York", "Köln", "Rio"]
    names = ["E-mail", "First name", "City", "Stage", "Created", "Amount"]
    out = [
        [f"u{i}@mail.example", rng.choice(first), rng.choice(towns),
         rng.choice(["lead", "customer", "lost"]),
         f"{rng.randint(1, 12)}/{rng.randint(13, 28)}/2024",
         f"${rng.randint(1000, 9000):,}.00"]
        for i in range(rows)
    ]  # fmt: skip
    return Made(names, out, {}, {5: "USD"}, ["Person", "", "", "Deal", "", ""])


def receipts(rows: int = 30) -> Made:
    """A till's lines: article, pieces, price."""
    rng = random.Random(7)
    names = ["Receipt", "Article", "Qty", "Price", "Amount"]
    out = []
    for i in range(rows):
        count, price = rng.randint(1, 6), rng.choice([2.5, 3.75, 12.0, 19.9])
        out.append(
            [f"R-{1000 + i}", rng.choice(["Tea", "Cup, blue", "Milk 1 l"]), str(count),
             f"{price:.2f}", f"{count * price:.2f}"]
        )  # fmt: skip
    sums = {2: str(sum(int(row[2]) for row in out))}
    sums[4] = f"{sum(float(row[4]) for row in out):.2f}"
    return Made(names, out, sums, {2: "pcs", 3: "EUR", 4: "EUR"}, ["Sale", "", "Sums", "", ""])


TABLES: dict[str, Callable[[], Made]] = {"ads": ads, "contacts": contacts, "receipts": receipts}


def cell(text: str, delimiter: str) -> str:
    """Quoted where it must be."""
    special = delimiter in text or '"' in text or "\n" in text
    return '"' + text.replace('"', '""') + '"' if special else text


def lines(rows: Cells, delimiter: str) -> list[str]:
    """Rows as lines of text."""
    return [delimiter.join(cell(c, delimiter) for c in row) for row in rows]


def padded(texts: list[str], width: int) -> list[str]:
    """Cells of a row that tools fill up with empty ones."""
    return [*texts, *[""] * (width - len(texts))]


def files() -> Iterator[Structured]:
    """Every table in every structure, written in three ways."""
    for table_name, make in TABLES.items():
        made = make()
        for delimiter in (",", ";", "\t"):
            for structure, build in STRUCTURES.items():
                for number, (above, wanted, rows, below) in enumerate(build(made)):
                    for wide in (False, True):
                        text = _text(above, wanted, rows, below, (delimiter, wide))
                        name = f"{structure} {number} {table_name} {delimiter!r} wide={wide}"
                        names = NAMES.get(structure, lambda m: m.names)(made)
                        yield Structured(name, text.encode(), names, made.rows)


Part = tuple[Cells, list[list[str]], Cells, Cells]


def _text(above: Cells, head: Cells, rows: Cells, below: Cells, how: tuple[str, bool]) -> str:
    delimiter, wide = how
    width = len(rows[0])
    around = [[padded(row, width) if wide else row for row in part] for part in (above, below)]
    every = [*around[0], *head, *rows, *around[1]]
    return "\r\n".join(lines(every, delimiter)) + "\r\n"


def _plain(made: Made) -> Iterator[Part]:
    yield [], [made.names], made.rows, []


_PREAMBLES: list[Cells] = [
    [["Campaign report"], ["1 January 2025 - 31 March 2025"], ["Account: Shop of Ulm"], []],
    [["Report name:", "Sales by day"],
     ["Period:", "2025-03-01", "2025-03-31"], ["Currency:", "EUR"], []],
    [["Shop of Ulm"], ["Street 5, 89073 Ulm"], ["Printed 2025-04-01 10:15"]],
    [["# Report: spring"], ["# Account: 123-456"], ["# Start date: 20250301"]],
    [[""], ["Sales"], [""], ["Generated by Tool 4.2 on 2025-04-01"], [""]],
    [["Title"], ["Subtitle, with a comma"], ["Line three"], ["Line four"], ["Line five"], [], []],
]  # fmt: skip


def _above(made: Made) -> Iterator[Part]:
    for preamble in _PREAMBLES:
        yield preamble, [made.names], made.rows, []


def _totals(made: Made) -> Iterator[Part]:
    width = len(made.names)
    for word in ("Total", "Grand total", "TOTAL:", "Total: Campaigns", "Summe", "Gesamt", "Итого",
                 "Somme", "Totals"):  # fmt: skip
        row = [made.sums.get(i, "") for i in range(width)]
        yield [], [made.names], made.rows, [[word, *row[1:]]]
    if made.sums:
        row = [made.sums.get(i, "") for i in range(width)]
        yield [], [made.names], made.rows, [["", "Total", *row[2:]]]
        yield [], [made.names], made.rows, [[], ["Total", *row[1:]], ["Average", *row[1:]]]
        last = max(made.sums)
        till = [["Subtotal", *row[1:]]]
        for word in ("Tax", "VAT 19%", "Grand total", "Cash", "Change"):
            till.append([word, *[""] * (last - 1), "1.50"])
        yield [], [made.names], made.rows, till


_REMARKS: list[Cells] = [
    [["Page 1 of 3"]],
    [[], ["Generated by Tool 4.2"]],
    [["Showing 100 of 200 results"]],
    [[], ["Source: our shop"], ["Confidential"]],
    [[], ["* figures are rounded"], ["** without tax"]],
    [["(24 rows)"]],
    [["--- end of report ---"]],
    [["End of file"], []],
    [[], ["Filters applied: Stage is lead, customer"], [], ["Exported on 2025-04-01 by Ann Lee"]],
    [["Record count:", "24"]],
    [[], ["Total rows", "24"]],
    [["© 2025 Shop of Ulm. All rights reserved."]],
]


def _below(made: Made) -> Iterator[Part]:
    for remark in _REMARKS:
        yield [], [made.names], made.rows, remark


def _units(made: Made) -> Iterator[Part]:
    row = [made.units.get(i, "") for i in range(len(made.names))]
    yield [], [made.names, row], made.rows, []
    bracketed = [f"({unit})" if unit else "" for unit in row]
    yield [], [made.names, bracketed], made.rows, []
    yield [["Report"], []], [made.names, row], made.rows, []


def _unit_names(made: Made) -> list[str]:
    return [f"{n} ({made.units[i]})" if i in made.units else n for i, n in enumerate(made.names)]


def _groups(made: Made) -> Iterator[Part]:
    yield [], [made.groups, made.names], made.rows, []
    yield [["Report of the shop"], []], [made.groups, made.names], made.rows, []


def _joined(made: Made) -> list[str]:
    out, group = [], ""
    for above, name in zip(made.groups, made.names, strict=True):
        group = above or group
        out.append(name if above == name else f"{group} {name}")
    return out


def _repeated(made: Made) -> Iterator[Part]:
    for place in (8, 12):
        middle = [*made.rows[:place], made.names, *made.rows[place:]]
        yield [], [made.names], middle, []
        spaced = [*made.rows[:place], [""] * len(made.names), made.names, *made.rows[place:]]
        yield [], [made.names], spaced, []
        page = padded(["Page 2"], len(made.names))
        yield [], [made.names], [*made.rows[:place], page, made.names, *made.rows[place:]], []


def _trailing(made: Made) -> Iterator[Part]:
    yield [], [[*made.names, ""]], [[*row, ""] for row in made.rows], []
    yield [], [made.names], [[*row, ""] for row in made.rows], []
    yield [], [[*made.names, "", ""]], made.rows, []


def _comments(made: Made) -> Iterator[Part]:
    middle = [*made.rows[:5], ["# a remark in between"], *made.rows[5:]]
    yield [["# by hand"]], [made.names], middle, []
    yield [["// made by a tool"]], [made.names], made.rows, []
    yield [["% exported"], ["% by hand"]], [made.names], made.rows, []


def _stacked(made: Made) -> Iterator[Part]:
    """A smaller table above or below the one that is meant."""
    other = [["Town", "Shops", "Since"], ["Ulm", "3", "2001-04-01"], ["Rio", "1", "2019-10-12"],
             ["Köln", "2", "2022-02-02"]]  # fmt: skip
    narrow = [["Device", "Sessions"], ["desktop", "120"], ["mobile", "340"], ["tablet", "12"]]
    for smaller in (other, narrow):
        titled = [["By town"], *smaller]
        yield [], [made.names], made.rows, smaller
        yield [], [made.names], made.rows, titled
        yield [], [made.names], made.rows, [[], *smaller]
        yield [], [made.names], made.rows, [[], *titled]
        yield smaller, [made.names], made.rows, []
        yield [*smaller, []], [made.names], made.rows, []
        yield [*titled, [], ["By day"]], [made.names], made.rows, []
        yield [["Report"], [], *smaller, []], [made.names], made.rows, []
    yield [*other, *narrow], [made.names], made.rows, []


STRUCTURES: dict[str, Callable[[Made], Iterator[Part]]] = {
    "plain": _plain,
    "above": _above,
    "totals": _totals,
    "below": _below,
    "units": _units,
    "groups": _groups,
    "repeated": _repeated,
    "trailing": _trailing,
    "comments": _comments,
    "stacked": _stacked,
}
NAMES: dict[str, Callable[[Made], list[str]]] = {"units": _unit_names, "groups": _joined}


def mixed(seed: int, count: int) -> Iterator[Structured]:
    """Files with several structures at once, drawn at random: titles, units, gaps, totals."""
    rng = random.Random(seed)
    for number in range(count):
        made = TABLES[rng.choice(list(TABLES))]()
        delimiter, wide = rng.choice(",;\t|"), rng.random() < 0.5
        head, names = _head_of(made, rng.choice(["one", "units", "groups"]))
        rows = _interrupted(made, len(head) == 1, rng)
        below: Cells = []
        if made.sums and rng.random() < 0.5:
            below.append(["Total", *[made.sums.get(i, "") for i in range(1, len(made.names))]])
        if rng.random() < 0.8:
            below += [*rng.choice([[], [[]]]), *rng.choice(_REMARKS)]
        above = rng.choice([[], *_PREAMBLES])
        text = _text(above, head, rows, below, (delimiter, wide))
        text = text.replace("\r\n", rng.choice(["\n", "\r\n", "\r"]))
        encoding = rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
        yield Structured(f"mixed {seed} {number}", text.encode(encoding), names, made.rows)


def _head_of(made: Made, kind: str) -> tuple[Cells, list[str]]:
    if kind == "units":
        row = [made.units.get(i, "") for i in range(len(made.names))]
        return [made.names, row], _unit_names(made)
    if kind == "groups":
        return [made.groups, made.names], _joined(made)
    return [made.names], made.names


def _interrupted(made: Made, names_again: bool, rng: random.Random) -> Cells:
    place = rng.randint(4, len(made.rows) - 4)
    between: list[Cells] = [[], [[""]]]
    if names_again:
        between += [[made.names], [[""] * len(made.names), made.names]]
    return [*made.rows[:place], *rng.choice(between), *made.rows[place:]]
