"""Lines that stand in quotes as a whole, as a careless save leaves them."""

from __future__ import annotations

import csv
import re
from collections import Counter

from upshot.tables.dialect import find_dialect, split

_LINE = re.compile(r'^"((?:[^"\r\n]|"")*)"(?=\r?$)', re.MULTILINE)
_SAMPLE_LINES = 400
_MOSTLY = 0.95


def is_wrapped(sample: str) -> bool:
    """Whether each line of a text is one quoted cell that holds a whole row of cells."""
    lines = [line for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip()]
    wrapped = [match for line in lines if (match := _LINE.fullmatch(line))]
    if len(lines) < 2 or len(wrapped) < len(lines):
        return False
    inner = [match[1].replace('""', '"') for match in wrapped]
    text = "\n".join(inner)
    dialect = find_dialect(text)
    try:
        rows, _ = split(text, dialect)
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows)
    width, count = widths.most_common(1)[0]
    # "Lee, Ann" in every line is a column of names.
    listed = width > 2 or (width == 2 and f"{dialect.delimiter} " not in text)
    return listed and len(rows[0]) == width and count >= _MOSTLY * widths.total()


def unwrap(data: bytes) -> bytes:
    """Take the quotes around whole lines away."""
    text = data.decode("utf-8", "replace")
    return _LINE.sub(lambda match: match[1].replace('""', '"'), text).encode("utf-8")
