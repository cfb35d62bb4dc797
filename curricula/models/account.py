"""What an account has beside Django's user, and how somebody comes to have one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import person_field

from .school import Membership, School
from .token_link import TokenLink, TokenLinkQuerySet

OPEN_FOR = timedelta(days=14)


def time_zones() -> list[tuple[str, str]]:
    """Those that are named after a place."""
    names = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [(name, name.replace("_", " ")) for name in sorted(names)]


class Profile(models.Model):
    """How a person reads the pages; the name is `first_name` of the user."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile", verbose_name=_("user")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    comment_mail = models.BooleanField(_("comments by mail"), default=False, help_text=_("at most once a day"))
    # Home tells what changed since `home_before`, which stays while somebody goes to and fro in one visit.
    home_seen = models.DateTimeField(_("last at home"), null=True, blank=True)
    home_before = models.DateTimeField(_("visit before"), null=True, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)


def person_name(user: Any) -> str:
    """What others read: the name that a person gave, else the one to sign in with."""
    return str(user.first_name or user.get_username())


class InvitationQuerySet(TokenLinkQuerySet):
    def open(self) -> Self:
        """Those that can still be accepted, into schools that are there."""
        return self.filter(accepted=None, revoked=None, expires__gt=timezone.now(), school__removed_at=None)


class Invitation(TokenLink):
    """A link by which one person comes into a school with a role, once and within two weeks."""

    school = models.ForeignKey(School, models.CASCADE, related_name="invitations", verbose_name=_("school"))
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role, default=Membership.Role.VIEWER)
    from_industry = models.BooleanField(_("speaks for industry"), default=False)
    email = models.EmailField(_("e-mail"), blank=True)
    invited_by = person_field(_("invited by"), related="invitations_sent")
    created = models.DateTimeField(_("created"), auto_now_add=True)
    accepted = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = person_field(_("accepted by"), related="invitations_accepted", blank=True)
    revoked = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.school} · {self.get_role_display()}"
