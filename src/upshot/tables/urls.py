"""What a web address says about a visit: campaign parameters, domain, how deep the page lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

# Which parameters mean the same: the UTM standard, Matomo's, and those of common mailers.
_PARAMETERS = {
    "source": ("utm_source", "mtm_source", "pk_source", "source", "ref"),
    "medium": ("utm_medium", "mtm_medium", "pk_medium", "medium"),
    "campaign": ("utm_campaign", "mtm_campaign", "pk_campaign", "campaign"),
}
# Click identifiers that a platform adds by itself say where a visit came from.
_CLICK_IDS = {
    "gclid": "google ads", "gbraid": "google ads", "wbraid": "google ads", "fbclid": "facebook",
    "msclkid": "microsoft ads", "ttclid": "tiktok", "li_fat_id": "linkedin", "twclid": "twitter",
    "dclid": "display & video 360", "mc_cid": "mailchimp", "epik": "pinterest",
}  # fmt: skip
PARTS = ("source", "medium", "campaign", "domain")
"""What `parsed` finds as words; the depth of the path is a number beside them."""


@dataclass(frozen=True)
class Address:
    """A web address in parts; empty where it says nothing.

    ``depth`` counts the parts of the path: 0 is the home page.
    """

    source: str = ""
    medium: str = ""
    campaign: str = ""
    domain: str = ""
    depth: int = 0


# Learning takes the same texts apart once per fold and candidate.
@lru_cache(maxsize=100_000)
def parsed(text: str) -> Address:
    """Take a web address apart; a text that is none gives an empty one."""
    text = text.strip()
    if "://" not in text and not text.startswith("/"):
        text = f"//{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
        said = {key.lower(): value.strip().lower() for key, value in parse_qsl(parts.query)}
    except ValueError:
        return Address()
    words = {
        part: next((said[name][:100] for name in names if said.get(name)), "")
        for part, names in _PARAMETERS.items()
    }
    clicked = next((source for name, source in _CLICK_IDS.items() if name in said), "")
    words["source"] = words["source"] or clicked
    depth = len([step for step in parts.path.split("/") if step])
    return Address(domain=host[:100], depth=depth, **words)
