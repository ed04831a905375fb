"""Personal data, which no model sees unless a person says so."""

from __future__ import annotations

from collections.abc import Iterator

from upshot.tables.findings.base import Finding, Importance, Look, named
from upshot.wording import say, say_count


def find_personal(look: Look) -> Iterator[Finding]:
    """Names, addresses, phone numbers."""
    names = tuple(c.name for c in look.columns() if c.personal is not None)
    if not names:
        return
    yield Finding(
        "personal",
        Importance.REMARK,
        say_count(
            "{names} holds personal data.",
            "{number} columns hold personal data: {names}.",
            len(names),
            names=named(names),
        ),
        say("No model learns from them. They stay in your file and in the lists you download."),
        say("Nothing to do. When you ask your question you can let them in."),
        names,
    )
