"""Every term of the field that pages use, explained for somebody who never met it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """A word as pages write it, and what it means in one or two plain sentences."""

    word: str | Promise
    meaning: str | Promise


TERMS: dict[str, Term] = {
    "audience": Term(
        _("audience"),
        _("A list of people that an ad platform can show ads to."),
    ),
    "bundle": Term(
        _("bundle"),
        _("One file that holds everything Upshot learned. It scores new people, today and later."),
    ),
    "calibration": Term(
        _("calibration"),
        _("Whether chances can be taken at their word: of 100 people given 30 %, about 30 buy."),
    ),
    "candidate": Term(
        _("candidate"),
        _("One way to predict that Upshot tries. The best few are combined into the model."),
    ),
    "category": Term(
        _("category"),
        _("A column with a few words that come again and again, such as a country or a plan."),
    ),
    "chance": Term(
        _("chance"),
        _("How likely the outcome is for one person. Of 10 people at 30 %, about 3 say yes."),
    ),
    "control": Term(
        _("control group"),
        _(
            "People picked at random whom you do not contact. Comparing them with the others"
            " shows what the campaign itself achieved."
        ),
    ),
    "decile": Term(
        _("decile"),
        _("One of ten equal parts of a list. Part 1 holds the tenth with the highest chances."),
    ),
    "drift": Term(
        _("drift"),
        _("New data that looks different from what was learned from. Predictions get less sure."),
    ),
    "driver": Term(
        _("driver"),
        _("A column that moves the prediction. It goes with the outcome; it need not cause it."),
    ),
    "finding": Term(
        _("finding"),
        _("Something in your file that may be wrong, with one click to mend it and one to undo."),
    ),
    "hashing": Term(
        _("hashing"),
        _(
            "Turning an address into letters that cannot be read back. The ad platform does the"
            " same and compares, so it learns no address it did not know."
        ),
    ),
    "holdout": Term(
        _("rows set aside"),
        _(
            "Rows the model never sees while it learns. It is tested on them once, as on people"
            " who come later. Statisticians say holdout."
        ),
    ),
    "identifier": Term(
        _("identifier"),
        _("A code that tells one person or order from another, such as a customer number."),
    ),
    "leak": Term(
        _("leak"),
        _(
            "A column that is filled in after the outcome is known. It makes the test look"
            " brilliant and fails on new people."
        ),
    ),
    "lift": Term(
        _("lift"),
        _("How many times more buyers you reach than by picking the same number at random."),
    ),
    "model": Term(
        _("model"),
        _("What was learned: a way to turn the columns of a person into a chance or an amount."),
    ),
    "outcome": Term(
        _("outcome"),
        _("What happened in the end: bought or not, left or stayed, how much was spent."),
    ),
    "personal": Term(
        _("personal data"),
        _("What tells who somebody is: names, addresses, numbers. It stays out of the model."),
    ),
    "provisional": Term(
        _("provisional"),
        _("An early figure. It may still change while learning goes on."),
    ),
    "range": Term(
        _("probably from … to"),
        _("Where the true figure lies in 9 of 10 cases. A wide range means few rows to judge by."),
    ),
    "reach": Term(
        _("reach"),
        _("The share of all buyers that is in the part of the list you contact."),
    ),
    "row": Term(
        _("row"),
        _("One line of your file: one person, one lead or one order."),
    ),
    "rule": Term(
        _("rule"),
        _("How you choose people without a model, such as “lead score over 50”."),
    ),
    "score": Term(
        _("score"),
        _("The chance or amount the model gives a row. A scored list has one for every row."),
    ),
    "segment": Term(
        _("segment"),
        _("A group that two or three simple filters describe, ready for an e-mail tool."),
    ),
}
