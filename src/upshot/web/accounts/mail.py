"""Letters, where the installation can send them; everything works by copying links as well."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def is_configured() -> bool:
    """Whether this installation sends e-mail."""
    return bool(settings.EMAIL_HOST)


def send(to: str, subject: str, body: str) -> bool:
    """Send a letter; False when it could not be sent, which never stops anything else."""
    if not is_configured():
        return False
    try:
        return bool(send_mail(" ".join(subject.split()), body, None, [to]))
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("an e-mail could not be sent: %s", type(error).__name__)
        return False
