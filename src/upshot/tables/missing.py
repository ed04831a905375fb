"""Spellings of "no value"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.numbers import find_number_format, parse_numbers
from upshot.tables.schema import Column, Kind, NumberFormat, Range
from upshot.tables.variants import merged

if TYPE_CHECKING:
    import pyarrow as pa

# Always missing, whatever the column holds. Excel's and Google's error and placeholder cells too.
MISSING = frozenset(
    {
        "", "-", "--", "---", "—", "–", "n/a", "#n/a", "#n/a n/a", "n.a.", "n. a.", "na", "<na>",
        "nan", "null", "(null)", "\\n", "#null!", "?", "(blank)", "#value!", "#ref!", "#div/0!",
        "#name?", "#num!", "n/d", "k.a.", "nil", "missing", "(empty)", "<null>", "[null]", "{null}",
        "<empty>", "<none>", "…", "...", "n.d.", "k. a.", "keine angabe",
        # Excel's error cells in German, French, Spanish, Portuguese, Italian and Russian.
        "#nv", "#wert!", "#bezug!", "#zahl!", "#n/d", "#valeur!", "#nom?", "#nombre!", "#¡valor!",
        "#¡ref!", "#¿nombre?", "#¡num!", "#¡div/0!", "#valor!", "#nome?", "#valore!", "#rif!",
        "#н/д", "#знач!", "#ссылка!", "#дел/0!", "#имя?", "#число!",
    }
)  # fmt: skip
# Missing only where the rest are numbers or dates; a level of its own elsewhere.
MISSING_AMONG_NUMBERS = frozenset(
    {
        "none", "unknown", "not available", "not set", "(not set)", "unbekannt", "inconnu",
        "desconocido", "desconhecido", "nd", "s/d", ".", "..", "*", "x", "tbd", "tba", "inf",
        "-inf", "infinity", "never", "nie", "jamais", "(none)", "no data", "undefined",
        "0000-00-00", "0000-00-00 00:00:00",
    }
)  # fmt: skip
# Levels that often mean "not answered": offered in a note, never decided for the person.
SUSPECTS = frozenset(
    {
        "unknown", "select", "please select", "not specified", "undefined", "none", "not available",
        "not set", "(not set)", "(none)", "unbekannt", "desconocido", "desconhecido", "inconnu",
        "sconosciuto", "other/unknown", "not provided", "no answer", "prefer not to say", "(other)",
        "not applicable", "no data", "(unknown)", "unassigned", "(not provided)", "неизвестно",
        "не указано", "нет данных", "sin especificar", "não informado", "non renseigné",
        "non specificato", "onbekend", "okänd", "nieznany", "nicht angegeben", "keine antwort",
    }
)  # fmt: skip
SENTINELS = frozenset({"-1", "-9", "-99", "-999", "-9999", "99", "999", "9999", "99999", "999999"})


def tokens_in(cells: Cells, words: frozenset[str] = MISSING) -> tuple[str, ...]:
    """Which spellings of missing a column uses, lower case, blank as ``""``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    low = pc.utf8_lower(cells.texts)
    found = low.filter(pc.is_in(low, value_set=pa.array(sorted(words), pa.string())))
    return tuple(sorted(set(found.to_pylist())))


def is_token(texts: pa.Array, tokens: tuple[str, ...]) -> np.ndarray:
    """Which texts are one of the given spellings, case ignored."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from upshot.tables.cells import as_mask

    if not tokens or not len(texts):
        return np.zeros(len(texts), dtype=bool)
    return as_mask(pc.is_in(pc.utf8_lower(texts), value_set=pa.array(tokens, type=pa.string())))


def held(cells: Cells, column: Column) -> Cells:
    """The cells of a column that hold a value, as a person's corrections leave them.

    Neither blank, nor a spelling of missing, nor outside the plausible range; spellings that were
    merged, and values that were joined, are one.
    """
    kept = cells.keep(~is_token(cells.texts, (*column.missing_tokens, *column.marked_missing, "")))
    if column.kind is Kind.NUMBER:
        return _plausible(kept, column)
    if column.marked_missing:
        # A whole number is the same with and without its zeros: spreadsheets add them.
        plain = tuple(_whole(_texts(column.marked_missing)).to_pylist())
        kept = kept.keep(~is_token(_whole(kept.texts), plain))
    if not (column.merged or column.joined):
        return kept
    return merged(kept, column.merged, column.joined)


def _plausible(cells: Cells, column: Column) -> Cells:
    """Numbers without those that were marked as missing or are outside the plausible range."""
    if not column.marked_missing and column.plausible is None:
        return cells
    written = column.number or find_number_format(cells).written
    values = parse_numbers(cells.texts, written)
    gone = np.isin(values, marked_values(column, written)) | outside(values, column.plausible)
    return cells.keep(~gone)


def outside(values: np.ndarray, within: Range | None) -> np.ndarray:
    """Which numbers lie outside a range; missing ones do not."""
    gone = np.zeros(len(values), dtype=bool)
    if within is not None and within.low is not None:
        gone |= values < within.low
    if within is not None and within.high is not None:
        gone |= values > within.high
    return gone


def _texts(values: tuple[str, ...]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.string())


def marked_values(column: Column, written: NumberFormat | None = None) -> np.ndarray:
    """The numbers that a person said mean missing in a column, written its way or plainly."""
    import pyarrow as pa

    texts = pa.array(column.marked_missing, pa.string())
    plain = parse_numbers(texts, NumberFormat())
    values = plain if written is None else parse_numbers(texts, written)
    values = np.where(np.isnan(values), plain, values)
    return np.asarray(values[~np.isnan(values)])


def _whole(texts: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.replace_substring_regex(texts, r"^([-+]?\d+)[.,]0+$", r"\1")
