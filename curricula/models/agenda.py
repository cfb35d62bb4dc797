"""Where people see a cell of the matrix differently, and what a meeting decided on it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import Ability, FreeText, Level, person_field
from curricula.limits import MOST_CODE

from .curriculum import Course, Curriculum
from .of_plan import NeverChanged, OfPlan


class Rating(models.Model):
    """That a rater rates this course and not the whole plan: where a row is missing he or she says "not mapped".

    A rater without any such record rated every course. What is not handed in counts nowhere and is shown to nobody.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="ratings", verbose_name=_("course"))
    rater = models.CharField(_("rater"), max_length=60)  # a code, as in the rater's rows
    handed_in = models.DateTimeField(_("handed in"), null=True, blank=True)

    class Meta:
        ordering = ["course", "rater"]
        verbose_name = _("rating of a course")
        verbose_name_plural = _("ratings of courses")
        constraints = [models.UniqueConstraint(fields=["course", "rater"], name="rater_rates_a_course_once")]

    def __str__(self) -> str:
        return f"{self.course} · {self.rater}"


class CellQuestion(models.Model):
    """That somebody disputes a cell, and why; the next decision on it answers."""

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="questions", verbose_name=_("curriculum"))
    course = models.CharField(_("course"), max_length=MOST_CODE)
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="questions", verbose_name=_("ability"))
    note = FreeText(_("why"), max_length=1000)
    raised_by = person_field(_("raised by"))
    raised = models.DateTimeField(_("raised"), default=timezone.now)

    objects = OfPlan.as_manager()

    class Meta:
        ordering = ["raised", "id"]
        verbose_name = _("disputed cell")
        verbose_name_plural = _("disputed cells")

    def __str__(self) -> str:
        return f"{self.course} → {self.ability}"


class CellDecision(NeverChanged):
    """What a meeting decided on one cell, on which day and who was there, by codes; never changed."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="cell_decisions", verbose_name=_("curriculum")
    )
    course = models.CharField(_("course"), max_length=MOST_CODE)
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="cell_decisions", verbose_name=_("ability"))
    mapped = models.BooleanField(_("mapped"))
    level = models.CharField(_("level"), max_length=1, choices=Level, blank=True)
    share = models.FloatField(_("share of the course"), null=True, blank=True)
    reason = FreeText(_("reason"), blank=True, max_length=1000)
    met_on = models.DateField(_("date of the meeting"))
    present = models.JSONField(_("who was there"), default=list)
    recorded_by = person_field(_("recorded by"))
    recorded = models.DateTimeField(_("recorded"), default=timezone.now)

    objects = OfPlan.as_manager()

    class Meta:
        ordering = ["-recorded", "-id"]
        verbose_name = _("decision on a cell")
        verbose_name_plural = _("decisions on cells")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mapped=True) | models.Q(level="", share=None),
                name="cell_that_is_not_mapped_has_no_level",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} → {self.ability}"
