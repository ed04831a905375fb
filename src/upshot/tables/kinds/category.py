"""Texts: a limited set of levels, lists of tags, web addresses, or free text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.countries import code_of, style_of
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.kinds.ordered import order_of
from upshot.tables.respelling import COUNTRY
from upshot.tables.schema import Kind
from upshot.tables.tags import tags_in

ORDERED_ROLE = "ordered"
TAGS_ROLE = "tags"
URL_ROLE = "url"
COUNTRY_ROLE = "country"
CURRENCY_ROLE = "currency"
_MOST_LEVELS = 5_000
_REPEATED = 2.0
_FEW = 30
_LONG = 80
_MOST_COUNTRIES = 300
_SAMPLE = 2_000
_COUNTRY = (
    "country", "countries", "land", "pays", "país", "pais", "paese", "kraj", "nation",
    "geo country", "nationality", "native country", "country code", "страна", "ülke",
    "maa", "länder", "ország", "země", "χώρα", "国", "국가",
)  # fmt: skip
_CURRENCY = (
    "currency", "währung", "devise", "moneda", "moeda", "valuta", "currency code", "waluta",
    "валюта",
)  # fmt: skip
_TAGS = (
    "tags", "tag", "labels", "interests", "topics", "categories", "genres", "keywords", "skills",
    "segments", "lists", "groups", "schlagwörter", "étiquettes", "etiquetas", "etichette",
    "interessen", "centres d'intérêt", "intereses", "метки", "теги",
)  # fmt: skip
_URL = (
    r"(?i)^(?:https?://|www\.)\S+$"
    r"|^(?:[a-z0-9-]+\.)+[a-z]{2,12}/\S*$|^/(?:[\w%.~+-]+/?)*(?:\?\S+=\S*)?$"
)


def recognise_category(cells: Cells, hints: Hints) -> Found | Declined:
    """Levels that repeat."""
    role = _role(cells)
    if role in (URL_ROLE, TAGS_ROLE) and cells.filled < _REPEATED * cells.distinct:
        return Found(Kind.TEXT, role=role)
    if cells.distinct > _MOST_LEVELS and cells.filled < 20 * cells.distinct:
        return Declined("it holds too many levels")
    repetition = cells.filled / cells.distinct
    if repetition < _REPEATED and not _few(cells):
        return Declined("its values hardly repeat")
    if _mean_length(cells) > _LONG and cells.distinct > _FEW and role != TAGS_ROLE:
        return Declined("its values are long")
    found = Found(Kind.CATEGORY, role=role, confidence=min(1.0, 0.5 + repetition / 20))
    return _with_order(cells, _with_spelling(cells, found))


def recognise_text(cells: Cells, hints: Hints) -> Found | Declined:
    """Takes what no other kind wanted."""
    return Found(Kind.TEXT, role=_role(cells), confidence=0.8)


def _with_spelling(cells: Cells, found: Found) -> Found:
    """Countries get one spelling each, that of most cells, so that UK and GB are the same."""
    if found.role != COUNTRY_ROLE or _country_share(cells) < 0.8:
        return found
    texts = [text for text in cells.texts.to_pylist() if text]
    return replace(found, spelling=COUNTRY + style_of(texts))


def _with_order(cells: Cells, found: Found) -> Found:
    if found.role:
        return found
    levels = order_of([text for text in cells.texts.to_pylist() if text])
    return replace(found, role=ORDERED_ROLE, levels=levels) if levels else found


def _few(cells: Cells) -> bool:
    """A handful of short levels: some repeat, or they stand in a few rows of many."""
    repeats = int((cells.counts > 1).sum())
    seldom = cells.rows >= 50 and cells.filled <= 0.2 * cells.rows
    short = cells.distinct <= 20 and _mean_length(cells) <= 40
    return short and (repeats >= 2 or seldom)


def _role(cells: Cells) -> str:
    if cells.native == "text" and cells.share(cells.matches(_URL)) >= 0.9:
        return URL_ROLE
    if _is_country(cells):
        return COUNTRY_ROLE
    if names_one_of(cells.name, _CURRENCY) and cells.share(cells.matches(r"^[A-Za-z]{3}$")) > 0.9:
        return CURRENCY_ROLE
    return TAGS_ROLE if cells.native == "text" and _is_tags(cells) else ""


def _is_country(cells: Cells) -> bool:
    """By name; by value only where names are written out, as codes of languages and states look
    like those of countries.
    """
    if not cells.distinct or cells.distinct > _MOST_COUNTRIES:
        return False
    if names_one_of(cells.name, _COUNTRY):
        return True
    long = cells.share(cells.matches(r"^.{4,}$")) >= 0.5
    return long and cells.distinct >= 3 and _country_share(cells) >= 0.9


def _country_share(cells: Cells) -> float:
    known = np.array([bool(text) and code_of(text) is not None for text in cells.texts.to_pylist()])
    return cells.share(known)


def _is_tags(cells: Cells) -> bool:
    """Cells that hold several short values each, of which many come back in other cells."""
    named = names_one_of(cells.name, _TAGS)
    strong = cells.share(cells.matches(r"[;|]|^\[.*\]$|^\{.*\}$"))
    commas = cells.share(cells.matches(r"^[^,]{1,40}(?:,[^,]{1,40}){2,}$"))
    if max(strong, commas, cells.share(cells.matches(",")) if named else 0.0) < 0.1:
        return False
    places = np.linspace(0, cells.distinct - 1, min(cells.distinct, _SAMPLE)).astype(np.int64)
    listed = [tags_in(cells.texts[int(place)].as_py() or "") for place in np.unique(places)]
    tags = [tag for tags in listed for tag in tags]
    if not tags or float(np.mean([len(tag) for tag in tags])) > 30:
        return False
    # A tag stands in at least three different lists, on average: parts of sentences do not.
    return len(tags) >= 1.3 * len(listed) and len(tags) >= (2 if named else 3) * len(set(tags))


def _mean_length(cells: Cells) -> float:
    import pyarrow.compute as pc

    lengths = np.asarray(pc.utf8_length(cells.texts).to_numpy(zero_copy_only=False))
    return float((lengths * cells.counts).sum() / max(1, cells.filled))
