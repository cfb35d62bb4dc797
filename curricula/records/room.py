"""Whether a plan still has room for what was just entered in it."""

from __future__ import annotations

from curricula.fields.plan import too_many
from curricula.models import Curriculum, Mapping, Prerequisite


class PlanFull(ValueError):
    """The plan would hold more than any plan may; the message says how much, and what to do."""


def expect_room(curriculum: Curriculum) -> None:
    """Asked by whoever adds something, before the transaction ends. Raises PlanFull."""
    mappings = Mapping.objects.of(curriculum)
    words = too_many(
        courses=curriculum.courses.count(),
        cells=mappings.filter(rater="").count(),
        ratings=mappings.exclude(rater="").count(),
        prerequisites=Prerequisite.objects.of(curriculum).count(),
    )
    if words:
        raise PlanFull(words)
