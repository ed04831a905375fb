"""Numbers as people write them: which mark parts decimals, which parts thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells, as_mask
from upshot.tables.durations import parse_clock
from upshot.tables.number_marks import SPACES, Bare, bare, currencies_in, plain_digits
from upshot.tables.schema import NumberFormat
from upshot.tables.units import unit_of, without_unit

if TYPE_CHECKING:
    import pyarrow as pa

_THOUSANDS = {
    "": "",
    ",": ",",
    ".": r"\.",
    " ": f"[{SPACES}]",
    "'": r"['’´`]",
}
# Each cell decides by its last mark; for columns that mix formats.
AUTO = "auto"
_FORMATS = tuple(
    NumberFormat(decimal, thousands)
    for decimal, thousands in (
        (".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (".", " "), (".", "'"), (",", "'")
    )
)  # fmt: skip
_MOST = 0.99


def _is_number(texts: pa.Array, decimal: str, thousands: str) -> np.ndarray:
    import pyarrow.compute as pc

    point = re.escape(decimal)
    plain = rf"^[-+]?(?:\d+{point}?\d*|{point}\d+)(?:[eE][-+]?\d+)?$"
    good = as_mask(pc.match_substring_regex(texts, plain))
    if thousands:
        mark = _THOUSANDS[thousands]
        grouped = rf"^[-+]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{point}\d*)?$"
        indian = rf"^[-+]?\d{{1,2}}(?:{mark}\d{{2}})+{mark}\d{{3}}(?:{point}\d*)?$"
        good |= as_mask(pc.match_substring_regex(texts, grouped))
        if thousands == ",":
            good |= as_mask(pc.match_substring_regex(texts, indian))
    return np.asarray(good)


def parse_numbers(texts: pa.Array, written: NumberFormat) -> np.ndarray:
    """Read numbers in one format; NaN where a text is no number in it.

    Percentages stay as written (12 % is 12.0); durations and times of day become seconds.
    """
    if not len(texts):
        return np.zeros(0)
    if written.clock:
        return parse_clock(texts, written.clock)
    if written.unit:
        texts = without_unit(texts, written.unit)
    if written.decimal != "," and not written.thousands and _all_plain(texts):
        return _parse_core(texts, ".", "")
    core = bare(texts)
    if written.decimal == AUTO:
        values = _parse_core(core.texts, ".", ",")
        comma = _parse_core(core.texts, ",", ".")
        return np.asarray(np.where(_comma_decides(core.texts), comma, values) * core.factor)
    return np.asarray(_parse_core(core.texts, written.decimal, written.thousands) * core.factor)


def _all_plain(texts: pa.Array) -> bool:
    """Whether nothing but digits and a point stands in any text: most columns, read fast."""
    import pyarrow.compute as pc

    found = pc.match_substring_regex(texts, r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$")
    return bool(as_mask(found).all())


def _parse_core(core: pa.Array, decimal: str, thousands: str) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    good = _is_number(core, decimal, thousands)
    if thousands:
        core = pc.replace_substring_regex(core, _THOUSANDS[thousands], "")
    if decimal != ".":
        core = pc.replace_substring(core, decimal, ".")
    core = pc.replace_substring_regex(core, r"^\+", "")
    valid = pc.if_else(pa.array(good), core, pa.scalar(None, pa.string()))
    return np.asarray(valid.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)


def _comma_decides(core: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    pattern = r"^[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}$|^[-+]?\d{1,3}(?:\.\d{3}){2,}$"
    return as_mask(pc.match_substring_regex(core, pattern))


@dataclass(frozen=True)
class NumberFinding:
    """The format that reads most cells.

    ``share`` of the filled cells it reads; ``tied`` holds the other formats that read as many but
    give other values, so that the file's other columns may decide.
    """

    written: NumberFormat
    share: float
    tied: tuple[NumberFormat, ...] = ()


def find_number_format(
    cells: Cells, prefer: NumberFormat | None = None, decimal_hint: str | None = None
) -> NumberFinding:
    """Find how the numbers of a column are written.

    Parameters
    ----------
    cells : Cells
        Without missing spellings.
    prefer : NumberFormat, optional
        Wins when it reads as many cells as the best.
    decimal_hint : str, optional
        Decimal mark of the file's other columns; decides between equals.
    """
    texts = plain_digits(cells.texts)
    cells = replace(cells, texts=texts)
    if cells.share(cells.matches(r"\d")) < 0.5:
        return NumberFinding(NumberFormat(), 0.0)
    if prefer is not None and prefer.clock:
        return _clock_finding(cells, prefer)
    if prefer is not None and prefer.unit:
        return _with_unit(cells, prefer.unit, prefer, decimal_hint)
    if _all_plain(texts) and not _has_groups_of_three(texts, r"\."):
        return NumberFinding(NumberFormat(), 1.0)
    core = bare(texts)
    shares = {w: cells.share(_is_number(core.texts, w.decimal, w.thousands)) for w in _FORMATS}
    plain = _FORMATS[0]
    if shares[plain] == 1.0 and not _has_groups_of_three(core.texts, r"\."):
        return NumberFinding(_decorated(cells, plain, core), 1.0)
    best = max(shares.values())
    if best < _MOST:
        auto = cells.share(~np.isnan(parse_numbers(texts, NumberFormat(AUTO))))
        if auto > best:
            return NumberFinding(_decorated(cells, NumberFormat(AUTO), core), auto)
        unit = unit_of(cells)
        if unit:
            return _with_unit(cells, unit, prefer, decimal_hint)
    leaders = [written for written, share in shares.items() if share >= best - 1e-12]
    marks = (prefer.decimal, prefer.thousands) if prefer else None
    chosen = next((w for w in leaders if (w.decimal, w.thousands) == marks), None)
    open_ = prefer is None and decimal_hint is None
    ambiguous = open_ and len({w.decimal for w in leaders}) > 1 and _differs(core.texts, leaders)
    if chosen is None:
        chosen = _decide(core.texts, leaders, decimal_hint)
    tied = tuple(w for w in leaders if w.decimal != chosen.decimal) if ambiguous else ()
    return NumberFinding(_decorated(cells, chosen, core, tied=bool(tied)), best, tied)


def _with_unit(
    cells: Cells, unit: str, prefer: NumberFormat | None, decimal_hint: str | None
) -> NumberFinding:
    """How the numbers are written before their unit."""
    bare_cells = replace(cells, texts=without_unit(cells.texts, unit))
    plain = None if prefer is None else replace(prefer, unit="")
    found = find_number_format(bare_cells, plain, decimal_hint)
    tied = tuple(replace(one, unit=unit) for one in found.tied)
    return replace(found, written=replace(found.written, unit=unit), tied=tied)


def _clock_finding(cells: Cells, prefer: NumberFormat) -> NumberFinding:
    """The share of a later file's cells that are durations as in the earlier one."""
    read = ~np.isnan(parse_clock(cells.texts, prefer.clock))
    return NumberFinding(prefer, cells.share(read))


