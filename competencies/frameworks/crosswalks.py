"""One framework beside another: what stands for what, and what has no counterpart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import Q

from competencies.models import Ability, Crosswalk, Framework

Relation = Crosswalk.Relation
TURNED: Final = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}


@dataclass(frozen=True)
class Counterpart:
    """`relation` says what the counterpart is to the ability: broader means that the counterpart is broader."""

    ability: Ability
    relation: Relation
    citation: str


@dataclass(frozen=True)
class CrosswalkRow:
    ability: Ability
    counterparts: tuple[Counterpart, ...]  # none: nothing of the other framework stands for it


@dataclass(frozen=True)
class CrosswalkTable:
    left: Framework
    right: Framework
    rows: tuple[CrosswalkRow, ...]  # every ability of the left one, in its order
    missing: tuple[Ability, ...]  # abilities of the right one for which the left one has no counterpart
    right_abilities: int
    relations: tuple[tuple[str, int], ...]  # in words, and how often

    @property
    def without(self) -> list[Ability]:
        """Abilities of the left one without a counterpart."""
        return [row.ability for row in self.rows if not row.counterparts]

    @property
    def linked(self) -> int:
        return len(self.rows) - len(self.without)

    @property
    def missing_by_area(self) -> list[tuple[str, list[Ability]]]:
        """What is missing under the title of its area, "" where the framework is flat."""
        areas = groupby(self.missing, key=lambda ability: ability.parent.title if ability.parent else "")
        return [(title, list(abilities)) for title, abilities in areas]


def crosswalked_frameworks(user: Any) -> list[Framework]:
    """The frameworks that a crosswalk ties to another."""
    tied = Q(abilities__crosswalks__isnull=False) | Q(abilities__crosswalked_from__isnull=False)
    return list(Framework.objects.readable_by(user).filter(tied).distinct().order_by("slug"))


def crosswalk_table(left: Framework, right: Framework) -> CrosswalkTable:
    """The two frameworks side by side; a crosswalk entered from the other side is read the other way round."""
    found: dict[int, list[Counterpart]] = defaultdict(list)
    heads: dict[int, Ability] = {}
    for ability, counterpart in _links(left, right):
        heads[ability.pk] = ability
        found[ability.pk].append(counterpart)
    ours, theirs = (list(side.abilities.leaves().select_related("framework", "parent")) for side in (left, right))
    for ability in ours:
        heads.setdefault(ability.pk, ability)
    reached = {counterpart.ability.pk for counterparts in found.values() for counterpart in counterparts}
    ordered = sorted(heads.values(), key=lambda ability: (ability.order, ability.code))
    return CrosswalkTable(
        left=left,
        right=right,
        rows=tuple(CrosswalkRow(ability, _closest_first(found[ability.pk])) for ability in ordered),
        missing=tuple(ability for ability in theirs if ability.pk not in reached),
        right_abilities=len(theirs),
        relations=tuple(_counted(counterpart.relation for links in found.values() for counterpart in links)),
    )


def _links(left: Framework, right: Framework) -> Iterator[tuple[Ability, Counterpart]]:
    both = Q(ability__framework=left, counterpart__framework=right) | Q(
        ability__framework=right, counterpart__framework=left
    )
    links = Crosswalk.objects.filter(both).select_related("ability__framework", "counterpart__framework")
    for link in links.order_by("ability__order", "counterpart__order"):
        relation = Relation(link.relation)
        if link.ability.framework_id == left.pk:
            yield link.ability, Counterpart(link.counterpart, relation, link.citation)
        else:
            yield link.counterpart, Counterpart(link.ability, TURNED.get(relation, relation), link.citation)


def _closest_first(counterparts: Iterable[Counterpart]) -> tuple[Counterpart, ...]:
    order = list(Relation)
    return tuple(sorted(counterparts, key=lambda each: (order.index(each.relation), each.ability.order)))


def _counted(relations: Iterable[Relation]) -> Iterator[tuple[str, int]]:
    counts = Counter(relations)
    for relation in Relation:
        if counts[relation]:
            yield str(relation.label), counts[relation]
