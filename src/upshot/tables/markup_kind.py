"""Whether a text is a web page or an XML spreadsheet, whatever its name says."""

from __future__ import annotations

import re

from upshot.errors import FileProblem
from upshot.tables.encoding import decode
from upshot.wording import say

_HEAD = 8192
_BEGINS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|style|table|div|center|title)\b|<!--", re.IGNORECASE
)
_XML = re.compile(r"<\?xml\b|<(?:ss:)?workbook\b|<\?mso-application\b", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
# Excel writes no document type; one is there to define entities, which expand without end.
_DEFINES = re.compile(r"<!(?:doctype|entity)", re.IGNORECASE)
_MESSAGE = re.compile(rb"\s*MIME-Version:\s*1\.0|\s*From:[^\n]*\n(?:[^\n]+\n)*?MIME-Version:", re.I)
_TABLE = re.compile(rb"<\x00?t\x00?a\x00?b\x00?l\x00?e", re.IGNORECASE)


def marked_up(data: bytes, name: str) -> str | None:
    """Say what marks a text up: ``"html"``, ``"xml"`` (Spreadsheet 2003), or None for plain text.

    Raises
    ------
    FileProblem
        When it is a web page or an XML document without a table.
    """
    head = decode(data[:_HEAD]).utf8.decode("utf-8", "replace").lstrip("\ufeff \t\r\n\x00")
    is_page = _PAGE.search(head[:2048]) is not None
    if _XML.match(head) and not is_page:
        if _NAMESPACE in head and not _DEFINES.search(head):
            return "xml"
        raise no_table(name, "xml")
    if _BEGINS.match(head) is None and not (_XML.match(head) and is_page):
        return None
    if _TABLE.search(data) is None:
        if head.startswith("<!--") and not is_page:
            return None  # a remark above a text
        raise no_table(name, "html")
    return "html"


def page_in_message(data: bytes) -> bytes | None:
    """The largest page with a table in a web archive (MHTML), which report servers call .xls."""
    if not _MESSAGE.match(data[:_HEAD]):
        return None
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        body = part.get_payload(decode=True) if not part.is_multipart() else None
        if isinstance(body, bytes) and _TABLE.search(body):
            pages.append(body)
    return max(pages, key=len) if pages else None


def no_table(file: str, written: str) -> FileProblem:
    """Say that a web page or an XML document holds no table."""
    problem = (
        say("'{name}' is a web page, not a table.", name=file)
        if written == "html"
        else say("'{name}' is an XML document, not a table.", name=file)
    )
    remedy = say("Open it in your spreadsheet program and save it as xlsx or CSV.")
    return FileProblem(problem, remedy)
