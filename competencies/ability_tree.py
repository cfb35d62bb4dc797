"""The abilities of a framework as a tree: its areas, and the leaves that a course can serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from competencies.models import Ability, AbilityTerm, Framework, PostingMention, Requirement


@dataclass
class AreaNode:
    """An area, the areas in it, and how many leaves lie anywhere below it."""

    ability: Ability
    leaves: int = 0
    children: list[AreaNode] = field(default_factory=list)


def framework_tree(framework: Framework) -> list[AreaNode]:
    """The areas of a framework as a tree, in its order; a framework without areas has none."""
    abilities = {ability.pk: ability for ability in framework.abilities.all()}
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, ability in abilities.items():
        children[ability.parent_id].append(pk)
    if len(children) < 2:
        return []
    return [_node(pk, abilities=abilities, children=children) for pk in children[None]]


def _node(pk: int, *, abilities: Mapping[int, Ability], children: Mapping[int | None, list[int]]) -> AreaNode:
    node = AreaNode(abilities[pk])
    for child in children.get(pk, ()):
        if child in children:
            node.children.append(_node(child, abilities=abilities, children=children))
        else:
            node.leaves += 1
    node.leaves += sum(inner.leaves for inner in node.children)
    return node


def areas_below(tree: Iterable[AreaNode], code: str) -> set[int]:
    """The area of this code and all areas in it; nothing where there is none."""
    for node in tree:
        if node.ability.code == code:
            return _all_of(node)
        if found := areas_below(node.children, code):
            return found
    return set()


def _all_of(node: AreaNode) -> set[int]:
    return {node.ability.pk}.union(*(_all_of(child) for child in node.children))


def framework_leaves(
    framework: Framework,
    *,
    sources: Collection[int],
    areas: set[int] | None = None,
    words: str = "",
    horizon: str = "",
) -> QuerySet[Ability]:
    """The abilities that a course can serve, each with the counts of what speaks of it, in these sources of demand."""
    leaves = framework.abilities.leaves().select_related("parent", "framework")
    if areas:
        leaves = leaves.filter(parent__in=areas)
    if horizon:
        leaves = leaves.filter(horizon=horizon)
    for word in words.split():
        named = Q(title_en__icontains=word) | Q(title_zh__icontains=word) | Q(code__icontains=word)
        leaves = leaves.filter(named | Q(pk__in=AbilityTerm.objects.filter(text__icontains=word).values("ability")))
    return with_counts(leaves, sources=sources)


def with_counts(abilities: QuerySet[Ability], *, sources: Collection[int]) -> QuerySet[Ability]:
    return abilities.annotate(
        term_count=_count(AbilityTerm.objects.all()),
        requirement_count=_count(Requirement.objects.all()),
        mention_count=_count(PostingMention.objects.filter(posting__source__in=sources)),
    )


def _count(records: QuerySet[Any]) -> Coalesce:
    """A count of its own for each ability: joined to one another, the three would multiply."""
    rows = records.filter(ability=OuterRef("pk")).order_by().values("ability")
    counted = rows.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
