"""New comments by mail, at most one mail a day for each person who wants it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curricula.mailing import mailed
from curricula.models import CommentNotice

from .queries import ForMe, for_me


def mail_digests(site: str) -> int:
    """Write to everybody who wants it and has something new; the number of mails. `site` begins each address."""
    wanting = User.objects.filter(profile__comment_mail=True, is_active=True).exclude(email="")
    return sum(_mail(user, site) for user in wanting.select_related("profile"))


def _mail(user: Any, site: str) -> bool:
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if CommentNotice.objects.filter(user=user, mailed__gte=day).exists():
        return False
    new = [each for each in for_me(user) if each.notice.mailed is None]
    if not new or not _send(user, new, site):
        return False
    CommentNotice.objects.filter(pk__in=[each.notice.pk for each in new]).update(mailed=timezone.now())
    return True


def _send(user: Any, new: list[ForMe], site: str) -> bool:
    with translation.override(user.profile.language or translation.get_language()):
        body = render_to_string("curricula/comments/digest_mail.txt", {"lines": new, "site": site.rstrip("/")})
        subject = _("New comments for you")
    return mailed(subject, body, to=user.email)
