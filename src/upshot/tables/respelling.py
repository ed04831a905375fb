"""Values brought to one spelling before anything counts or learns them, by a name in the Schema."""

from __future__ import annotations

from collections.abc import Callable

from upshot.tables.countries import ALPHA2, ALPHA3, NAMED_IN, in_style
from upshot.tables.mailboxes import provider_of

COUNTRY = "country/"
"""Begins the name of a way to write countries; the style of `countries.style_of` follows."""
PROVIDER = "e-mail provider"
"""The provider of an e-mail address instead of the address."""


def _country(style: str) -> Callable[[str], str]:
    return lambda text: in_style(text, style)


SPELLINGS: dict[str, Callable[[str], str]] = {
    PROVIDER: provider_of,
    **{COUNTRY + style: _country(style) for style in (ALPHA2, ALPHA3, *NAMED_IN)},
}


def respelt(texts: list[str], spelling: str) -> list[str]:
    """Texts in a spelling; as they are when there is none, or none of ours."""
    convert = SPELLINGS.get(spelling)
    return texts if convert is None else [convert(text) for text in texts]
