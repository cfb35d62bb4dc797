"""Asking for courses to be mapped, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curricula.models import AssignedCourse, Assignment, Course, Curriculum, Lecturer

from .rating_actions import begin, rated_by


@dataclass(frozen=True)
class Request:
    """What is asked of everybody at once."""

    due: date
    note: str = ""
    second: bool = False


@dataclass(frozen=True)
class Outcome:
    """`without`: courses in which no lecturer is named; `already`: those that were asked of the same person before;
    `own`: those of which the person asked for a second rating gave the first.
    """

    made: list[Assignment]
    without: list[Course]
    already: list[Course]
    own: list[Course] = field(default_factory=list)


Person = tuple[Any, str]  # a user, or None and the name of a lecturer


class NothingToAsk(ValueError):
    """The message says why."""


@transaction.atomic
def ask_lecturers(curriculum: Curriculum, courses: Iterable[Course], *, request: Request, by: Any) -> Outcome:
    """Ask each lecturer for the courses that name him or her: the member that the name means, else the name."""
    ties = Lecturer.objects.filter(school=curriculum.school).select_related("membership__user")
    members = {tie.name: tie.membership.user for tie in ties}
    wanted: dict[Person, list[Course]] = {}
    without = []
    for course in courses:
        named = {(members.get(name), "" if name in members else name) for name in course.lecturers}
        for person in named:
            wanted.setdefault(person, []).append(course)
        if not named:
            without.append(course)
    outcomes = [_ask(curriculum, person, found, request, by) for person, found in wanted.items()]
    made = [outcome for outcome, _already in outcomes if outcome is not None]
    return Outcome(made, without, [course for _made, already in outcomes for course in already])


@transaction.atomic
def ask_member(curriculum: Curriculum, courses: Iterable[Course], *, user: Any, request: Request, by: Any) -> Outcome:
    """Ask one member for all of them, whoever teaches them; nobody is the second rater of an own mapping."""
    own = rated_by(curriculum, user) if request.second else set()
    wanted = list(courses)
    made, already = _ask(curriculum, (user, ""), [each for each in wanted if each.pk not in own], request, by)
    return Outcome([made] if made else [], [], already, [each for each in wanted if each.pk in own])


def _ask(
    curriculum: Curriculum, person: Person, courses: list[Course], request: Request, by: Any
) -> tuple[Assignment | None, list[Course]]:
    user, lecturer = person
    stated: Any = {"person": user, "lecturer": lecturer, "second": request.second}
    open_lines = AssignedCourse.objects.open().filter(
        assignment__curriculum=curriculum,
        done=None,
        **{f"assignment__{name}": value for name, value in stated.items()},
    )
    known = set(open_lines.values_list("course_id", flat=True))
    new = [course for course in courses if course.pk not in known]
    already = [course for course in courses if course.pk in known]
    if not new:
        return None, already
    made = Assignment.objects.create(curriculum=curriculum, due=request.due, note=request.note, asked_by=by, **stated)
    AssignedCourse.objects.bulk_create([AssignedCourse(assignment=made, course=course) for course in new])
    if request.second:
        begin(new, user=user)
    return made, already


def finish(line: AssignedCourse) -> None:
    """The course is mapped, as the person says; said once more, the first moment stays."""
    AssignedCourse.objects.filter(pk=line.pk, done=None).update(done=timezone.now())


def reopen(line: AssignedCourse) -> None:
    """There is more to map. A second rating that was handed in stays so: its rater may have seen the other by now."""
    AssignedCourse.objects.filter(pk=line.pk, assignment__second=False).update(done=None)


def close(assignment: Assignment) -> None:
    """Nothing is asked by it any more; what was done stays said."""
    Assignment.objects.filter(pk=assignment.pk, closed=None).update(closed=timezone.now())


@transaction.atomic
def reassign(assignment: Assignment, *, to: Any, by: Any) -> Assignment:
    """What is not done yet is asked of another member. Raises NothingToAsk."""
    waiting = assignment.courses.filter(done=None)
    if not waiting.exists() or assignment.closed:
        raise NothingToAsk(_("Everything in it is done or it is closed: there is nothing to give to another person."))
    if assignment.person_id == to.pk:
        raise NothingToAsk(_("It is asked of this person already."))
    request = Request(due=assignment.due, note=assignment.note, second=assignment.second)
    courses = list(Course.objects.filter(assigned__in=waiting))
    made, _already = _ask(assignment.curriculum, (to, ""), courses, request, by)
    waiting.delete()
    if not assignment.courses.exists():
        assignment.delete()
    return made or assignment
