"""Numbers as people read them: 61 %, 3.0 times, 1,234, 29 of 100."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percent(share: float) -> str:
    """Say a share from 0 to 1 as per cent, with a decimal only where it matters.

    >>> percent(0.61), percent(0.004), percent(0.996), percent(1.0)
    ('61 %', '0.4 %', '99.6 %', '100 %')
    """
    value = share * 100
    if value == 0 or 1 <= abs(value) <= 99 or abs(value) >= 100:
        return f"{value:.0f} %"
    if abs(value) < 0.1:
        return "under 0.1 %"
    if abs(value) >= 99.95:
        return "over 99.9 %"
    return f"{f'{value:.1f}'.removesuffix('.0')} %"


def percent_range(low: float, high: float) -> str:
    """Say a range of shares.

    >>> percent_range(0.58, 0.64)
    '58 to 64 %'
    """
    first, last = percent(low), percent(high)
    return last if first == last else f"{first.removesuffix(' %')} to {last}"


def between(low: float, high: float) -> str:
    """Say a range of shares inside a sentence.

    >>> between(0.58, 0.64), between(0.61, 0.612)
    ('between 58 and 64 %', 'close to 61 %')
    """
    first, last = percent(low), percent(high)
    if first == last:
        return f"close to {first}"
    return f"between {first.removesuffix(' %')} and {last}"


def times(ratio: float) -> str:
    """Say how many times as many.

    >>> times(3.04), times(12.6)
    ('3.0 times', '13 times')
    """
    return f"{ratio:.1f} times" if abs(ratio) < 9.95 else f"{ratio:,.0f} times"


def count(value: float) -> str:
    """Say a whole number with thousands marks.

    >>> count(1234.4)
    '1,234'
    """
    return f"{value:,.0f}".replace("-0", "0") if abs(value) < 0.5 else f"{value:,.0f}"


def amount(value: float) -> str:
    """Say a measured number with as many digits as are worth reading.

    >>> amount(8123.7), amount(42.318), amount(0.12345), amount(12.0)
    ('8,124', '42.3', '0.123', '12')
    """
    if not math.isfinite(value):
        return "unknown"
    if value == 0 or float(value).is_integer() or abs(value) >= 100:
        return count(value)
    if abs(value) >= 10:
        return _trimmed(f"{value:.1f}")
    if abs(value) >= 1:
        return _trimmed(f"{value:.2f}")
    return f"{value:.3g}"


def priced(value: float, currency: str = "") -> str:
    """Say a sum with its currency, where one is known.

    >>> priced(1234.5, "€"), priced(1234.5, "EUR"), priced(1234.5)
    ('€1,234', '1,234 EUR', '1,234')
    """
    said = amount(value)
    if not currency:
        return said
    return f"{said} {currency}" if currency.isalpha() else f"{currency}{said}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def of_hundred(share: float) -> str:
    """Say a share as cases out of a round number large enough to hold whole cases.

    >>> of_hundred(0.29), of_hundred(0.004), of_hundred(0.00003)
    ('29 of 100', '4 of 1,000', 'fewer than 1 of 10,000')
    """
    for base in (100, 1_000, 10_000):
        if share == 0 or share * base >= 0.995:
            return f"{share * base:.0f} of {base:,}"
    return "fewer than 1 of 10,000"


def per_hundred(share: float, things: str) -> str:
    """Say a rate of things among people, never as a lone one.

    >>> per_hundred(0.42, "leavers"), per_hundred(0.01, "leavers")
    ('42 leavers per 100', '10 leavers per 1,000')
    """
    base = next((b for b in (100, 1_000, 10_000) if share * b >= 1.995), 10_000)
    return f"{share * base:.0f} {things} per {base:,}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """List names in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])
    ('a, b and c', 'a, b, c and 2 more')
    """
    shown = list(names[:most])
    left = len(names) - len(shown)
    if left:
        return f"{', '.join(shown)} and {left} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def quoted(column: str) -> str:
    """Name a column in a sentence."""
    return f"`{column}`"


def capital(text: str) -> str:
    """Begin with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
