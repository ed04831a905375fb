"""Numbers as people read them: 61 %, 3.0 times, 1,234, 29 of 100."""

from __future__ import annotations

import math
from collections.abc import Sequence

from upshot.wording import Figure, comma_list, mark, say, say_count, say_list


def percent(share: float) -> str:
    """Say a share from 0 to 1 as per cent, with a decimal only where it matters.

    >>> percent(0.61), percent(0.004), percent(0.996), percent(1.0)
    ('61 %', '0.4 %', '99.6 %', '100 %')
    """
    limit, number = _per_cent(share)
    return say(limit, number=Figure(f"{number} %")) if limit else Figure(f"{number} %")


_UNDER, _OVER = mark("under {number}"), mark("over {number}")


def _per_cent(share: float) -> tuple[str, str]:
    """The number, and how it is limited where the exact one would be more digits than sense."""
    value = share * 100
    if value == 0 or 1 <= abs(value) <= 99 or abs(value) >= 100:
        return "", f"{value:.0f}"
    if abs(value) < 0.1:
        return _UNDER, "0.1"
    if abs(value) >= 99.95:
        return _OVER, "99.9"
    return "", f"{value:.1f}".removesuffix(".0")


def _without_unit(share: float) -> str:
    """A share as the lower end of a range: the unit stands behind the upper one."""
    limit, number = _per_cent(share)
    return say(limit, number=Figure(number)) if limit else Figure(number)


def percent_range(low: float, high: float) -> str:
    """Say a range of shares.

    >>> percent_range(0.58, 0.64)
    '58 to 64 %'
    """
    last = percent(high)
    if percent(low) == last:
        return last
    return say("{low} to {high}", low=_without_unit(low), high=last)


def between(low: float, high: float) -> str:
    """Say a range of shares inside a sentence.

    >>> between(0.58, 0.64), between(0.61, 0.612)
    ('between 58 and 64 %', 'close to 61 %')
    """
    last = percent(high)
    if percent(low) == last:
        return say("close to {share}", share=last)
    return say("between {low} and {high}", low=_without_unit(low), high=last)


def times(ratio: float) -> str:
    """Say how many times as many.

    >>> times(3.04), times(12.6)
    ('3.0 times', '13 times')
    """
    if abs(ratio) < 9.95 or not math.isfinite(ratio):
        return say("{ratio} times", ratio=Figure(f"{ratio:.1f}"))
    return say_count("{number} time", "{number} times", round(ratio))


def count(value: float) -> str:
    """Say a whole number with thousands marks.

    >>> count(1234.4)
    '1,234'
    """
    text = f"{value:,.0f}"
    return Figure(text.replace("-0", "0") if abs(value) < 0.5 else text)


def amount(value: float) -> str:
    """Say a measured number with as many digits as are worth reading.

    >>> amount(8123.7), amount(42.318), amount(0.12345), amount(12.0)
    ('8,124', '42.3', '0.123', '12')
    """
    if not math.isfinite(value):
        return say("unknown")
    if value == 0 or float(value).is_integer() or abs(value) >= 100:
        return count(value)
    if abs(value) >= 10:
        return _trimmed(f"{value:.1f}")
    if abs(value) >= 1:
        return _trimmed(f"{value:.2f}")
    return Figure(f"{value:.3g}")


def digits(value: float, form: str) -> str:
    """Write a number by a format that the caller answers for.

    >>> digits(0.12345, ".2f")
    '0.12'
    """
    return Figure(format(value, form))


def in_hundred(share: float) -> str:
    """Say a share as so many of 100, without saying "of 100".

    >>> in_hundred(0.294)
    '29'
    """
    return digits(share * 100, ".0f")


def priced(value: float, currency: str = "") -> str:
    """Say a sum with its currency, where one is known.

    >>> priced(1234.5, "€"), priced(1234.5, "EUR"), priced(1234.5)
    ('€1,234', '1,234 EUR', '1,234')
    """
    said = amount(value)
    if not currency:
        return said
    if currency.isalpha():
        return say("{sum} {currency}", sum=said, currency=currency)
    return say("{sign}{sum}", sum=said, sign=currency)


def _trimmed(text: str) -> str:
    return Figure(text.rstrip("0").rstrip("."))


def of_hundred(share: float) -> str:
    """Say a share as cases out of a round number large enough to hold whole cases.

    >>> of_hundred(0.29), of_hundred(0.004), of_hundred(0.00003)
    ('29 of 100', '4 of 1,000', 'fewer than 1 of 10,000')
    """
    number, base = cases(share)
    if not number:
        return say("fewer than {number} of {base}", number=1, base=base)
    return say("{number} of {base}", number=number, base=base)


def cases(share: float) -> tuple[str, int]:
    """Return a share as whole cases of a round number; no number when there are fewer than 1.

    >>> cases(0.29), cases(0.00003)
    (('29', 100), ('', 10000))
    """
    for base in (100, 1_000, 10_000):
        if share == 0 or share * base >= 0.995:
            return f"{share * base:.0f}", base
    return "", 10_000


def rate(share: float) -> tuple[str, int]:
    """Return a rate of things among people: how many per how many, never a lone one.

    >>> rate(0.42), rate(0.01)
    (('42', 100), ('10', 1000))
    """
    base = next((b for b in (100, 1_000, 10_000) if share * b >= 1.995), 10_000)
    return f"{share * base:.0f}", base


def listed(names: Sequence[str], most: int = 3) -> str:
    """List names in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])
    ('a, b and c', 'a, b, c and 2 more')
    """
    left = len(names) - most
    if left > 0:
        return say("{names} and {number} more", names=comma_list(names[:most]), number=left)
    return say_list(names)


def sentences(*texts: str) -> str:
    """Whole sentences one after the other; empty ones are left out.

    >>> sentences("It rains.", "", "Stay in.")
    'It rains. Stay in.'
    """
    said = [text for text in texts if text]
    joined = said[0] if said else ""
    for text in said[1:]:
        joined = say("{before} {sentence}", before=joined, sentence=text)
    return joined


def quoted(column: str) -> str:
    """Name a column in a sentence."""
    return f"`{column}`"


def capital(text: str) -> str:
    """Begin with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
