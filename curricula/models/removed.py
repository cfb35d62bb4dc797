from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import KEPT_REMOVED, Bilingual, kept_since, person_field
from curricula.limits import MOST_CODE

from .curriculum import Curriculum


class RemovedCourseQuerySet(models.QuerySet["RemovedCourse"]):
    def expired(self) -> RemovedCourseQuerySet:
        return self.filter(removed_at__lte=kept_since())


class RemovedCourse(Bilingual):
    """A course that was taken out of its plan, with all that went with it, for as long as it can come back."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="removed_courses", verbose_name=_("curriculum")
    )
    code = models.CharField(_("code"), max_length=MOST_CODE)
    course = models.PositiveBigIntegerField(_("number of the course"))
    rows: Any = models.JSONField(_("what comes back"))
    removed_at = models.DateTimeField(_("removed"), auto_now_add=True)
    removed_by = person_field(_("removed by"))

    objects = RemovedCourseQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-id"]
        verbose_name = _("removed course")
        verbose_name_plural = _("removed courses")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def kept_until(self) -> datetime:
        return self.removed_at + KEPT_REMOVED
