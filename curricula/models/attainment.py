from __future__ import annotations

from typing import ClassVar

from django.db import models

from curricula.fields.attainment import ATTAINMENT

from .record import SchoolRecord

_label = ATTAINMENT.label_of


class Attainment(SchoolRecord):
    """What a group of students showed in one part of an assessment; aggregates only."""

    kind: ClassVar = ATTAINMENT

    course = models.CharField(_label("course"), max_length=200)
    term = models.CharField(_label("term"), max_length=200, blank=True)
    group = models.CharField(_label("group"), max_length=200, blank=True)
    objective = models.CharField(_label("objective"), max_length=200, blank=True)
    indicator = models.CharField(_label("indicator"), max_length=200, blank=True)
    weight = models.FloatField(_label("weight"), null=True, blank=True)
    part = models.CharField(_label("part"), max_length=200, blank=True)
    full = models.FloatField(_label("full"), null=True, blank=True)
    mean = models.FloatField(_label("mean"), null=True, blank=True)
    spread = models.FloatField(_label("spread"), null=True, blank=True)
    attained = models.FloatField(_label("attained"), null=True, blank=True)
    expected = models.FloatField(_label("expected"), null=True, blank=True)
    threshold = models.FloatField(_label("threshold"), null=True, blank=True)
    reached = models.PositiveIntegerField(_label("reached"), null=True, blank=True)
    students = models.PositiveIntegerField(_label("students"), null=True, blank=True)
    method = models.CharField(_label("method"), max_length=20, choices=ATTAINMENT.choices_of("method"), blank=True)
    assessor = models.CharField(
        _label("assessor"), max_length=20, choices=ATTAINMENT.choices_of("assessor"), blank=True
    )
    set_on = models.DateField(_label("set_on"), null=True, blank=True)

    class Meta:
        ordering = ["course", "term", "group", "objective", "indicator", "part"]
        verbose_name = ATTAINMENT.label
        verbose_name_plural = ATTAINMENT.plural
        constraints = [
            models.UniqueConstraint(
                fields=["school", *ATTAINMENT.key], name="attainment_is_listed_once_in_its_school"
            ),
        ]
