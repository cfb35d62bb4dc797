"""What a director asks of whom: courses of a plan to be mapped by a day."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText, person_field

from .account import person_name
from .curriculum import Course, Curriculum
from .school import Membership

MAPPING_ROLES = (Membership.Role.FACULTY, Membership.Role.DIRECTOR, Membership.Role.ADMINISTRATOR)


class Assignment(models.Model):
    """That one person was asked to map courses of a plan: a member, or a lecturer whose name stands in the plan.

    A second rater enters rows under an own code, and until these are handed in sees no other page of the program.
    """

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="assignments", verbose_name=_("curriculum")
    )
    person = person_field(_("asked of"), related="assignments", blank=True)
    lecturer = models.CharField(_("lecturer without an account"), max_length=200, blank=True)
    second = models.BooleanField(_("second rater"), default=False)
    due = models.DateField(_("due by"))
    note = FreeText(_("note"), blank=True, max_length=1000)
    asked_by = person_field(_("asked by"))
    asked = models.DateTimeField(_("asked"), default=timezone.now)
    reminded = models.DateField(_("reminded"), null=True, blank=True)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["person", "closed"], name="assignment_by_person_and_end")]

    def __str__(self) -> str:
        return f"{self.curriculum} · {self.due:%Y-%m-%d}"

    @property
    def who(self) -> str:
        """Of whom it is asked; "" where that account is gone."""
        return person_name(self.person) if self.person is not None else self.lecturer


class AssignedCourseQuerySet(models.QuerySet["AssignedCourse"]):
    def open(self) -> Self:
        """Of assignments that nobody closed, in plans that are there."""
        return self.filter(assignment__closed=None, assignment__curriculum__removed_at=None)

    def asked_of(self, user: Any) -> Self:
        """Those of a person who may still map in the school."""
        mapping = Membership.objects.filter(
            user=user, role__in=MAPPING_ROLES, school=OuterRef("assignment__curriculum__program__school")
        )
        return self.filter(Exists(mapping), assignment__person=user)

    def to_map(self) -> Self:
        """Those whose cells are the plan's own."""
        return self.filter(assignment__second=False)

    def to_rate_alone(self) -> Self:
        """Those of a second rater who has not handed them in."""
        return self.filter(assignment__second=True, done=None)


class AssignedCourse(models.Model):
    """One of the courses that somebody was asked to map, and when it was said to be done."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="courses", verbose_name=_("assignment"))
    course = models.ForeignKey(Course, models.CASCADE, related_name="assigned", verbose_name=_("course"))
    done = models.DateTimeField(_("done"), null=True, blank=True)

    objects = AssignedCourseQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "course__order", "course__code"]
        verbose_name = _("assigned course")
        verbose_name_plural = _("assigned courses")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "course"], name="course_stands_once_in_an_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.course}"
