"""Abilities proposed for the courses of a curriculum; nothing of it counts until a person accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from competencies.matching.ranking import Ranker
from competencies.matching.suggestions import Suggestion
from competencies.models import Ability
from curricula.models import Course, Curriculum, Mapping

from .decisions import experience_of, open_suggestions, rejected_abilities


@dataclass(frozen=True)
class CourseSuggestion:
    course: Course
    ability: Ability
    found: Suggestion
    mapped: bool  # the school's own accepted mapping says so already


def suggestions_for_curriculum(curriculum: Curriculum, ranker: Ranker) -> Iterator[CourseSuggestion]:
    """Course by course, the best first, in the light of what the school decided before; without what it rejected."""
    experience, rejected = experience_of(curriculum), rejected_abilities(curriculum)
    abilities = {ability.code: ability for ability in curriculum.framework.abilities.all()}
    accepted = Mapping.objects.cells().select_related("ability")
    for course in curriculum.courses.prefetch_related(Prefetch("mappings", accepted, to_attr="accepted_mappings")):
        mapped = {mapping.ability.code for mapping in course.accepted_mappings}
        for found in open_suggestions(course, ranker, experience=experience, closed=rejected[course.code]):
            yield CourseSuggestion(course, abilities[found.ability], found, found.ability in mapped)
