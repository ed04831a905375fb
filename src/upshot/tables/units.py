"""Numbers with a unit behind each of them: ``12 kg``, ``7.5 km``, ``3 users``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells

if TYPE_CHECKING:
    import pyarrow as pa

# Short units that stand right behind the number; a word of its own needs no list.
_SHORT = frozenset(
    {
        *("kg", "g", "mg", "lb", "lbs", "oz", "km", "m", "cm", "mm", "mi", "ft", "in", "yd", "l"),
        *("ml", "cl", "gal", "px", "pt", "pts", "em", "pcs", "pc", "x", "°c", "°f", "°", "m²"),
        *("m2", "m³", "sqm", "sqft", "ha", "kwh", "wh", "mwh", "kw", "hz", "ghz", "mhz", "gb"),
        *("mb", "kb", "tb", "kbps", "mbps", "dpi", "kcal", "cal", "bpm", "mph", "шт", "кг", "км"),
        *("см", "мм", "stk"),
    }
)
_SPACES = r" \t\x{a0}\x{2009}\x{202f}"
_WITH_UNIT = (
    rf"^[-+−~≈]?\d[\d.,'’{_SPACES}]*?(?P<gap>[{_SPACES}]*)"
    r"(?P<unit>/?[°\p{L}][\p{L}²³/2]{0,15})\.?$"
)
_MOST = 0.99
_FEWEST_VALUES = 3
_LOOKED_AT = 2_000


def unit_of(cells: Cells) -> str:
    """The unit that stands behind nearly every number of a column; empty where there is none."""
    import pyarrow.compute as pc

    if cells.distinct < _FEWEST_VALUES:
        return ""
    found = pc.extract_regex(cells.texts.slice(0, _LOOKED_AT), _WITH_UNIT)
    matched = np.asarray(found.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    if matched.mean() < _MOST:
        return ""
    found = found.filter(found.is_valid())
    words = [unit.casefold() for unit in pc.struct_field(found, "unit").to_pylist()]
    plain = {_singular(word) for word in words}
    if len(plain) != 1:
        return ""
    unit = plain.pop()
    apart = all(pc.struct_field(found, "gap").to_pylist()) and len(unit) > 1
    return unit if apart or {unit, words[0]} & _SHORT or unit.startswith("/") else ""


def without_unit(texts: pa.Array, unit: str) -> pa.Array:
    """Numbers without their unit, in the singular or the plural."""
    import pyarrow.compute as pc

    pattern = rf"(?i)(\d)[{_SPACES}]*{re.escape(unit)}(?:s|es)?\.?$"
    bare = pc.replace_substring_regex(texts, pattern, r"\1")
    return pc.replace_substring_regex(bare, r"^[~≈]\s*", "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
