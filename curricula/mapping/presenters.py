"""The abilities proposed for one course, as the suggestions page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from competencies.frameworks.rankers import ranker_at_once, tier_in_use
from competencies.matching.calibration import Curve
from competencies.matching.feedback import Experience
from competencies.matching.mixes import language_of
from competencies.matching.ranking import SEMANTIC, Ranker
from competencies.matching.reading_behind import Reading
from competencies.matching.suggestions import Suggestion
from competencies.models import Ability
from curricula.models import Course, Curriculum, SuggestionDecision

from .decisions import closed_abilities, curve_for, experience_of, last_decision, open_suggestions


@dataclass(frozen=True)
class Chance:
    """How many in ten of such suggestions were right, by so many that were judged: by the school itself or not."""

    tenths: int
    of: int
    own: bool


@dataclass(frozen=True)
class Proposed:
    ability: Ability
    found: Suggestion
    chance: Chance | None = None  # none where nothing was judged of this tier and language

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.found.score))


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `led` where it is among the words that led to a proposal."""

    text: str
    led: bool


@dataclass(frozen=True)
class CourseToDecide:
    course: Course
    place: int  # in the plan, from 1
    of: int
    proposed: list[Proposed]
    title: list[Piece]
    other_title: list[Piece]  # in the other language, where that is another one
    description: list[Piece]
    semantic: bool  # the tier at work is the one that compares meaning too
    falls_back: bool  # that tier is installed, and does not know the language of this text
    reading: Reading | None  # how far its models are, where they read the framework for the first time
    last: SuggestionDecision | None  # what this person may undo


def course_to_decide(
    curriculum: Curriculum,
    courses: list[Course],
    *,
    who: str,
    course: int | None = None,
    after: int | None = None,
    syllabus: str = "",
    rater: str = "",
) -> CourseToDecide | None:
    """Of these courses of a plan the named one; else the first one with something to decide, after the one
    given and round again.

    Where nothing is left to decide, the course that stands next; None where there is no course. For a `rater` who
    rates alone nothing hangs on what others mapped or decided.
    """
    if not courses:
        return None
    places = {known.pk: place for place, known in enumerate(courses)}
    start = places[after] + 1 if after in places else 0
    waiting = [courses[places[course]]] if course in places else courses[start:] + courses[:start]
    ranker, reading = ranker_at_once(curriculum.framework)
    chosen, found = _first_open(waiting, curriculum, ranker, syllabus=syllabus, rater=rater)
    abilities = {ability.code: ability for ability in curriculum.framework.abilities.select_related("parent")}
    led = [word for each in found for word in each.words]
    other = {chosen.title_en, chosen.title_zh} - {chosen.title}
    used = found[0].tier if found else tier_in_use()
    return CourseToDecide(
        course=chosen,
        place=places[chosen.pk] + 1,
        of=len(courses),
        proposed=_proposed(chosen, found, abilities),
        title=pieces(chosen.title, led),
        other_title=pieces("".join(other), led),
        description=pieces(chosen.description, led),
        semantic=used == SEMANTIC,
        falls_back=reading is None and used != tier_in_use(),
        reading=reading,
        last=last_decision(curriculum, who=who),
    )


def _proposed(course: Course, found: list[Suggestion], abilities: dict[str, Ability]) -> list[Proposed]:
    if not found:
        return []
    language = language_of("\n".join((course.title_en, course.title_zh, course.description)))
    known = curve_for(course.curriculum, tier=found[0].tier, language=language)
    return [Proposed(abilities[each.ability], each, _chance(each.score, known)) for each in found]


def _chance(score: float, known: tuple[Curve, bool] | None) -> Chance | None:
    if known is None:
        return None
    curve, own = known
    return Chance(round(10 * curve.at(score)), curve.of, own)


def proposed_for(course: Course, ability: int, *, syllabus: str = "", rater: str = "") -> Proposed | None:
    """The proposal of an ability, by its key, as it stands now; None where it is not among the best any more."""
    known = {found.code: found for found in course.curriculum.framework.abilities.filter(pk=ability)}
    ranker, _reading = ranker_at_once(course.curriculum.framework)
    _course, proposed = _first_open([course], course.curriculum, ranker, syllabus=syllabus, rater=rater)
    return next((Proposed(known[found.ability], found) for found in proposed if found.ability in known), None)


def _first_open(
    waiting: list[Course], curriculum: Curriculum, ranker: Ranker, *, syllabus: str, rater: str
) -> tuple[Course, list[Suggestion]]:
    """The first of the courses with proposals, or else the first of all."""
    experience = Experience() if rater else experience_of(curriculum)
    closed = closed_abilities(curriculum, rater=rater)
    for course in waiting:
        settled = closed.get(course.code, set())
        found = open_suggestions(course, ranker, experience=experience, closed=settled, syllabus=syllabus)
        if found:
            return course, found
    return waiting[0], []


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """The text cut where any of the words stands; nothing where there is no text.

    >>> [piece.text for piece in pieces("Statistics, a start", ["start"])]
    ['Statistics, a ', 'start']
    """
    wanted = sorted(set(filter(None, words)), key=len, reverse=True)
    if not wanted:
        return [Piece(text, False)] if text else []
    either = "|".join(map(re.escape, wanted))
    cut = re.split(rf"(?<![A-Za-z])({either})(?![A-Za-z])", text)
    return [Piece(part, led=at % 2 == 1) for at, part in enumerate(cut) if part]
