"""Mail about accounts; where none is set up, or it does not go, pages show what it would have said."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from curricula.models import Invitation

log = logging.getLogger(__name__)
READ_BY_NOBODY: Final = ("console", "dummy")


def mail_is_set_up() -> bool:
    """Whether what is sent reaches people: without `EMAIL_URL` it is printed where the server runs."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in READ_BY_NOBODY


def send_invitation(invitation: Invitation, *, link: str, by: str) -> bool:
    """Whether it was sent; the page shows the link in any case."""
    if not (invitation.email and mail_is_set_up()):
        return False
    subject = _("Invitation to %(school)s on TalentGap") % {"school": invitation.school}
    context: dict[str, Any] = {"invitation": invitation, "link": link, "by": by}
    body = render_to_string("curricula/accounts/invitation_mail.txt", context)
    try:
        send_mail(" ".join(subject.split()), body, None, [invitation.email])
    except (OSError, SMTPException):
        log.exception("an invitation was not sent")
        return False
    return True
