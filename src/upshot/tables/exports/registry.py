"""All export recognisers, and the tolerant score that chooses between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from upshot.tables.exports.base import Export
from upshot.tables.exports.google_ads import GOOGLE_ADS
from upshot.tables.exports.hubspot_contacts import HUBSPOT_CONTACTS
from upshot.tables.exports.hubspot_deals import HUBSPOT_DEALS
from upshot.tables.exports.linkedin_ads import LINKEDIN_ADS
from upshot.tables.exports.mailchimp_audience import MAILCHIMP_AUDIENCE
from upshot.tables.exports.meta_ads import META_ADS
from upshot.tables.exports.salesforce_leads import SALESFORCE_LEADS
from upshot.tables.exports.shopify_customers import SHOPIFY_CUSTOMERS
from upshot.tables.exports.shopify_orders import SHOPIFY_ORDERS

EXPORTS: dict[str, Export] = {
    export.code: export
    for export in (
        SHOPIFY_ORDERS,
        SHOPIFY_CUSTOMERS,
        GOOGLE_ADS,
        META_ADS,
        HUBSPOT_CONTACTS,
        HUBSPOT_DEALS,
        MAILCHIMP_AUDIENCE,
        SALESFORCE_LEADS,
        LINKEDIN_ADS,
    )
}

# Platforms add and rename columns and people choose theirs, so a few distinctive headers are
# enough; a file must share at least this many, and they must be a good part of the file or of the
# export.
_LEAST_HEADERS = 5
_LEAST_SHARE = 0.4
_UNIT = re.compile(r"\s*\((?:[A-Z]{3}|[$€£])\)\s*$")


def recognise_export(names: Iterable[str]) -> Export | None:
    """Say which export a file is by its headers, or None when it is none that is known."""
    have = {plain_header(name) for name in names}
    scored = [(score(have, export), export.code) for export in EXPORTS.values()]
    best, code = max(scored)
    return EXPORTS[code] if best > 0 else None


def score(have: set[str], export: Export) -> float:
    """How much the plain headers `have` look like an export, from 0 (not at all) to 1."""
    distinctive = {plain_header(header) for header in export.headers}
    known = {plain_header(alias): plain_header(header) for alias, header in export.aliases}
    found = {known.get(name, name) for name in have} & distinctive
    own_share = len(found) / len(distinctive)
    file_share = len(found) / len(have) if have else 0.0
    if len(found) < _LEAST_HEADERS or max(own_share, file_share) < _LEAST_SHARE:
        return 0.0
    return 0.7 * own_share + 0.3 * file_share


def plain_header(name: str) -> str:
    """A header in lower case without its currency, so that ``Amount spent (EUR)`` matches."""
    return re.sub(r"\s+", " ", _UNIT.sub("", name)).strip().casefold()
