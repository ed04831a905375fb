"""The second factor: six digits from an authenticator app (RFC 6238), or a recovery code."""

from __future__ import annotations

import secrets
import time

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from upshot.web.accounts.models import RecoveryCode, SecondFactor, User

ISSUER = "Upshot"
STEP_SECONDS = 30
"""RFC 6238, section 5.2: the default every authenticator app assumes."""

DRIFT_STEPS = 1
"""A code is good for one step before and after: phones' clocks differ (RFC 6238, section 6)."""

CODES = 10
# Crockford's alphabet, without letters that look like digits.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CODE_LENGTH = 16
"""16 of 32 letters are 80 random bits, so that a plain keyed digest is enough."""


def is_on(user: User) -> bool:
    """Whether this person needs a second factor to log in."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def begin(user: User) -> SecondFactor:
    """A fresh secret, in force only once a code proves that the app has it."""
    import pyotp

    with transaction.atomic():
        SecondFactor.objects.filter(user=user, confirmed_at=None).delete()
        return SecondFactor.objects.create(user=user, secret=pyotp.random_base32())


def pending(user: User) -> SecondFactor | None:
    """The secret that waits to be confirmed."""
    return SecondFactor.objects.filter(user=user, confirmed_at=None).first()


def confirm(user: User, code: str) -> list[str] | None:
    """Switch the second factor on; returns the recovery codes, or None when the code is wrong."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None or factor.confirmed_at is not None or not _takes(factor, code):
            return None
        factor.confirmed_at = timezone.now()
        factor.save(update_fields=["confirmed_at"])
        return new_recovery_codes(user)


def switch_off(user: User) -> None:
    """Log in with the password alone again."""
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        user.recovery_codes.all().delete()


def passes(user: User, given: str) -> bool:
    """Whether `given` is the app's present code or an unused recovery code; each is good once."""
    with transaction.atomic():
        factors = SecondFactor.objects.select_for_update().filter(user=user)
        factor = factors.filter(confirmed_at__isnull=False).first()
        if factor is None:
            return False
        if _takes(factor, given):
            return True
        unused = RecoveryCode.objects.filter(user=user, used_at=None)
        return bool(unused.filter(digest=_digest(given)).update(used_at=timezone.now()))


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, shown once; the ones before no longer work."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)) for _ in range(CODES)]
    with transaction.atomic():
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=_digest(code)) for code in codes
        )
    return ["-".join(code[at : at + 4] for at in range(0, _CODE_LENGTH, 4)) for code in codes]


def recovery_codes_left(user: User) -> int:
    """How many codes are unused."""
    return user.recovery_codes.filter(used_at=None).count()


def picture(factor: SecondFactor) -> str:
    """The secret as a QR code: SVG text without styles or scripts."""
    import segno

    code = segno.make(_address(factor), error="m", micro=False)
    return code.svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True)


def _address(factor: SecondFactor) -> str:
    import pyotp

    return pyotp.TOTP(factor.secret).provisioning_uri(name=factor.user.email, issuer_name=ISSUER)


def _takes(factor: SecondFactor, given: str) -> bool:
    """Whether a code is right and was not used before."""
    import pyotp

    digits = given.replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
        return False
    totp, now = pyotp.TOTP(factor.secret), int(time.time()) // STEP_SECONDS
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > factor.last_step and secrets.compare_digest(totp.at(step * STEP_SECONDS), digits):
            factor.last_step = step
            factor.save(update_fields=["last_step"])
            return True
    return False


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter in _ALPHABET)
    return salted_hmac("upshot.recovery-code", plain, algorithm="sha256").hexdigest()
