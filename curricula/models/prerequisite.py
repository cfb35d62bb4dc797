from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .curriculum import Course
from .of_plan import OfCourses


class PrerequisiteQuerySet(OfCourses["Prerequisite"]):
    def inside(self) -> PrerequisiteQuerySet:
        """Those that name a course of the plan."""
        return self.filter(requires__isnull=False)

    def binding(self) -> PrerequisiteQuerySet:
        """Of those inside the plan the ones that nothing outside of it can stand for."""
        outside = Prerequisite.objects.filter(course=OuterRef("course"), requires=None, alternative__gt=0)
        return self.inside().filter(~Exists(outside.filter(alternative=OuterRef("alternative"))))


class Prerequisite(models.Model):
    class Kind(models.TextChoices):
        BEFORE = "pre", _("before")
        WITH = "co", _("before or with")
        STRICTLY_WITH = "strict-co", _("with")

    course = models.ForeignKey(Course, models.CASCADE, related_name="prerequisites", verbose_name=_("course"))
    requires = models.ForeignKey(
        Course, models.CASCADE, null=True, blank=True, related_name="required_by", verbose_name=_("requires")
    )
    external = models.CharField(
        _("outside the plan"),
        max_length=200,
        blank=True,
        help_text=_("a course that this plan does not hold"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BEFORE)
    alternative = models.PositiveSmallIntegerField(
        _("choice"),
        default=0,
        blank=True,
        help_text=_("of the prerequisites of a course with the same number above 0 one is enough"),
    )

    objects = PrerequisiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["course", "id"]
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        constraints = [
            models.CheckConstraint(
                condition=Q(requires__isnull=False, external="") | (Q(requires__isnull=True) & ~Q(external="")),
                name="prerequisite_is_a_course_of_the_plan_or_one_outside",
            ),
            models.CheckConstraint(condition=~Q(course=F("requires")), name="prerequisite_is_another_course"),
            models.UniqueConstraint(
                fields=["course", "requires", "alternative"], name="prerequisite_is_listed_once_in_a_choice"
            ),
            models.UniqueConstraint(
                fields=["course", "external", "alternative"],
                condition=Q(requires__isnull=True),
                name="outside_prerequisite_is_listed_once_in_a_choice",
            ),
        ]

    def __str__(self) -> str:
        return self.external or str(self.requires)
