from __future__ import annotations

from typing import ClassVar

from django.db import models

from curricula.fields.assessment_part import ASSESSMENT_PART

from .record import SchoolRecord

_label = ASSESSMENT_PART.label_of


class AssessmentPart(SchoolRecord):
    """A part of a course's assessment, with its weight in the grade."""

    kind: ClassVar = ASSESSMENT_PART

    course = models.CharField(_label("course"), max_length=200)
    part = models.CharField(_label("part"), max_length=200, blank=True)
    weight = models.FloatField(_label("weight"), null=True, blank=True)
    form = models.CharField(_label("form"), max_length=200, blank=True)
    practical = models.BooleanField(_label("practical"), null=True, blank=True)
    objectives = models.JSONField(_label("objectives"), default=list, blank=True)
    assessor = models.CharField(
        _label("assessor"), max_length=20, choices=ASSESSMENT_PART.choices_of("assessor"), blank=True
    )

    class Meta:
        ordering = ["course", "part", "form"]
        verbose_name = ASSESSMENT_PART.label
        verbose_name_plural = ASSESSMENT_PART.plural
        constraints = [
            models.UniqueConstraint(
                fields=["school", *ASSESSMENT_PART.key], name="assessment_part_is_listed_once_in_its_school"
            ),
        ]
