from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText
from curricula.fields.incentive import INCENTIVE

from .record import SchoolRecord

_label = INCENTIVE.label_of


class Incentive(SchoolRecord):
    """What a document promises for practice, competitions or cooperation."""

    kind: ClassVar = INCENTIVE

    title = models.CharField(_label("title"), max_length=200)
    document = models.CharField(_label("document"), max_length=200, blank=True)
    issued = models.DateField(_label("issued"), null=True, blank=True)
    audience = models.CharField(
        _label("audience"), max_length=20, choices=INCENTIVE.choices_of("audience"), blank=True
    )
    matter = models.CharField(_label("matter"), max_length=200, blank=True)
    standard = FreeText(_label("standard"), blank=True)
    year = models.CharField(_label("year"), max_length=9, blank=True)
    amount = models.FloatField(_label("money"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        ordering = ["title", "document", "audience", "matter", "year"]
        verbose_name = INCENTIVE.label
        verbose_name_plural = INCENTIVE.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *INCENTIVE.key], name="incentive_is_listed_once_in_its_school"),
        ]
