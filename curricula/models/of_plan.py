"""What records of a plan share: asked for by plan or by its courses, or written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import QuerySet

if TYPE_CHECKING:
    from .curriculum import Curriculum

Record = TypeVar("Record", bound=models.Model)


class OfPlan(QuerySet[Any]):
    def of_plan(self, curriculum: Curriculum) -> Self:
        """Of the plan in this version and those before: courses and abilities are named by codes, which stay."""
        return self.filter(
            curriculum__program=curriculum.program_id,
            curriculum__year=curriculum.year,
            curriculum__version__lte=curriculum.version,
        )


class NeverChanged(models.Model):
    """A record that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Refuses to write over one that is stored."""
        if self.pk is not None and not self._state.adding:
            raise ValueError(f"{self._meta.verbose_name}: what is stored is never changed.")
        super().save(*args, **options)


class OfCourses(models.QuerySet[Record]):
    """What belongs to courses."""

    def of(self, curriculum: Curriculum) -> Self:
        return self.filter(course__curriculum=curriculum)
