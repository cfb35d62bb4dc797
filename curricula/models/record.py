from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from curricula.fields.declaration import RecordKind

from .school import School


class SchoolRecord(models.Model):
    """A record of a school's conditions; its declaration says everything about its fields.

    Courses are named by their codes, as in the school's files, so that they stay named in each next version of a plan.
    """

    kind: ClassVar[RecordKind]
    objects: ClassVar[models.Manager[Any]]

    school = models.ForeignKey(
        School, models.CASCADE, related_name="%(class)s_records", verbose_name=_("school"), editable=False
    )
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " · ".join(filter(None, (str(getattr(self, name)) for name in self.kind.key)))

    def get_absolute_url(self) -> str:
        return reverse("record", args=[self.school.slug, self.kind.name, self.pk])


def school_records() -> dict[str, type[SchoolRecord]]:
    """Every kind of record that schools keep, by its name in addresses."""
    return {model.kind.name: model for model in SchoolRecord.__subclasses__() if hasattr(model, "kind")}
