from __future__ import annotations

from typing import ClassVar

from django.db import models

from curricula.fields.outcome import OUTCOME

from .record import SchoolRecord

_label = OUTCOME.label_of


class Outcome(SchoolRecord):
    """What became of one graduate, by code."""

    kind: ClassVar = OUTCOME

    student = models.CharField(_label("student"), max_length=200)
    program = models.CharField(_label("program"), max_length=200, blank=True)
    year = models.CharField(_label("year"), max_length=9, blank=True)
    destination = models.CharField(
        _label("destination"), max_length=20, choices=OUTCOME.choices_of("destination"), blank=True
    )
    organisation = models.CharField(_label("organisation"), max_length=200, blank=True)
    organisation_kind = models.CharField(_label("organisation_kind"), max_length=200, blank=True)
    industry = models.CharField(_label("industry"), max_length=200, blank=True)
    occupation = models.CharField(_label("occupation"), max_length=200, blank=True)
    place = models.CharField(_label("place"), max_length=200, blank=True)
    pay = models.FloatField(_label("pay"), null=True, blank=True)
    relevance = models.CharField(
        _label("relevance"), max_length=20, choices=OUTCOME.choices_of("relevance"), blank=True
    )
    settled = models.DateField(_label("settled"), null=True, blank=True)

    class Meta:
        ordering = ["student"]
        verbose_name = OUTCOME.label
        verbose_name_plural = OUTCOME.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *OUTCOME.key], name="outcome_is_listed_once_in_its_school"),
        ]
