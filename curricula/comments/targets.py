"""On what a comment is: a course, an ability, a cell, a finding, a scenario, or the plan as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from competencies.models import Ability
from competencies.request_numbers import key_of
from curricula.models import Comment, Course, Curriculum, Scenario


@dataclass(frozen=True)
class Target:
    course: Course | None = None
    ability: Ability | None = None
    finding: bool = False
    scenario: Scenario | None = None

    @property
    def whole(self) -> bool:
        return not (self.course or self.ability or self.scenario)

    def stored(self) -> dict[str, Any]:
        """The fields of a comment that say so."""
        code = self.course.code if self.course else ""
        return {"course": code, "ability": self.ability, "finding": self.finding, "scenario": self.scenario}

    def asked(self) -> dict[str, Any]:
        """The same as an address says it."""
        return {
            "course": self.course.code if self.course else "",
            "ability": self.ability.code if self.ability else "",
            "finding": "1" if self.finding else "",
            "scenario": self.scenario.pk if self.scenario else "",
        }


def target_in(curriculum: Curriculum, stated: Mapping[str, Any]) -> Target:
    """What an address or a form names. Raises Http404 where the plan has no such part."""
    course, ability, scenario = (stated.get(name, "") for name in ("course", "ability", "scenario"))
    found = Target(
        course=curriculum.courses.filter(code=course).first() if course else None,
        ability=curriculum.framework.abilities.filter(code=ability).first() if ability else None,
        finding=bool(stated.get("finding")) and bool(ability) and not course,
        scenario=curriculum.scenarios.filter(pk=key_of(scenario) or 0).first() if scenario else None,
    )
    named = ((course, found.course), (ability, found.ability), (scenario, found.scenario))
    if any(said and there is None for said, there in named):
        raise Http404
    return found


@dataclass(frozen=True)
class Place:
    """What a thread is on, in words, and the page of it."""

    words: str
    href: str


def place_of(comment: Comment, curriculum: Curriculum, courses: Mapping[str, Course]) -> Place:
    """`courses` are those of the plan by their codes; one that is gone is named by its code."""
    course, ability = courses.get(comment.course), comment.ability
    named = f"{comment.course} {course.title}" if course else comment.course
    if comment.scenario is not None:
        words = _("What-if: %(title)s") % {"title": comment.scenario.title}
        return Place(words, comment.scenario.curriculum.page("scenario", comment.scenario.pk))
    if comment.course and ability is not None:
        keys = {"course": course.pk if course else "", "ability": ability.pk}
        return Place(f"{named} × {ability.title}", curriculum.page("matrix", **keys) + "#cell")
    if comment.course:
        return Place(named, curriculum.page("course", course.pk) if course else curriculum.page("courses"))
    if ability is not None:
        words = _("Finding: %(ability)s") % {"ability": ability.title} if comment.finding else ability.title
        return Place(words, curriculum.page("curriculum-ability", ability.code))
    return Place(_("The plan as a whole"), curriculum.page("overview"))
