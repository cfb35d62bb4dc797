"""Mappings of plans go over from abilities to others."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Pairs

from django.db import transaction

from competencies.models import Ability
from curricula.models import Curriculum, Mapping
from curricula.records.editing import editing
from curricula.records.versions import touch


@transaction.atomic
def carry_over(plans: Iterable[Curriculum], targets: Pairs[Ability, Ability]) -> tuple[int, int]:
    """How many mappings went over, and how many were let go because their course serves the other ability already.

    Raises ApprovedCurriculum, and then nothing went.
    """
    moved = dropped = 0
    for plan in plans:
        with editing(plan):
            rows = list(Mapping.objects.filter(course__curriculum=plan, ability__in=targets).select_related("ability"))
            for row in rows:
                went = _carry(row, targets[row.ability])
                moved, dropped = moved + went, dropped + (not went)
            if rows:
                touch(plan)
    return moved, dropped


def _carry(row: Mapping, target: Ability) -> bool:
    if Mapping.objects.filter(course=row.course_id, ability=target, rater=row.rater).exists():
        row.delete()
        return False
    row.ability = target
    row.save()
    return True
