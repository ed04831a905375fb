"""What a password must withstand (OWASP ASVS 5.0, chapter 6.2).

Length is what counts: 12 characters at least, any characters, no rules of composition, no forced
changes. Two lists of passwords that were leaked keep out what guessers try first: Django's 20,000
and the 30,000 of zxcvbn, which also sees through “Password2026!”, names, dates and keyboard rows.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 256
"""Nobody types more, and hashing much more would cost the server time (ASVS 6.2.9: at least 64)."""

LEAST_GUESSES = 1e8
"""zxcvbn's bound for “safe from guessing over the network without throttling” (10^6 with), twice
over: its authors' scale in Wheeler, “zxcvbn: Low-Budget Password Strength Estimation”, 2016."""

# Good advice that everybody has read is no longer a good password (xkcd.com/936).
_FAMOUS = ("upshot", "correcthorsebatterystaple", "correct horse battery staple")

_MEASURED = 72
"""zxcvbn looks at this much; what follows can only make a password harder."""


class NotGuessable:
    """Refuses passwords that a guesser with lists of leaked ones reaches soon."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a `ValidationError` when the password is too easy to guess."""
        from zxcvbn import zxcvbn

        found = zxcvbn(password[:_MEASURED], user_inputs=_about(user), max_length=_MEASURED)
        if found["guesses"] < LEAST_GUESSES:
            raise ValidationError(
                _(
                    "This password is on lists of leaked passwords, or made of parts that are. "
                    "Take a few words that do not belong together."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """What Django shows beside a form that asks for it."""
        return _("A password must not be on lists of leaked passwords.")


def _about(user: Any) -> list[str]:
    email, name = getattr(user, "email", ""), getattr(user, "name", "")
    return [part for part in (email, *email.split("@"), name, *_FAMOUS) if part]
