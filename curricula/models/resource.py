from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText
from curricula.fields.resource import RESOURCE

from .record import SchoolRecord

_label = RESOURCE.label_of


class Resource(SchoolRecord):
    """A room, platform or community for practice."""

    kind: ClassVar = RESOURCE

    title = models.CharField(_label("title"), max_length=200)
    room = models.CharField(_label("room"), max_length=200, blank=True)
    area = models.FloatField(_label("area"), null=True, blank=True)
    seats = models.FloatField(_label("seats"), null=True, blank=True)
    sets = models.FloatField(_label("sets"), null=True, blank=True)
    amount = models.FloatField(_label("money"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    software = FreeText(_label("software"), blank=True)
    courses = models.JSONField(_label("courses"), default=list, blank=True)
    person_hours = models.FloatField(_label("person_hours"), null=True, blank=True)
    shared = models.BooleanField(_label("shared"), null=True, blank=True)
    accounts = models.FloatField(_label("accounts"), null=True, blank=True)
    reality = models.CharField(_label("reality"), max_length=20, choices=RESOURCE.choices_of("reality"), blank=True)
    element = models.CharField(_label("element"), max_length=20, choices=RESOURCE.choices_of("element"), blank=True)

    class Meta:
        ordering = ["title", "room"]
        verbose_name = RESOURCE.label
        verbose_name_plural = RESOURCE.plural
        constraints = [
            models.UniqueConstraint(fields=["school", *RESOURCE.key], name="resource_is_listed_once_in_its_school"),
        ]
