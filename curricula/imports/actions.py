"""A saved source of demand on to the curricula that it judges."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from competencies.models import DemandSource
from curricula.models import Curriculum
from curricula.records.editing import editing
from curricula.records.versions import touch


@transaction.atomic
def judge_by_source(curricula: Iterable[Curriculum], *, source: DemandSource) -> int:
    """Let a source judge these curricula too; how many it did not judge before. Raises ApprovedCurriculum."""
    added = 0
    for curriculum in curricula:
        with editing(curriculum):
            if curriculum.demand_sources.filter(pk=source.pk).exists():
                continue
            curriculum.demand_sources.add(source)
            touch(curriculum)
            added += 1
    return added
