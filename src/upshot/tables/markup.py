"""Web pages and XML saved under the name of a workbook: their tables as sheets.

Ad platforms and CRMs answer "Export to Excel" with an HTML table or with XML Spreadsheet 2003 and
call it .xls; Excel opens both. The text goes through lxml piece by piece: no tree is built, nothing
is fetched, and no entity is followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from upshot.errors import FileProblem
from upshot.tables.encoding import decode
from upshot.tables.grid import Sheet
from upshot.tables.html_tables import HtmlTables
from upshot.tables.markup_kind import no_table
from upshot.tables.opened import Opened
from upshot.tables.sheet_xml import SheetXml
from upshot.tables.spans import TooManyCells
from upshot.wording import say

_PIECE = 1024 * 1024
_HEAD = 8192
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BARE = re.compile(rb"&(?!#?\w{1,31};|\x00)")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sheets_of(opened: Opened, encoding: str | None) -> list[Sheet]:
    """The tables of a web page, or the sheets of an XML spreadsheet, that hold anything.

    Parameters
    ----------
    opened : Opened
        Of format ``"html"`` or ``"xml"``.
    encoding : str or None
        What a person said; what the page declares or its bytes tell when not given.

    Raises
    ------
    FileProblem
        When it spans more cells than can be held, or holds no table.
    """
    found = _FOUND[opened.format]()
    try:
        _parse(opened, found, encoding)
    except TooManyCells:
        raise FileProblem(
            say("'{file}' spans more cells than can be read.", file=opened.file),
            say("Save the table as CSV or xlsx."),
        ) from None
    sheets = found.sheets()
    if not sheets:
        raise no_table(opened.file, opened.format)
    return sheets


_FOUND: dict[str, Callable[[], HtmlTables | SheetXml]] = {"html": HtmlTables, "xml": SheetXml}


def _parse(opened: Opened, found: HtmlTables | SheetXml, encoding: str | None) -> None:
    from lxml import etree

    data, parser = opened.data, None
    if opened.format == "html":
        data = decode(data, encoding or _declared(data)).utf8.replace(b"\x00", b"")
        parser = etree.HTMLParser(target=found, encoding="utf-8", no_network=True)
    else:
        # Platforms forget to write & as XML wants it, and a forgiving parser would leave it out.
        data = _BARE.sub(b"&amp;", data)
        parser = etree.XMLParser(
            target=found, recover=True, no_network=True, resolve_entities=False, load_dtd=False
        )
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
        parser.close()
    except etree.LxmlError:
        pass  # what was read before the text broke off is a table or none


def _declared(data: bytes) -> str | None:
    """The encoding that a page names, where its bytes agree."""
    if data.startswith(_MARKS):
        return None
    said = _CHARSET.search(data[:_HEAD])
    if said is None:
        return None
    try:
        data[: _PIECE // 4].decode(name := said[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return None
    return None if name.lower().replace("-", "") in {"utf8", "utf16"} else name
