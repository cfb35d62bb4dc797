from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone


def remove_together(*records: QuerySet[Any], by: Any) -> None:
    """All into the bin at one moment, by which they belong together; what was removed before keeps its own."""
    now = timezone.now()
    for found in records:
        found.filter(removed_at=None).update(removed_at=now, removed_by=by)
