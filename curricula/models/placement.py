from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from curricula.fields.placement import PLACEMENT

from .record import SchoolRecord

_label = PLACEMENT.label_of


class Placement(SchoolRecord):
    """One student in one placement or project, by code."""

    kind: ClassVar = PLACEMENT

    student = models.CharField(_label("student"), max_length=200)
    group = models.CharField(_label("group"), max_length=200, blank=True)
    kind_of = models.CharField(_label("kind_of"), max_length=20, choices=PLACEMENT.choices_of("kind_of"), blank=True)
    mode = models.CharField(_label("mode"), max_length=20, choices=PLACEMENT.choices_of("mode"), blank=True)
    reality = models.CharField(_label("reality"), max_length=20, choices=PLACEMENT.choices_of("reality"), blank=True)
    organisation = models.CharField(_label("organisation"), max_length=200, blank=True)
    post = models.CharField(_label("post"), max_length=200, blank=True)
    since = models.DateField(_label("since"), null=True, blank=True)
    until = models.DateField(_label("until"), null=True, blank=True)
    weeks = models.FloatField(_label("weeks"), null=True, blank=True)
    arranged = models.CharField(
        _label("arranged"), max_length=20, choices=PLACEMENT.choices_of("arranged"), blank=True
    )
    school_mentor = models.CharField(_label("school_mentor"), max_length=200, blank=True)
    enterprise_mentor = models.CharField(_label("enterprise_mentor"), max_length=200, blank=True)
    enterprise_evaluation = models.CharField(_label("enterprise_evaluation"), max_length=200, blank=True)
    school_evaluation = models.CharField(_label("school_evaluation"), max_length=200, blank=True)
    overall = models.CharField(_label("overall"), max_length=200, blank=True)
    relevant = models.BooleanField(_label("relevant"), null=True, blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)

    class Meta:
        ordering = ["student", "kind_of", "organisation", "post"]
        verbose_name = PLACEMENT.label
        verbose_name_plural = PLACEMENT.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *PLACEMENT.key], name="placement_is_listed_once_in_its_school"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="placement_does_not_end_before_it_begins",
            ),
        ]
