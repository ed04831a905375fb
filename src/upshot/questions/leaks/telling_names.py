"""Names of columns that are usually written after the outcome is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from upshot.questions.names import words
from upshot.wording import mark


@dataclass(frozen=True)
class TellingName:
    """A pattern over the words of a name, joined by blanks.

    Attributes
    ----------
    pattern : str
        Regular expression, searched in the folded words.
    says : str
        What such a column is: a sentence with ``{column}``, marked.
    needed : float
        The least advantage (0–1) the column must have over guessing before its name is enough.
    kind : str
        As in `LeakSuspect.kind`.
    """

    pattern: str
    says: str
    needed: float = 0.0
    kind: str = "named-after"


# Gathered from the headers in platforms' documentation and public exports; see the exports of
# Shopify, HubSpot, Mailchimp, Stripe, Salesforce and Zoho.
TELLING_NAMES: tuple[TellingName, ...] = (
    TellingName(
        r"\b(y pred|ypred|y hat|yhat|predicted|prediction|pred|proba|predict)\b",
        mark("`{column}` is named like another model's prediction."),
        0.2,
        "prediction",
    ),
    TellingName(
        r"\b(activity|profile|lead|engagement|conversion|churn|propensity|quality|intent|fit|"
        r"health) (score|index|grade|rank|rating)\b",
        mark("`{column}` is named like a grade that a system or a colleague keeps updating."),
        0.03,
    ),
    TellingName(
        r"\b(propensity|likelihood|score|probability|prob)\b(?<!credit score)",
        mark("`{column}` is named like a score, which may have been set knowing the outcome."),
        0.3,
        "prediction",
    ),
    TellingName(
        r"\b(cancell?ed at|cancell?ed on|cancell?ation|date cancell?ed|cancel date|unsub\w*|"
        r"churn (date|reason|score|category)|gekundigt am|kundigungs\w*)\b",
        mark("`{column}` is named like something written when a person leaves."),
        0.05,
    ),
    TellingName(
        r"\b(close[d]? date|closed? at|ended at|end reason|lost reason|won reason|loss reason|"
        r"close reason|exit (date|reason))\b",
        mark("`{column}` is named like something written when a case is closed."),
        0.05,
    ),
    TellingName(
        r"\b(refund\w*|dispute\w*|chargeback\w*)\b",
        mark("`{column}` is named like something that happens after the purchase."),
        0.05,
    ),
    TellingName(
        r"\b(reservation status|deal stage|lifecycle stage|lead status|order status|"
        r"payment status|financial status|fulfillment status|status date|lead stage|"
        r"subscription status|account status|converted (at|date|on)|conversion (date|time))\b",
        mark("`{column}` is named like a status that changes with the outcome."),
        0.1,
    ),
    TellingName(
        r"^(call |contact |last call |talk )?(duration|talk time|call length)( seconds| sec| s)?$",
        mark(
            "`{column}` is named like the length of a call or contact, known only when it is over."
        ),
        0.3,
    ),
    TellingName(
        r"\b(last (notable )?activity|last modified|last updated?|last changed|last contacted|"
        r"modified date|updated at|date modified)\b",
        mark(
            "`{column}` is named like a mark that is overwritten with every change, also after the "
            "outcome."
        ),
        0.1,
    ),
    TellingName(
        r"^(tags?|notes?|lead (quality|profile|rating)|member rating|disposition|call outcome)$",
        mark("`{column}` is named like something staff or the system fills in as a case goes on."),
        0.1,
    ),
    TellingName(
        r"^(total spent|total orders|total spend|refunded volume)$",
        mark("`{column}` is named like a running total that includes what is asked for."),
        0.3,
    ),
)


def telling_name(name: str, advantage: float) -> TellingName | None:
    """The first pattern a name matches, if the column tells enough about the outcome."""
    said = " ".join(words(name))
    for telling in TELLING_NAMES:
        if advantage >= telling.needed and re.search(telling.pattern, said):
            return telling
    return None
