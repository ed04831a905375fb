"""The few marks our charts are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from upshot.reports.charts.base import (
    BAND,
    FIRST,
    INK,
    INK_SOFT,
    MUTED,
    SECOND,
    SURFACE,
    Spec,
    values,
)

BAND_AREA: Spec = {"type": "area", "color": BAND}
LINE: Spec = {"type": "line", "color": FIRST, "strokeWidth": 2.5}
DASHED: Spec = {"type": "line", "color": MUTED, "strokeDash": [5, 4], "strokeWidth": 1.5}
RULE: Spec = {"type": "rule", "color": INK_SOFT}
DASHED_RULE: Spec = {**RULE, "strokeDash": [5, 4]}
BAR: Spec = {"type": "bar", "color": FIRST}
HALO: Spec = {"stroke": SURFACE, "strokeWidth": 4}
"""Under a text, so that lines crossing it do not make it hard to read."""

DOT: Spec = {
    "type": "point",
    "filled": True,
    "size": 90,
    "color": FIRST,
    "stroke": SURFACE,
    "strokeWidth": 2,
    "opacity": 1,
}
DIAMOND: Spec = {**DOT, "shape": "diamond", "size": 150, "color": SECOND}


def label(**settings: Any) -> Spec:
    """Return a text mark in ink."""
    return {"type": "text", "color": INK, **settings}


def note(**settings: Any) -> Spec:
    """Return a small text mark in soft ink."""
    return {"type": "text", "color": INK_SOFT, "fontSize": 12, **settings}


def layer(records: Sequence[Mapping[str, Any]] | None, mark: Spec, **encoding: Any) -> Spec:
    """Return one layer; without records it draws those of the whole chart."""
    data = {} if records is None else {"data": values(records)}
    return {**data, "mark": mark, "encoding": encoding}


def words(field: str = "said") -> Spec:
    """Return the text of a text mark."""
    return {"field": field, "type": "nominal"}
