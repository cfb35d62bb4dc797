from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curricula.limits import MOST_CODE

from .school import Program


class CourseTieQuerySet(models.QuerySet["CourseTie"]):
    def of(self, program: Any, code: str) -> CourseTieQuerySet:
        """Those of a course, from either side."""
        return self.filter(Q(program=program, code=code) | Q(other_program=program, other_code=code))


class CourseTie(models.Model):
    """That courses of two programs of a school are one under two codes; it holds in each next version."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="course_ties", verbose_name=_("program"))
    code = models.CharField(_("course"), max_length=MOST_CODE)
    other_program = models.ForeignKey(Program, models.CASCADE, related_name="+", verbose_name=_("other program"))
    other_code = models.CharField(_("other course"), max_length=MOST_CODE)

    objects = CourseTieQuerySet.as_manager()

    class Meta:
        ordering = ["program", "code", "id"]
        verbose_name = _("tie of courses")
        verbose_name_plural = _("ties of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code", "other_program", "other_code"], name="courses_are_tied_once"
            ),
            models.CheckConstraint(
                condition=~Q(program=F("other_program"), code=F("other_code")), name="course_is_not_tied_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} {self.code} = {self.other_program} {self.other_code}"

    def beside(self, program: Any, code: str) -> tuple[int, str]:
        """The program and the code on the other side of this course."""
        if (self.program_id, self.code) == (program.pk, code):
            return self.other_program_id, self.other_code
        return self.program_id, self.code
