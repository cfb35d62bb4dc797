"""Mail about accounts."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from curricula.mailing import mail_is_set_up, mailed
from curricula.models import Invitation


def send_invitation(invitation: Invitation, *, link: str, by: str) -> bool:
    """Whether it was sent; the page shows the link in any case."""
    if not (invitation.email and mail_is_set_up()):
        return False
    subject = _("Invitation to %(school)s on TalentGap") % {"school": invitation.school}
    context: dict[str, Any] = {"invitation": invitation, "link": link, "by": by}
    return mailed(subject, render_to_string("curricula/accounts/invitation_mail.txt", context), to=invitation.email)
