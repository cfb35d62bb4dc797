from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from competencies.models import Ability, AbilityTerm, Certification, OwnTerm
from competencies.saving.bulk import referred_to


def named_courses(certificate: Certification) -> list[dict[str, Any]]:
    """What `CertificateCourseForms` begins with."""
    links = certificate.courses.select_related("course").prefetch_related("course__abilities")
    return [
        {"course": link.course.title, "direction": link.direction, "abilities": list(link.course.abilities.all())}
        for link in links
    ]


def possible_areas(ability: Ability) -> QuerySet[Ability]:
    """What an ability may lie in: areas that are there, and abilities on top of the tree that nothing refers to.

    What courses are mapped to would count no longer if something lay in it.
    """
    framework = ability.framework
    parents = dict(framework.abilities.values_list("pk", "parent"))
    areas = {parent for parent in parents.values() if parent is not None}
    top = {pk for pk, parent in parents.items() if parent is None} - areas
    areas |= top - referred_to(Ability, top, except_by=[AbilityTerm, OwnTerm, Ability])
    below = {pk for pk in areas if ability.pk in _way_up(pk, parents)}
    return framework.abilities.filter(pk__in=areas - below)


def _way_up(pk: int | None, parents: dict[int, int | None]) -> set[int]:
    way: set[int] = set()
    while pk is not None and pk not in way:
        way.add(pk)
        pk = parents[pk]
    return way