def _has_groups_of_three(core: pa.Array, mark: str) -> bool:
    """Whether every mark stands before exactly three digits, as a thousands mark would."""
    import pyarrow.compute as pc

    marked = as_mask(pc.match_substring_regex(core, mark))
    if not marked.any():
        return False
    grouped = as_mask(pc.match_substring_regex(core, rf"^[-+]?[1-9]\d{{0,2}}(?:{mark}\d{{3}})+$"))
    return bool((grouped == marked).all())


def _differs(core: pa.Array, leaders: list[NumberFormat]) -> bool:
    first = _parse_core(core, leaders[0].decimal, leaders[0].thousands)
    return any(
        not np.array_equal(first, _parse_core(core, w.decimal, w.thousands), equal_nan=True)
        for w in leaders[1:]
    )


def _decide(core: pa.Array, leaders: list[NumberFormat], hint: str | None) -> NumberFormat:
    """Choose between formats that read the same cells: plain first, groups of three by the hint."""
    if len(leaders) == 1:
        return leaders[0]
    if hint is not None:
        agreeing = [written for written in leaders if written.decimal == hint]
        leaders = agreeing or leaders
    if _has_groups_of_three(core, ",") and hint != ",":
        leaders = [w for w in leaders if w.thousands == ","] or leaders
    elif hint == "," and _has_groups_of_three(core, r"\."):
        leaders = [w for w in leaders if w.thousands == "."] or leaders
    return min(leaders, key=_FORMATS.index)


def _decorated(
    cells: Cells, written: NumberFormat, core: Bare, *, tied: bool = False
) -> NumberFormat:
    currencies = currencies_in(cells)
    return NumberFormat(
        written.decimal,
        "," if written.decimal == AUTO else written.thousands,
        max(currencies, key=lambda code: currencies[code]) if currencies else "",
        cells.share(core.percent) > 0.5,
        ambiguous=tied,
    )
