"""A plan with a course whose description leads to two abilities, and what a person may do with what is proposed."""

from __future__ import annotations

from typing import Any

from django.test import Client

from curricula.models import Course, Mapping, SuggestionDecision
from tests.universe import Universe

DESCRIPTION = "Students evaluate search advertising. They describe live selling in shops."
DECISIONS = ("course__code", "ability__code", "decision", "level_proposed", "level_taken", "undone", "who")


def add_course(universe: Universe, code: str = "AD", description: str = DESCRIPTION) -> Course:
    order = universe.curriculum.courses.count()
    return Course.objects.create(
        curriculum=universe.curriculum, code=code, title_en="Commerce", description=description, order=order
    )


def post(client: Client, universe: Universe, code: str = "AD", **fields: Any) -> Any:
    stated = {"course": universe.course(code).pk, **fields}
    return client.post(universe.curriculum.page("suggestions"), stated)


def shown(answer: Any) -> list[tuple[str, str]]:
    """The codes and levels proposed."""
    return [(line.ability.code, line.found.level) for line in answer.context["shown"].proposed]


def page_of(client: Client, universe: Universe, query: str = "") -> Any:
    return client.get(universe.curriculum.page("suggestions") + query)


def mappings() -> list[tuple[Any, ...]]:
    rows = Mapping.objects.order_by("course__code", "ability__code")
    return list(rows.values_list("course__code", "ability__code", "level", "state", "provenance", "evidence"))


def decisions() -> list[tuple[Any, ...]]:
    return list(SuggestionDecision.objects.order_by("pk").values_list(*DECISIONS))


def key(universe: Universe, code: str = "MK.1") -> int:
    return universe.ability(code).pk
