from __future__ import annotations

from typing import ClassVar

from django.db import models

from competencies.models import FreeText
from curricula.fields.cohort import COHORT

from .record import SchoolRecord

_label = COHORT.label_of


class Cohort(SchoolRecord):
    """How many students a program has in one year of entry."""

    kind: ClassVar = COHORT

    program = models.CharField(_label("program"), max_length=200)
    year = models.CharField(_label("year"), max_length=9, blank=True)
    students = models.PositiveIntegerField(_label("students"), null=True, blank=True)
    graduates = models.PositiveIntegerField(_label("graduates"), null=True, blank=True)
    note = FreeText(_label("note"), blank=True)

    class Meta:
        ordering = ["program", "year"]
        verbose_name = COHORT.label
        verbose_name_plural = COHORT.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *COHORT.key], name="cohort_is_listed_once_in_its_school"),
        ]
