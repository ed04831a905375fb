"""How a file was read: the form by which a person corrects it, and what was decided in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from upshot.jsonable import from_jsonable
from upshot.tables.options import ReadOptions
from upshot.web.datasets.models import Dataset

AUTO = ""
OTHER = "other"
NONE = "none"
TAB = "tab"
SPACE = "space"
# What a form field can hold, where it is not the sign itself: browsers trim white space.
_SIGNS = {TAB: "\t", SPACE: " ", NONE: ""}
_WORDS = {sign: word for word, sign in _SIGNS.items()}

_LET_UPSHOT_DECIDE = (AUTO, _("Let Upshot decide"))
ENCODINGS = (
    _LET_UPSHOT_DECIDE,
    ("utf-8", _("Unicode (UTF-8)")),
    ("utf-16", _("Unicode (UTF-16)")),
    ("cp1252", _("Western European (Windows)")),
    ("cp1250", _("Central European (Windows)")),
    ("cp1251", _("Cyrillic (Windows)")),
    ("koi8_r", _("Cyrillic (KOI8-R)")),
    ("cp1253", _("Greek (Windows)")),
    ("cp1254", _("Turkish (Windows)")),
    ("cp1255", _("Hebrew (Windows)")),
    ("cp1256", _("Arabic (Windows)")),
    ("cp1257", _("Baltic (Windows)")),
    ("shift_jis", _("Japanese (Shift JIS)")),
    ("gb18030", _("Chinese, simplified (GB 18030)")),
    ("big5", _("Chinese, traditional (Big5)")),
    ("euc_kr", _("Korean (EUC-KR)")),
    ("cp850", _("Western European (DOS)")),
    ("mac_roman", _("Western European (old Mac)")),
)
DELIMITERS = (
    _LET_UPSHOT_DECIDE,
    (",", _("Commas")),
    (";", _("Semicolons")),
    (TAB, _("Tabs")),
    ("|", _("Bars")),
    (SPACE, _("Spaces")),
    (NONE, _("Nothing: the file has one column")),
    (OTHER, _("Something else")),
)
QUOTES = (
    _LET_UPSHOT_DECIDE,
    ('"', _("Double quotes")),
    ("'", _("Single quotes")),
    (NONE, _("No quotes: they are part of the text")),
)
HEADERS = (
    _LET_UPSHOT_DECIDE,
    ("1", _("One row")),
    ("2", _("Two rows, one below the other")),
    ("3", _("Three rows, one below the other")),
    ("0", _("None: the first row is data")),
)
DECIMALS = (_LET_UPSHOT_DECIDE, (".", _("Point: 1,234.50")), (",", _("Comma: 1.234,50")))
_TEXT_FORMATS = frozenset({"csv", "tsv"})
_TYPED_FORMATS = frozenset({"parquet", "jsonl"})
_ABOUT_TEXT = ("encoding", "delimiter", "other", "quote")
_ABOUT_ROWS = ("header_rows", "header", "skip")


class ReadingForm(forms.Form):
    """How a file is to be read; an empty field leaves it to Upshot."""

    sheet = forms.ChoiceField(label=_("Sheet or file"), required=False)
    table = forms.TypedChoiceField(label=_("Table"), required=False, coerce=int, empty_value=None)
    delimiter = forms.ChoiceField(
        label=_("What stands between the columns"), choices=DELIMITERS, required=False
    )
    other = forms.CharField(
        label=_("The other sign"), max_length=5, required=False, strip=False,
        help_text=_("Only if you chose “Something else”. It may be several signs, such as ||."),
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("How letters are stored"), choices=ENCODINGS, required=False,
        help_text=_("Choose another one if letters such as é or ß look wrong."),
    )  # fmt: skip
    quote = forms.ChoiceField(label=_("What stands around cells"), choices=QUOTES, required=False)
    header_rows = forms.TypedChoiceField(
        label=_("Rows of column names"), choices=HEADERS, required=False,
        coerce=int, empty_value=None,
    )  # fmt: skip
    header = forms.IntegerField(
        label=_("Line of the column names"), min_value=1, max_value=1_000_000, required=False,
        help_text=_("Counted from the top of the file. Lines above it are left out."),
    )  # fmt: skip
    skip = forms.IntegerField(
        label=_("Lines to leave out at the top"), min_value=0, max_value=1_000_000, required=False
    )
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=DECIMALS, required=False)

    def __init__(self, dataset: Dataset, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(options_of(dataset)))
        super().__init__(*args, **kwargs)
        source = dataset.source
        self.fields["sheet"].choices = _numbered(source.get("sheets") or (), by_name=True)
        self.fields["table"].choices = _numbered(source.get("tables") or ())
        for name in _left_out(source):
            del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Check what only makes sense together."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("delimiter") == OTHER and not data.get("other"):
            self.add_error("other", gettext("Type the sign that stands between the columns."))
        if data.get("header") and data.get("header_rows") == 0:
            self.add_error(
                "header", gettext("You said that there are no column names. Leave this empty.")
            )
        return data

    def options(self) -> ReadOptions:
        """What was chosen."""
        data = self.cleaned_data
        delimiter = data.get("delimiter") or None
        if delimiter == OTHER:
            delimiter = data["other"]
        quote = data.get("quote") or None
        return ReadOptions(
            encoding=data.get("encoding") or None,
            delimiter=_SIGNS.get(delimiter or "", delimiter),
            quote=_SIGNS.get(quote or "", quote),
            header=data.get("header"),
            header_rows=data.get("header_rows"),
            skip=data.get("skip"),
            sheet=data.get("sheet") or None,
            table=data.get("table"),
            decimal=data.get("decimal") or None,
        )


def options_of(dataset: Dataset) -> ReadOptions:
    """How a person said the file of a data set is to be read."""
    told = from_jsonable(dataset.reading or {}, ReadOptions)
    return replace(told, sheet=dataset.sheet) if dataset.sheet else told


def _initial(options: ReadOptions) -> dict[str, Any]:
    delimiter = _in_form(options.delimiter)
    listed = {value for value, _label in DELIMITERS}
    return {
        "sheet": options.sheet,
        "table": options.table,
        "delimiter": delimiter if delimiter in listed else OTHER,
        "other": "" if delimiter in listed else delimiter,
        "encoding": options.encoding,
        "quote": _in_form(options.quote),
        "header_rows": options.header_rows,
        "header": options.header,
        "skip": options.skip,
        "decimal": options.decimal,
    }


def _in_form(sign: str | None) -> str:
    return AUTO if sign is None else _WORDS.get(sign, sign)


def _left_out(source: Mapping[str, Any]) -> list[str]:
    """Fields that mean nothing for this file; of a file that could not be read we know nothing."""
    format_ = source.get("format")
    out = [name for name in ("sheet", "table") if len(source.get(f"{name}s") or ()) < 2]
    if format_ and format_ not in _TEXT_FORMATS:
        out += _ABOUT_TEXT
    if format_ in _TYPED_FORMATS:
        out += _ABOUT_ROWS
    return out


def _numbered(labels: Sequence[str], *, by_name: bool = False) -> list[tuple[Any, Any]]:
    chosen = [
        (label if by_name else number, label if by_name else f"{number}: {label[:80]}")
        for number, label in enumerate(labels, start=1)
    ]
    return [_LET_UPSHOT_DECIDE, *chosen]


@dataclass(frozen=True)
class Decided:
    """One decision about the file: what it is about, what was decided, and a doubt, if any."""

    label: str
    value: str
    doubt: str = ""


def decisions(source: Mapping[str, Any]) -> tuple[Decided, ...]:
    """What was decided about a file that has been read."""
    doubts = _doubts(source)
    said = {
        "sheet": (gettext("Sheet or file"), source.get("sheet")),
        "table": (gettext("Table"), _table(source)),
        "delimiter": (gettext("Between the columns"), _delimiter(source)),
        "quote": (gettext("Around cells"), _quote(source)),
        "encoding": (gettext("Letters are stored as"), encoding_words(source.get("encoding"))),
        "header": (gettext("Column names"), _header(source)),
        "skipped": (gettext("Lines above the column names"), _above(source)),
        "decimal": (gettext("Decimal sign"), _decimal(source.get("decimal"))),
    }
    return tuple(
        Decided(label, str(value), doubts.get(what, ""))
        for what, (label, value) in said.items()
        if value
    )


def _doubts(source: Mapping[str, Any]) -> dict[str, str]:
    words = {
        "encoding": gettext("We are not sure: the letters fit several alphabets."),
        "delimiter": gettext("We are not sure: another sign would part the columns as well."),
        "header": gettext("We are not sure: the first row might be names or data."),
    }
    return {what: words[what] for what in source.get("doubts") or ()}


def _table(source: Mapping[str, Any]) -> str | None:
    tables = source.get("tables") or ()
    if not tables:
        return None
    return gettext("number %(number)d of %(count)d") % {
        "number": source["table"],
        "count": len(tables),
    }


def _delimiter(source: Mapping[str, Any]) -> Any:
    if source["format"] not in _TEXT_FORMATS:
        return None
    sign = source.get("delimiter")
    if sign is None:
        return gettext("nothing: the file has one column")
    return dict(DELIMITERS).get(_in_form(sign), f"“{sign}”")


def _quote(source: Mapping[str, Any]) -> Any:
    if source["format"] not in _TEXT_FORMATS or source.get("quote") is None:
        return None
    words = dict(QUOTES).get(_in_form(source["quote"]), source["quote"])
    if source.get("escape"):
        return gettext("%(quotes)s, with a backslash before those that are text") % {
            "quotes": words
        }
    return words


def encoding_words(name: str | None) -> Any:
    """What a person calls an encoding."""
    known = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
    return dict(ENCODINGS).get(known.get(name or "", name), name) if name else None


def _header(source: Mapping[str, Any]) -> str | None:
    if source["format"] in _TYPED_FORMATS:
        return None
    if source.get("header_row") is None:
        return gettext("none: we numbered the columns")
    first = source["header_row"] + 1
    rows = source.get("header_rows") or 1
    if rows > 1:
        two, more = gettext("lines %(first)d and %(last)d"), gettext("lines %(first)d to %(last)d")
        return (two if rows == 2 else more) % {"first": first, "last": first + rows - 1}
    return gettext("line %(line)d") % {"line": first}


def _above(source: Mapping[str, Any]) -> str | None:
    count = (source.get("skipped") or {}).get("before", 0)
    words = ngettext("%(count)d line, left out", "%(count)d lines, left out", count)
    return words % {"count": count} if count else None


def _decimal(sign: str | None) -> str | None:
    words = {",": gettext("comma"), ".": gettext("point")}
    return words.get(sign or "")
