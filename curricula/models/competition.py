from __future__ import annotations

from typing import ClassVar

from django.db import models

from curricula.fields.competition import COMPETITION

from .record import SchoolRecord

_label = COMPETITION.label_of


class Competition(SchoolRecord):
    """A result in a competition."""

    kind: ClassVar = COMPETITION

    year = models.CharField(_label("year"), max_length=9, blank=True)
    title = models.CharField(_label("title"), max_length=200)
    organiser = models.CharField(_label("organiser"), max_length=200, blank=True)
    listed = models.BooleanField(_label("listed"), null=True, blank=True)
    level = models.CharField(_label("level"), max_length=20, choices=COMPETITION.choices_of("level"), blank=True)
    award = models.CharField(_label("award"), max_length=200, blank=True)
    students = models.PositiveIntegerField(_label("students"), null=True, blank=True)
    student_codes = models.JSONField(_label("student_codes"), default=list, blank=True)
    school_mentors = models.JSONField(_label("school_mentors"), default=list, blank=True)
    enterprise_mentors = models.JSONField(_label("enterprise_mentors"), default=list, blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)
    credits = models.FloatField(_label("credits"), null=True, blank=True)
    counts = models.BooleanField(_label("counts"), null=True, blank=True)
    awarded = models.DateField(_label("awarded"), null=True, blank=True)
    entry = models.CharField(_label("entry"), max_length=200, blank=True)

    class Meta:
        ordering = ["year", "title", "award", "entry"]
        verbose_name = COMPETITION.label
        verbose_name_plural = COMPETITION.plural
        constraints = [
            models.UniqueConstraint(
                fields=["school", *COMPETITION.key], name="competition_is_listed_once_in_its_school"
            ),
        ]
