"""What a candidate tried, in a marketer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CATEGORIES = {
    "native": "",
    "ordinal": "categories numbered by how common they are",
    "onehot": "one yes/no column for each category value",
    "target": "categories by their average outcome",
    "frequency": "categories by how common they are",
}
_SCALES = {
    "none": "",
    "standard": "",
    "robust": "",
    "log": "amounts on a logarithmic scale",
    "quantile": "amounts by rank",
}


def summary(family: str, params: Mapping[str, Any]) -> str:
    """Return one phrase, such as "boosted trees, categories by their average outcome"."""
    from upshot.learning.models import FAMILIES

    known = FAMILIES.get(family)
    title = known.title if known else family
    native = known.native if known else True
    pieces = [title, *_preprocessing(params, native=native)]
    if known:
        pieces.append(known.describe(params))
    return ", ".join(piece for piece in pieces if piece)


def _preprocessing(params: Mapping[str, Any], *, native: bool) -> list[str]:
    encodings = str(params.get("category.encoding", "native")).split("+")
    if not native:
        encodings = ["onehot" if encoding == "native" else encoding for encoding in encodings]
    pieces = [_CATEGORIES.get(encoding, "") for encoding in encodings]
    pieces.append(_SCALES.get(str(params.get("number.scale", "none")), ""))
    if params.get("category.crosses"):
        pieces.append("pairs of categories together")
    if params.get("number.combinations"):
        pieces.append("ratios and differences of numbers")
    if params.get("group.statistics"):
        pieces.append("comparisons with the group average")
    if float(params.get("select.keep", 1.0)) < 1.0:
        pieces.append("the most telling columns only")
    if params.get("target.transform") == "log1p":
        pieces.append("learned on a logarithmic scale")
    if params.get("target.transform") == "two_part":
        pieces.append("first whether there is an amount, then how much")
    return pieces
