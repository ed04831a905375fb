"""What a person says about how a file is to be read; what is left open is detected."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, fields

from upshot.errors import FileProblem
from upshot.wording import say


@dataclass(frozen=True)
class ReadOptions:
    """How to read a file, where a person has decided it. None leaves the decision to Upshot.

    Attributes
    ----------
    encoding : str or None
        Of a text file, by any name that Python knows (``"cp1252"``, ``"utf-16"``).
    delimiter : str or None
        Between the cells of a text file, of any length; empty when each line is one cell.
    quote : str or None
        Around the cells of a text file; empty when quotation marks are part of the text.
    header : int or None
        Line of a text file or row of a sheet, counted from 1, that holds the column names.
    header_rows : int or None
        0 when there is no header, 1, or 2 or 3 when group titles stand above the names.
    skip : int or None
        Lines or rows before the table; with `header` they need not be given.
    sheet : str or None
        Sheet of a workbook or member of an archive.
    table : int or None
        Which of several tables below each other, counted from 1.
    decimal : str or None
        ``","`` or ``"."``, for numbers that could be read both ways.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: int | None = None
    header_rows: int | None = None
    skip: int | None = None
    sheet: str | None = None
    table: int | None = None
    decimal: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything is left to Upshot."""
        return all(getattr(self, field.name) is None for field in fields(self))

    @property
    def lines_before(self) -> int:
        """Lines of the file that a person said come before the table."""
        return self.header - 1 if self.header else self.skip or 0

    @property
    def rows_of_names(self) -> int | None:
        """Rows of the header, as far as a person said so."""
        return 1 if self.header and self.header_rows is None else self.header_rows

    @property
    def starts_at_top(self) -> bool:
        """Whether a person said where the table begins."""
        return self.header is not None or self.skip is not None


def check_options(options: ReadOptions) -> None:
    """Refuse what no file can be read by.

    Raises
    ------
    FileProblem
        Says which choice cannot be followed and what can be chosen.
    """
    for said, good, remedy in _demands(options):
        if not good:
            raise FileProblem(said, remedy)


def _demands(options: ReadOptions) -> Iterable[tuple[str, bool, str]]:
    yield (
        say("There is no encoding called '{name}'.", name=options.encoding or ""),
        options.encoding is None or _is_text_encoding(options.encoding),
        say("Use a name such as utf-8, utf-16 or cp1252."),
    )
    yield (
        say("A delimiter cannot hold a quotation mark or a line end."),
        not set(options.delimiter or "") & {'"', "\n", "\r"},
        say("Use a comma, a semicolon, a tab or another sign."),
    )
    yield (
        say("A quote is one sign."),
        len(options.quote or "") <= 1,
        say("Give one sign, or nothing when the file has no quotes."),
    )
    yield (
        say("Lines and tables are counted from 1, and skipped lines from 0."),
        all(number is None or number >= 1 for number in (options.header, options.table))
        and (options.skip is None or options.skip >= 0),
        say("Give a higher number."),
    )
    yield (
        say("A header has at most three rows."),
        options.header_rows in {None, 0, 1, 2, 3}
        and not (options.header and not options.rows_of_names),
        say("Say 'none', a line such as 3, or lines such as 3-4."),
    )
    yield (
        say("A decimal sign is a comma or a point."),
        options.decimal in {None, ",", "."},
        say("Use , or . as the decimal sign."),
    )


def _is_text_encoding(name: str) -> bool:
    try:
        b"a".decode(codecs.lookup(name).name, "replace")
    except (LookupError, ValueError):
        return False
    return True


AS_DETECTED = ReadOptions()
"""Nothing is told; everything is detected."""
