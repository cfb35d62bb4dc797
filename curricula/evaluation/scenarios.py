"""Saved scenarios, and the plan that they are tried on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from competencies.request_numbers import key_of
from curricula.analysis.gap import Prepared
from curricula.analysis.scenarios.edits import Edit, edit_from_json
from curricula.models import Curriculum, Scenario

from .reports import as_of_today, prepared_for

MOST_COMPARED: Final = 4


def prepared_to_try(curriculum: Curriculum) -> Prepared:
    """An approved plan too as its records stand, because what is tried becomes a version on the framework of today."""
    return prepared_for(as_of_today(curriculum))


def edits_of(scenario: Scenario) -> tuple[Edit, ...]:
    return tuple(edit_from_json(stored) for stored in scenario.edits)


def scenarios_of(curriculum: Curriculum) -> QuerySet[Scenario]:
    """Every scenario of the plan, also those made for its earlier versions, the last changed first."""
    return (
        Scenario.objects.filter(
            curriculum__program=curriculum.program_id, curriculum__year=curriculum.year, curriculum__removed_at=None
        )
        .select_related("curriculum__program__school", "curriculum__framework", "created_by", "applied_as")
        .order_by("-changed", "-pk")
    )


def scenarios_chosen(curriculum: Curriculum, chosen: Iterable[str]) -> list[Scenario]:
    """The scenarios with these numbers, each once and in this order, as many as can stand side by side."""
    keys = (key for each in chosen if (key := key_of(each)) is not None)
    wanted = list(dict.fromkeys(keys))[:MOST_COMPARED]
    found = scenarios_of(curriculum).in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def was_changed(scenario: Scenario) -> bool:
    """Whether its edits have ever been others than they are, so that there is something to undo."""
    earlier = scenario.history.order_by("-history_id").values_list("edits", flat=True)
    return any(edits != scenario.edits for edits in earlier.iterator())


def newest_version_of(curriculum: Curriculum) -> bool:
    newer = Curriculum.objects.filter(
        program=curriculum.program_id, year=curriculum.year, version__gt=curriculum.version
    )
    return not newer.exists()
