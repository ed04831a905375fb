"""Text files that each depart from RFC 4180 in one way, with the cells they hold.

The kinds of departure are those that Vitagliano et al. describe in "Pollock: A Data Loading
Benchmark" (2023); the table and the files are ours.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

Cells = list[list[str]]

HEADER = ["Day", "Time", "Units", "Product id", "Price", "Kind", "Description", "Link", "Remark"]
_KINDS = ["Women's wear", "Men's wear", "Home & garden", "Books, music", "Toys"]
_WORDS = ["soft", "blue", "wool", "scarf", "with", "long", "fringes", "for", "cold", "days", "and"]
_REMARKS = ["", "", "ok", 'size "M" only', "sold out; back soon", "gift, no invoice", "n/a"]


@dataclass(frozen=True)
class Polluted:
    """One file: its bytes, and the cells that a reader should find (header first, if any)."""

    name: str
    data: bytes
    rows: Cells
    header: bool = True


@dataclass(frozen=True)
class Written:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    end: str = "\r\n"
    last: str = "\r\n"
    always: bool = False


def table(rows: int = 30, *, lines: bool = False, seed: int = 7) -> Cells:
    """A made-up table of orders; with `lines`, some descriptions go over two lines."""
    rng = random.Random(seed)
    out = [list(HEADER)]
    for number in range(rows):
        words = " ".join(rng.sample(_WORDS, rng.randint(3, 8)))
        if lines and number % 7 == 3:
            words = words.replace(" ", "\n", 1)
        out.append(
            [
                f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2025",
                f"{rng.randint(8, 19):02d}:{rng.randint(0, 59):02d}",
                str(rng.randint(1, 40)),
                f"P{rng.randint(1000, 9999)}-{rng.randint(10, 99)}",
                f"{rng.uniform(3, 900):.2f}",
                rng.choice(_KINDS),
                f"{words.capitalize()}, {rng.choice(['red', 'blue', 'green'])}",
                f"https://shop.example/p/{rng.randint(1000, 9999)}?utm_source=mail",
                rng.choice(_REMARKS),
            ]
        )
    return out


def write(rows: Cells, how: Written = Written()) -> str:
    """Write rows as told."""
    return how.end.join(line(row, how) for row in rows) + how.last


def line(row: list[str], how: Written) -> str:
    """Write one row as told."""
    return how.delimiter.join(_cell(cell, how) for cell in row)


def _cell(cell: str, how: Written) -> str:
    marks = (how.delimiter, how.quote or "\0", "\n", "\r")
    if not how.quote:
        return cell
    if not how.always and not any(mark in cell for mark in marks):
        return cell if not how.escape else cell.replace("'", f"{how.escape}'")
    doubled = how.escape + how.quote if how.escape else how.quote * 2
    return f"{how.quote}{cell.replace(how.quote, doubled)}{how.quote}"


def files() -> Iterator[Polluted]:
    """Every file."""
    yield from _dialects()
    yield from _tables()
    yield from _lines()
    yield from _ends()
    yield from _structures()
    yield from _rows()
    yield from _encodings()


def _dialects() -> Iterator[Polluted]:
    rows = table()
    for delimiter in (",", ";", "\t", " ", "|", ", ", "; ", "||", "::", "~"):
        for always in (False, True):
            how = Written(delimiter=delimiter, always=always)
            yield _file(f"delimiter {delimiter!r} {always}", write(rows, how), rows)
    for delimiter in (",", ";"):
        single = Written(delimiter=delimiter, quote="'")
        yield _file(f"quote ' {delimiter}", write(rows, single), rows)
    plain = [[cell.replace(",", "").replace('"', "") for cell in row] for row in rows]
    yield _file("no quotes", write(plain, Written(quote="")), plain)
    yield _file("backslash", write(rows, Written(escape="\\")), rows)
    yield _file("backslash, all quoted", write(rows, Written(escape="\\", always=True)), rows)
    escaped = [[cell.replace('"', '\\"').replace(",", "\\,") for cell in row] for row in rows]
    yield _file("backslash, no quotes", write(escaped, Written(quote="")), rows)


def _lines() -> Iterator[Polluted]:
    """Lines that look like one value as a whole, or are one quoted cell as a whole."""
    rows = table()
    wrapped = [line(row, Written()).replace('"', '""') for row in rows]
    yield _file("lines in quotes", "".join(f'"{text}"\r\n' for text in wrapped), rows)
    names = [["Name"], *[[f"Lee, {word}"] for word in _WORDS]]
    yield _file("names in quotes", write(names, Written(always=True)), names)
    words = [[cell.replace(" ", "_") or "-" for cell in row[:6]] for row in rows]
    for gap in (" ", "   "):
        plain = Written(delimiter=gap, quote="")
        yield _file(f"days first, {len(gap)} spaces", write(words, plain), words)
    links = [["link", "visits", "sales"], *[[row[7], row[2], row[4]] for row in rows[1:]]]
    yield _file("links first", write(links), links)
    paths = [[cell.replace("ok", "C:\\new\\x") for cell in row] for row in rows]
    yield _file("paths", write(paths, Written(always=True)), paths)
    double = [[cell.replace("ok", "a\\\\b") for cell in row] for row in rows]
    yield _file("two backslashes", write(double), double)


def _tables() -> Iterator[Polluted]:
    """Tables of other shapes: contacts, three numbers, two columns of text, a European report."""
    rng = random.Random(3)
    names, towns = ["Ann Lee", "Bo Ek", "Cy O'Neil", "Müller, Eva"], ["New York", "Ulm", ""]
    remarks = ["", "called twice", "no answer; try later", 'said "maybe"', "a, b and c"]
    amounts = ["1.234,50", "87,00", "12,5 %", "0,99"]
    answers = ["I like it very much, thanks", "no", "It's fine", "18"]
    cells: dict[str, tuple[list[str], list[list[str]]]] = {
        "contacts": (["Full name", "City", "E-mail", "Remark"], [names, towns, [], remarks]),
        "stock": (["store", "units", "price"], [["A", "B"], ["7", "19", "40"], ["2.5", "19.0"]]),
        "survey": (["question", "answer"], [["How are you?", "What, then?", "Age"], answers]),
        "report": (["Kampagne", "Kosten"], [["Sommer 2025", "Herbst, Teil 2"], amounts]),
    }
    for name, (header, choices) in cells.items():
        rows = [header]
        for number in range(15):
            rows.append([rng.choice(c) if c else f"u{number}@mail.example" for c in choices])
        for delimiter in (",", ";", "\t", "|", " ", "||", "::", "~"):
            for always in (False, True):
                how = Written(delimiter=delimiter, always=always)
                yield _file(f"{name} {delimiter!r} {always}", write(rows, how), rows)
        yield _file(f"{name} '", write(rows, Written(quote="'")), rows)
        yield _file(f"{name} \\", write(rows, Written(escape="\\", always=True)), rows)


def _ends() -> Iterator[Polluted]:
    rows, long = table(), table(lines=True)
    for end in ("\n", "\r", "\r\n"):
        yield _file(f"end {end!r}", write(rows, Written(end=end, last=end)), rows)
        yield _file(f"end {end!r}, none last", write(rows, Written(end=end, last="")), rows)
        yield _file(f"end {end!r}, two last", write(rows, Written(end=end, last=end * 2)), rows)
        yield _file(f"end {end!r}, long cells", write(long, Written(end=end, last=end)), long)
    mixed = "".join(
        line(row, Written()) + "\n\r\n"[i % 2 :][:2].strip(" ") for i, row in enumerate(rows)
    )
    yield _file("mixed ends", mixed, rows)


def _structures() -> Iterator[Polluted]:
    rows = table()
    text = write(rows)
    yield _file("no header", write(rows[1:]), rows[1:], header=False)
    yield _file("header only", write(rows[:1]), rows[:1])
    yield _file("one row", write(rows[:2]), rows[:2])
    titles = ["Order", "", "", "Article", "", "", "", "", "Other"]
    joined = ["Order Day", "Order Time", "Order Units", "Article Product id", "Article Price",
              "Article Kind", "Article Description", "Article Link", "Other Remark"]  # fmt: skip
    yield _file("two rows of names", write([titles, *rows]), [joined, *rows[1:]])
    yield _file("preamble", "Report of the shop\r\n\r\n" + text, rows)
    yield _file("preamble, wide", "Report of the shop,,,,,,,,\r\n,,,,,,,,\r\n" + text, rows)
    yield _file("comment", "# made on Monday\r\n# by the shop\r\n" + text, rows)
    yield _file("footer", text + "\r\nMade by the shop\r\n", rows)
    yield _file("footer, wide", text + ",,,,,,,,\r\nMade by the shop,,,,,,,,\r\n", rows)
    other = "Shop,Town\r\nNorth,Kiel\r\nSouth,Ulm\r\nWest,Aachen\r\n"
    yield _file("table above", f"{other}\r\n{text}", rows)
    yield _file("table below", f"{text}\r\n{other}", rows)
    single = [["Product"], *[[row[3]] for row in rows[1:]]]
    yield _file("one column", write(single), single)
    remarks = [["Description"], *[[row[6]] for row in rows[1:]]]
    yield _file("one column, quoted", write(remarks, Written(always=True)), remarks)
    empty = [*rows[:9], *rows[9:]]
    gaps = write(rows[:9]) + "\r\n" + write(rows[9:])
    yield _file("blank line", gaps, empty)
    named = [["Day", "", "Units", "Day", *rows[0][4:]], *rows[1:]]
    wanted = [["Day", "column_2", "Units", "Day_2", *rows[0][4:]], *rows[1:]]
    yield _file("blank and twice", write(named), wanted)


def _rows() -> Iterator[Polluted]:
    rows = table()
    lines = write(rows).split("\r\n")[:-1]
    for number in (1, 2, 9, 30):
        for at in (0, 2, 4, 6, 8):
            yield from _row(rows, lines, number, at)


def _row(rows: Cells, lines: list[str], number: int, at: int) -> Iterator[Polluted]:
    row, how = rows[number], Written()
    cells = [_cell(cell, how) for cell in row]
    place = f"row {number} cell {at}"
    yield _changed(rows, lines, number, ",".join([*cells[:at], "", *cells[at:]]),
                   [*row[:at], "", *row[at:]], f"more in {place}")  # fmt: skip
    if at < len(row) - 1:
        both = cells[at] + cells[at + 1]
        if '"' not in both:
            text = ",".join([*cells[:at], both, *cells[at + 2 :]])
            wanted = [*row[:at], row[at] + row[at + 1], *row[at + 2 :]]
            yield _changed(rows, lines, number, text, wanted, f"less in {place}")
    for mark in (";", "\t", "|"):
        text = line(row, Written(delimiter=mark))
        yield _changed(rows, lines, number, text, row, f"{mark!r} in {place}")
    if '"' not in cells[at] and cells[at]:
        before = ",".join([*cells[:at], f'"{cells[at]}', *cells[at + 1 :]])
        yield _changed(rows, lines, number, before, row, f"quote before {place}")
        inside = f'{cells[at][:2]}"{cells[at][2:]}'
        wanted = [*row[:at], inside, *row[at + 1 :]]
        yield _changed(rows, lines, number, ",".join([*cells[:at], inside, *cells[at + 1 :]]),
                       wanted, f"quote inside {place}")  # fmt: skip
        whole = f'"{inside}"'
        yield _changed(rows, lines, number, ",".join([*cells[:at], whole, *cells[at + 1 :]]),
                       wanted, f"quote inside quotes {place}")  # fmt: skip


def _changed(
    rows: Cells, lines: list[str], number: int, text: str, wanted: list[str], name: str
) -> Polluted:
    changed = "\r\n".join([*lines[:number], text, *lines[number + 1 :], ""])
    return _file(name, changed, [*rows[:number], wanted, *rows[number + 1 :]])


def _encodings() -> Iterator[Polluted]:
    rows = [
        [cell.replace("wool", "wëöl").replace("cold", "çôld") for cell in row] for row in table()
    ]
    text = write(rows)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"):
        yield Polluted(f"encoding {encoding}", text.encode(encoding), rows)
    cyrillic = [[cell.replace("wool", "шерсть").replace("scarf", "тёплый шарф") for cell in row]
                for row in table()]  # fmt: skip
    yield Polluted("encoding cp1251", write(cyrillic).encode("cp1251"), cyrillic)
    marked = b"\xef\xbb\xbf\xef\xbb\xbf" + write(table()).encode()
    yield Polluted("two marks", marked, table())


def _file(name: str, text: str, rows: Cells, *, header: bool = True) -> Polluted:
    return Polluted(name, text.encode("utf-8"), rows, header)
