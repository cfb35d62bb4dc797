"""Which abilities one's plans are mapped on, to be carried to others as a new version of their framework asks for."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from competencies.models import Ability, Framework
from competencies.tabular.column_names import signless, unambiguous
from curricula.models import Curriculum, Mapping
from curricula.queries import curricula_of
from curricula.rules import schools_to_import_into


@dataclass(frozen=True)
class Mapped:
    """An ability on which plans are mapped, by how many rows of which plan, and what its title suggests instead."""

    ability: Ability
    plans: tuple[tuple[Curriculum, int], ...]
    suggested: str = ""  # a code


def plans_to_carry(user: Any, framework: Framework) -> QuerySet[Curriculum]:
    """The user's plans on a framework that can still be edited."""
    plans = curricula_of(user).filter(program__school__in=schools_to_import_into(user), framework=framework)
    return plans.exclude(state=Curriculum.State.APPROVED)


def mapped_abilities(plans: Iterable[Curriculum], framework: Framework, *, codes: Iterable[str] = ()) -> list[Mapped]:
    """The abilities with these codes, or all on which the plans are mapped."""
    by_pk = {plan.pk: plan for plan in plans}
    rows = Mapping.objects.filter(course__curriculum__in=by_pk, ability__framework=framework)
    if wanted := set(codes):
        rows = rows.filter(ability__code__in=wanted)
    counted = rows.order_by("ability__order", "ability__code", "course__curriculum").values_list(
        "ability", "course__curriculum"
    )
    found: dict[int, list[tuple[Curriculum, int]]] = {}
    for ability, plan, number in counted.annotate(number=Count("pk")):
        found.setdefault(ability, []).append((by_pk[plan], number))
    abilities = framework.abilities.in_bulk(found)
    suggested = _of_the_same_title(framework, without=found)
    return [Mapped(abilities[pk], tuple(rows), _suggestion(abilities[pk], suggested)) for pk, rows in found.items()]


def _of_the_same_title(framework: Framework, *, without: Iterable[int]) -> Pairs[str, str]:
    others = framework.abilities.leaves().exclude(pk__in=without)
    return unambiguous((title, one.code) for one in others for title in (one.title_en, one.title_zh))


def _suggestion(ability: Ability, suggested: Pairs[str, str]) -> str:
    keys = (signless(ability.title_en), signless(ability.title_zh))
    return next((suggested[key] for key in keys if key in suggested), "")
