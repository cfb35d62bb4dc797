"""Links by which somebody without an account reads one snapshot or one report, and who opened them when."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import person_field

from .curriculum import Curriculum
from .loop import Snapshot
from .token_link import TokenLink, TokenLinkQuerySet

OPENINGS_KEPT: Final = timedelta(days=180)


class SharedLinkQuerySet(TokenLinkQuerySet):
    def open(self) -> Self:
        """Those that still open something: in time, not revoked, of a plan that is there."""
        present = Q(
            curriculum__removed_at=None,
            curriculum__program__removed_at=None,
            curriculum__program__school__removed_at=None,
        )
        return self.filter(present, revoked=None, expires__gt=timezone.now())


class SharedLink(TokenLink):
    """What is shared of one version of a plan, until when; nothing else is reachable from it."""

    class What(models.TextChoices):
        SNAPSHOT = "snapshot", _("a snapshot")
        REPORT = "report", _("the gap report")
        COMMITTEE = "committee", _("the committee edition")

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="shared_links", verbose_name=_("curriculum")
    )
    what = models.CharField(_("what is shared"), max_length=20, choices=What)
    snapshot = models.ForeignKey(
        Snapshot, models.CASCADE, null=True, blank=True, related_name="shared_links", verbose_name=_("snapshot")
    )
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    made_by = person_field(_("made by"), related="shared_links")
    created = models.DateTimeField(_("created"), auto_now_add=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("shared link")
        verbose_name_plural = _("shared links")
        constraints = [
            models.CheckConstraint(
                condition=Q(what="snapshot", snapshot__isnull=False) | (~Q(what="snapshot") & Q(snapshot=None)),
                name="shared_link_names_a_snapshot_where_it_shares_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.curriculum.name} · {self.get_what_display()}"

    @property
    def is_open(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()


class LinkOpening(models.Model):
    """That a link was opened, and coarsely from where: no whole address, no cookie, no person."""

    link = models.ForeignKey(SharedLink, models.CASCADE, related_name="openings", verbose_name=_("shared link"))
    opened = models.DateTimeField(_("opened"), default=timezone.now)
    file = models.CharField(_("what was taken"), max_length=20, blank=True)  # "" for the page
    network = models.CharField(_("network"), max_length=50, blank=True)
    agent = models.CharField(_("with"), max_length=50, blank=True)

    class Meta:
        ordering = ["-opened", "-id"]
        verbose_name = _("opening of a shared link")
        verbose_name_plural = _("openings of shared links")

    def __str__(self) -> str:
        return f"{self.link} · {self.opened:%Y-%m-%d}"
