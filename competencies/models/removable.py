"""Records that are removed first and deleted later; in between only the bin reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import person_field

KEPT_REMOVED: Final = timedelta(days=30)
PRESENT: Final = Q(removed_at=None)  # the condition of what is unique, so that a removed record keeps no name


def kept_since() -> datetime:
    """What was removed before this moment is kept no longer."""
    return timezone.now() - KEPT_REMOVED


class PresentManager(models.Manager[Any]):
    """The records that are not removed; what is removed together bears the same moment."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(PRESENT)


class Removable(models.Model):
    """Its model declares `objects`, made from PresentManager, and after it `everything`, the removed ones included.

    Whoever only holds a number that points here still reaches a removed record, as Django's base manager has it.
    """

    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    removed_by = person_field(_("removed by"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def kept_until(self) -> datetime | None:
        return self.removed_at and self.removed_at + KEPT_REMOVED
