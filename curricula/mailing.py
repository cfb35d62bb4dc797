"""Mail; where none is set up, or it does not go, pages show what it would have said."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import send_mail

log = logging.getLogger(__name__)
READ_BY_NOBODY: Final = ("console", "dummy")


def mail_is_set_up() -> bool:
    """Whether what is sent reaches people: without `EMAIL_URL` it is printed where the server runs."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in READ_BY_NOBODY


def mailed(subject: str, body: str, *, to: str) -> bool:
    """Whether it was sent."""
    try:
        send_mail(" ".join(subject.split()), body, None, [to])
    except (OSError, SMTPException):
        log.exception("a mail was not sent")
        return False
    return True
