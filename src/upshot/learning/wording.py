"""What a candidate tried, in a marketer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from upshot.wording import comma_list, mark, say

if TYPE_CHECKING:
    from upshot.learning.outcome import CandidateRecord

STATES = {
    "done": mark("done"),
    "pruned": mark("pruned"),
    "failed": mark("failed"),
    "skipped": mark("skipped"),
}
"""How a candidate ended."""

_CATEGORIES = {
    "native": "",
    "ordinal": mark("categories numbered by how common they are"),
    "onehot": mark("one yes/no column for each category value"),
    "target": mark("categories by their average outcome"),
    "frequency": mark("categories by how common they are"),
}
_SCALES = {
    "none": "",
    "standard": "",
    "robust": "",
    "log": mark("amounts on a logarithmic scale"),
    "quantile": mark("amounts by rank"),
}


def summary(family: str, params: Mapping[str, Any]) -> str:
    """Return one phrase, such as "boosted trees, categories by their average outcome"."""
    from upshot.learning.models import FAMILIES

    known = FAMILIES.get(family)
    title = say(known.title) if known else family
    native = known.native if known else True
    pieces = [title, *_preprocessing(params, native=native)]
    if known:
        pieces.append(known.describe(params))
    return comma_list(piece for piece in pieces if piece)


def said_state(record: CandidateRecord) -> str:
    """Say how a candidate ended."""
    return say(STATES[record.state]) if record.state in STATES else record.state


def _preprocessing(params: Mapping[str, Any], *, native: bool) -> list[str]:
    encodings = str(params.get("category.encoding", "native")).split("+")
    if not native:
        encodings = ["onehot" if encoding == "native" else encoding for encoding in encodings]
    pieces = [say(_CATEGORIES.get(encoding, "")) for encoding in encodings]
    pieces.append(say(_SCALES.get(str(params.get("number.scale", "none")), "")))
    if params.get("category.crosses"):
        pieces.append(say("pairs of categories together"))
    if params.get("number.combinations"):
        pieces.append(say("ratios and differences of numbers"))
    if params.get("group.statistics"):
        pieces.append(say("comparisons with the group average"))
    if float(params.get("select.keep", 1.0)) < 1.0:
        pieces.append(say("the most telling columns only"))
    if params.get("target.transform") == "log1p":
        pieces.append(say("learned on a logarithmic scale"))
    if params.get("target.transform") == "two_part":
        pieces.append(say("first whether there is an amount, then how much"))
    return pieces
