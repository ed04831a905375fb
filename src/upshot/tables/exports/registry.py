"""All export recognisers, and the tolerant score that chooses between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from upshot.tables.exports.base import Export
from upshot.tables.exports.ga4 import GA4
from upshot.tables.exports.google_ads import GOOGLE_ADS
from upshot.tables.exports.hubspot_contacts import HUBSPOT_CONTACTS
from upshot.tables.exports.hubspot_deals import HUBSPOT_DEALS
from upshot.tables.exports.klaviyo_campaigns import KLAVIYO_CAMPAIGNS
from upshot.tables.exports.klaviyo_profiles import KLAVIYO_PROFILES
from upshot.tables.exports.linkedin_ads import LINKEDIN_ADS
from upshot.tables.exports.mailchimp_audience import MAILCHIMP_AUDIENCE
from upshot.tables.exports.mailchimp_campaigns import MAILCHIMP_CAMPAIGNS
from upshot.tables.exports.meta_ads import META_ADS
from upshot.tables.exports.microsoft_ads import MICROSOFT_ADS
from upshot.tables.exports.salesforce_leads import SALESFORCE_LEADS
from upshot.tables.exports.shopify_customers import SHOPIFY_CUSTOMERS
from upshot.tables.exports.shopify_orders import SHOPIFY_ORDERS
from upshot.tables.exports.stripe_customers import STRIPE_CUSTOMERS
from upshot.tables.exports.stripe_payments import STRIPE_PAYMENTS
from upshot.tables.exports.stripe_subscriptions import STRIPE_SUBSCRIPTIONS
from upshot.tables.exports.tiktok_ads import TIKTOK_ADS
from upshot.tables.exports.woocommerce_orders import WOOCOMMERCE_ORDERS

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
        GA4,
        KLAVIYO_CAMPAIGNS,
        KLAVIYO_PROFILES,
        MAILCHIMP_CAMPAIGNS,
        MICROSOFT_ADS,
        STRIPE_CUSTOMERS,
        STRIPE_PAYMENTS,
        STRIPE_SUBSCRIPTIONS,
        TIKTOK_ADS,
        WOOCOMMERCE_ORDERS,
    )
}

# Platforms add and rename columns and people choose theirs, so a few distinctive headers are
# enough; a file must share at least this many, and they must be a good part of the file or of the
# export. Some of them must be known from one export only: clicks, cost and names stand in many.
# Those that stand in every list of contacts are nobody's own, although one export alone lists them.
_LEAST_HEADERS = 5
_LEAST_OWN = 2
_LEAST_SHARE = 0.4
_NOBODYS = frozenset(
    {"company", "companyname", "email", "firstname", "industry", "lastname", "name", "phonenumber"}
)
_CURRENCY = re.compile(r"\s*\((?:(?!UTC)[A-Z]{3}|[$€£])\)\s*$")
_MARKS = re.compile(r"[\W_]+")


def recognise_export(names: Iterable[str]) -> Export | None:
    """Say which export a file is by its headers, or None when it is none that is known."""
    have = {plain_header(name) for name in names}
    scored = [(score(have, export), export.code) for export in EXPORTS.values()]
    best, code = max(scored)
    return EXPORTS[code] if best > 0 else None


def score(have: set[str], export: Export) -> float:
    """How much the plain headers `have` look like an export, from 0 (not at all) to 1.

    A header counts the less, the more exports know it, so that neighbours are told apart by what
    only one of them writes.
    """
    known, spread = _known(export.code), _spread()
    found = {known[name] for name in have & known.keys()}
    own = {known[name] for name in (have & known.keys()) - _NOBODYS if spread[name] == 1}
    if have & {plain_header(header) for header in export.foreign}:
        return 0.0
    if len(found) < _LEAST_HEADERS or len(own) < _LEAST_OWN:
        return 0.0
    distinctive = set(known.values())
    if max(len(found) / len(distinctive), len(found) / len(have)) < _LEAST_SHARE:
        return 0.0
    weights = {header: 1 / spread[header] for header in distinctive}
    weighed = sum(weights[header] for header in found) / sum(weights.values())
    return 0.7 * weighed + 0.3 * len(found) / len(have)


def columns_among(names: Iterable[str], export: Export, headers: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that are one of an export's `headers`, in any language that is known."""
    known = _known(export.code)
    wanted = {plain_header(header) for header in headers}
    plain = {name: plain_header(name) for name in names}
    return tuple(name for name, bare in plain.items() if known.get(bare, bare) in wanted)


@cache
def _known(code: str) -> dict[str, str]:
    """Plain headers and aliases of an export → the plain header they stand for."""
    export = EXPORTS[code]
    headers = {plain_header(header): plain_header(header) for header in export.headers}
    aliases = {plain_header(alias): plain_header(header) for alias, header in export.aliases}
    return aliases | headers


@cache
def _spread() -> Counter[str]:
    """How many exports know a plain header."""
    return Counter(name for code in EXPORTS for name in _known(code))


def plain_header(name: str) -> str:
    """A header's letters and digits in lower case, without its currency.

    ``Amount spent (EUR)``, ``amount_spent`` and ``AmountSpent`` are the same header.
    """
    bare = _CURRENCY.sub("", name).casefold()
    return _MARKS.sub("", bare) or bare.strip()
