from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText
from curricula.fields.contribution import CONTRIBUTION

from .record import SchoolRecord

_label = CONTRIBUTION.label_of


class Contribution(SchoolRecord):
    """What an actor put into the training in one year."""

    kind: ClassVar = CONTRIBUTION

    year = models.CharField(_label("year"), max_length=9, blank=True)
    contributor = models.CharField(_label("contributor"), max_length=200)
    actor = models.CharField(_label("actor"), max_length=20, choices=CONTRIBUTION.choices_of("actor"), blank=True)
    type = models.CharField(_label("type"), max_length=20, choices=CONTRIBUTION.choices_of("type"), blank=True)
    what = models.CharField(_label("what"), max_length=200, blank=True)
    quantity = models.FloatField(_label("quantity"), null=True, blank=True)
    amount = models.FloatField(_label("money"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    received = models.DateField(_label("received"), null=True, blank=True)
    purpose = FreeText(_label("purpose"), blank=True)
    document = models.CharField(_label("document"), max_length=200, blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)
    entry = models.CharField(_label("entry"), max_length=200, blank=True)

    class Meta:
        ordering = ["year", "contributor", "what", "document", "entry"]
        verbose_name = CONTRIBUTION.label
        verbose_name_plural = CONTRIBUTION.plural
        constraints = [
            models.UniqueConstraint(
                fields=["school", *CONTRIBUTION.key], name="contribution_is_listed_once_in_its_school"
            ),
        ]
