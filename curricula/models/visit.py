from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText, person_field

from .school import School

VISIT_LASTS: Final = timedelta(hours=8)


class VisitQuerySet(models.QuerySet["StaffVisit"]):
    def current(self, user: Any) -> VisitQuerySet:
        """Those under which somebody reads now; who is staff no more reads no more."""
        if not (user.is_active and user.is_staff):
            return self.none()
        return self.filter(user=user, began__gt=timezone.now() - VISIT_LASTS)


class StaffVisit(models.Model):
    """That somebody who runs the site reads a school's records for a while, and why; its administrators see it."""

    school = models.ForeignKey(School, models.CASCADE, related_name="visits", verbose_name=_("school"))
    user = person_field(_("user"), related="visits")
    why = FreeText(_("Why"), max_length=500)
    began = models.DateTimeField(_("began"), auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-began", "-id"]
        verbose_name = _("visit of staff")
        verbose_name_plural = _("visits of staff")
        indexes = [models.Index(fields=["user", "began"], name="staff_visit_by_user_and_time")]

    def __str__(self) -> str:
        return f"{self.user} → {self.school}"

    @property
    def ends(self) -> datetime:
        return self.began + VISIT_LASTS
