from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from competencies.models import FreeText
from curricula.fields.teacher import TEACHER

from .record import SchoolRecord

_label = TEACHER.label_of


class Teacher(SchoolRecord):
    """One who teaches, by code: what they studied, where they practised, what they teach."""

    kind: ClassVar = TEACHER

    code = models.CharField(_label("code"), max_length=200)
    title = models.CharField(_label("title"), max_length=200, blank=True)
    degree = models.CharField(_label("degree"), max_length=200, blank=True)
    field = models.CharField(_label("field"), max_length=200, blank=True)
    employment = models.CharField(
        _label("employment"), max_length=20, choices=TEACHER.choices_of("employment"), blank=True
    )
    dual = models.BooleanField(_label("dual"), null=True, blank=True)
    dual_basis = models.CharField(_label("dual_basis"), max_length=200, blank=True)
    practice_at = models.CharField(_label("practice_at"), max_length=200, blank=True)
    practice_since = models.DateField(_label("practice_since"), null=True, blank=True)
    practice_until = models.DateField(_label("practice_until"), null=True, blank=True)
    practice_months = models.FloatField(_label("practice_months"), null=True, blank=True)
    industry_years = models.FloatField(_label("industry_years"), null=True, blank=True)
    certificates = models.JSONField(_label("certificates"), default=list, blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)
    hours = models.FloatField(_label("hours"), null=True, blank=True)
    note = FreeText(_label("note"), blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = TEACHER.label
        verbose_name_plural = TEACHER.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *TEACHER.key], name="teacher_is_listed_once_in_its_school"),
            models.CheckConstraint(
                condition=Q(practice_since__isnull=True)
                | Q(practice_until__isnull=True)
                | Q(practice_until__gte=F("practice_since")),
                name="teacher_does_not_end_before_it_begins",
            ),
        ]
