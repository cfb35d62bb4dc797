from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from competencies.models import FreeText
from curricula.fields.partnership import ACTORS, PARTNERSHIP

from .record import SchoolRecord

_label = PARTNERSHIP.label_of


class Partnership(SchoolRecord):
    """With whom a school works together, what was agreed and what is in place."""

    kind: ClassVar = PARTNERSHIP

    partner = models.CharField(_label("partner"), max_length=200)
    partner_code = models.CharField(_label("partner_code"), max_length=40, blank=True)
    actor = models.CharField(_label("actor"), max_length=20, choices=ACTORS.choices, blank=True)
    cooperation = models.CharField(_label("cooperation"), max_length=100, blank=True)
    document = models.CharField(_label("document"), max_length=200, blank=True)
    signed = models.DateField(_label("signed"), null=True, blank=True)
    since = models.DateField(_label("since"), null=True, blank=True)
    until = models.DateField(_label("until"), null=True, blank=True)
    content = FreeText(_label("content"), blank=True)
    training_agreed = FreeText(_label("training_agreed"), blank=True)
    training_in_place = FreeText(_label("training_in_place"), blank=True)
    assessment_agreed = FreeText(_label("assessment_agreed"), blank=True)
    assessment_in_place = FreeText(_label("assessment_in_place"), blank=True)
    development_agreed = FreeText(_label("development_agreed"), blank=True)
    development_in_place = FreeText(_label("development_in_place"), blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)
    interns = models.PositiveIntegerField(_label("interns"), null=True, blank=True)
    hires = models.PositiveIntegerField(_label("hires"), null=True, blank=True)
    contact = models.CharField(_label("contact"), max_length=200, blank=True)
    state = models.CharField(_label("state"), max_length=100, blank=True)

    class Meta:
        ordering = ["partner", "cooperation", "document"]
        verbose_name = PARTNERSHIP.label
        verbose_name_plural = PARTNERSHIP.plural
        constraints = [
            models.UniqueConstraint(
                fields=["school", *PARTNERSHIP.key], name="partnership_is_listed_once_in_its_school"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="partnership_does_not_end_before_it_begins",
            ),
        ]
