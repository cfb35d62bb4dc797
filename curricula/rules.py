"""Who may do what with a school's records: the one place where that is decided.

A viewer reads; faculty also map; a director also edits, imports and approves; an administrator also manages members.
Staff run the site; a school they read, and only read, for eight hours after an entry that its administrators see.
A framework or a source of demand belongs to one school, whose directors change it, or to the site, whose staff do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from competencies.models import DemandSource, Framework
from competencies.permissions import CHANGE_SOURCE, COLLECT, CURATE

from .models import AssignedCourse, Course, Curriculum, Lecturer, Mapping, Membership, Program, School, StaffVisit

Read = TypeVar("Read")
Role = Membership.Role
RISING = (Role.VIEWER, Role.FACULTY, Role.DIRECTOR, Role.ADMINISTRATOR)
RANK: dict[str, int] = {role: rank for rank, role in enumerate(RISING)}

# What an address sets for whoever reads on: which mappings a plan is judged by, and how elective groups count.
SWITCHES = {"evidence": tuple(Mapping.Provenance.values[1:]), "electives": ("all",)}
IMPORTING = RISING[RANK[Role.DIRECTOR] :]

VIEW = "curricula.view"
MAP = "curricula.map"
MAP_COURSE = "curricula.map_course"
TEACH = "curricula.teach"
EDIT = "curricula.edit"
MANAGE = "curricula.manage"


def role_in(user: Any, school: School) -> str | None:
    """The user's role in a school, or None."""
    return roles_of(user).get(school.pk)


def once_for_user(read: Callable[[Any], Read]) -> Callable[[Any], Read]:
    """Read once for each user object."""
    name = f"_{read.__name__}"

    @wraps(read)
    def known(user: Any) -> Read:
        if not hasattr(user, name):
            setattr(user, name, read(user))
        found: Read = getattr(user, name)
        return found

    return known


@once_for_user
def roles_of(user: Any) -> dict[int, str]:
    """The user's roles by school."""
    if not user.is_authenticated or not user.is_active:
        return {}
    return dict(user.memberships.values_list("school_id", "role"))


def schools_directed_by(user: Any) -> set[int]:
    return {school for school, role in roles_of(user).items() if RANK[role] >= RANK[Role.DIRECTOR]}


def at_least(role: str) -> rules.Predicate:
    @rules.predicate(f"at_least_{role}")
    def holds(user: Any, record: School | Program | Curriculum) -> bool:
        school = record if isinstance(record, School) else record.school
        held = role_in(user, school)
        return held is not None and RANK[held] >= RANK[role]

    return holds


def maps_every_course(user: Any, school: School) -> bool:
    """Directors do; faculty where their school opens every course to them."""
    return at_least(Role.FACULTY if school.faculty_map_all else Role.DIRECTOR)(user, school)


def names_of(user: Any, school: School) -> frozenset[str]:
    """The names in a school's plans that mean the user."""
    return frozenset(name for place, name in _named_as(user) if place == school.pk)


@once_for_user
def _named_as(user: Any) -> frozenset[tuple[int, str]]:
    return frozenset(Lecturer.objects.filter(membership__user=user).values_list("school_id", "name"))


@once_for_user
def asked_to_map(user: Any) -> frozenset[int]:
    """The courses that a director asked the user to map, wherever they are."""
    asked = AssignedCourse.objects.open().to_map().asked_of(user)
    return frozenset(asked.values_list("course_id", flat=True))


@once_for_user
def programs_rated_alone(user: Any) -> frozenset[int]:
    """Those of whose plans the user owes a second rating, seeing nothing meanwhile."""
    owed = AssignedCourse.objects.open().to_rate_alone().asked_of(user)
    return frozenset(owed.values_list("assignment__curriculum__program_id", flat=True))


def rates_alone(user: Any, curriculum: Curriculum) -> bool:
    """Whether the user is a second rater who has not handed in; who directs the school decides, and is none."""
    if role_in(user, curriculum.school) != Role.FACULTY:
        return False
    return curriculum.program_id in programs_rated_alone(user)


class RatesAlone(PermissionDenied):
    """A second rater opens nothing of the program but the own courses until these are handed in."""


@rules.predicate
def maps_course(user: Any, course: Course) -> bool:
    """Who maps the plan's courses, of these all, or those that he or she teaches or was asked for."""
    school = course.curriculum.school
    if maps_every_course(user, school):
        return True
    if not at_least(Role.FACULTY)(user, school):
        return False
    return not names_of(user, school).isdisjoint(course.lecturers) or course.pk in asked_to_map(user)


def courses_to_map(user: Any, curriculum: Curriculum) -> QuerySet[Course]:
    """Those of a plan that `maps_course` allows."""
    courses = curriculum.courses.all()
    if maps_every_course(user, curriculum.school):
        return courses
    return own_courses(user, curriculum) if at_least(Role.FACULTY)(user, curriculum) else courses.none()


def own_courses(user: Any, curriculum: Curriculum) -> QuerySet[Course]:
    """Those of a plan that somebody teaches, or was asked to map."""
    courses, names = curriculum.courses.all(), names_of(user, curriculum.school)
    stated = courses.exclude(lecturers=[]).values_list("pk", "lecturers") if names else ()
    taught = {pk for pk, lecturers in stated if not names.isdisjoint(lecturers)}
    return courses.filter(pk__in=taught | asked_to_map(user))


@rules.predicate
def visits(user: Any, record: School | Program | Curriculum) -> bool:
    """Staff who entered the school; running the site alone opens no school's records."""
    school = record if isinstance(record, School) else record.school
    return school.pk in _visited_by(user)


@once_for_user
def _visited_by(user: Any) -> set[int]:
    return set(StaffVisit.objects.current(user).values_list("school_id", flat=True)) if is_staff(user) else set()


class EntryNeeded(PermissionDenied):
    """Staff may read the school once they entered it, which its administrators see."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self.school = school


@rules.predicate
def maps_somewhere(user: Any) -> bool:
    """Who may be asked to map: faculty, and who directs."""
    return any(RANK[role] >= RANK[Role.FACULTY] for role in roles_of(user).values())


@rules.predicate
def directs_a_school(user: Any) -> bool:
    return bool(schools_directed_by(user))


def schools_to_import_into(user: Any) -> QuerySet[School]:
    """The schools whose curricula the user may import, and to which a new source may belong."""
    return School.objects.filter(memberships__user=user, memberships__role__in=IMPORTING).order_by("slug")


def frameworks_to_change(user: Any) -> QuerySet[Framework]:
    """One's schools', and for staff the site's; as `owns` says."""
    own = Q(owner__in=schools_directed_by(user))
    return Framework.objects.filter(own | Q(owner=None) if is_staff(user) else own)


@rules.predicate
def owns(user: Any, record: Framework | DemandSource) -> bool:
    """Who directs the school that it belongs to; of what is the site's, staff.

    Whoever judges a plan by a source of others gains no right to it, and takes none from its owner.
    """
    if record.owner_id is None:
        return is_staff(user)
    return record.owner_id in schools_directed_by(user)


@rules.predicate
def is_staff(user: Any) -> bool:
    return user.is_active and user.is_staff


rules.add_perm(COLLECT, is_staff | directs_a_school)
rules.add_perm(CURATE, owns)
rules.add_perm(CHANGE_SOURCE, owns)
rules.add_perm(VIEW, at_least(Role.VIEWER) | visits)
rules.add_perm(MAP, at_least(Role.FACULTY))
rules.add_perm(MAP_COURSE, maps_course)
rules.add_perm(TEACH, maps_somewhere)
rules.add_perm(EDIT, at_least(Role.DIRECTOR))
rules.add_perm(MANAGE, at_least(Role.ADMINISTRATOR))


def curriculum_for(
    user: Any, *, school: str, program: str, year: int, permission: str, alone: bool = False
) -> Curriculum:
    """The newest version of a curriculum that the user may see.

    Raises Http404 for an outsider, who shall not learn that it exists, and PermissionDenied for a member
    whose role does not reach; RatesAlone for a second rater, except where `alone` says that the page shows
    only what is his or hers.
    """
    curriculum = Curriculum.objects.newest_version(school=school, program=program, year=year)
    if curriculum is None:
        raise Http404
    _expect_may_view(user, curriculum.school)
    if not user.has_perm(permission, curriculum):
        raise PermissionDenied
    if not alone and rates_alone(user, curriculum):
        raise RatesAlone
    return curriculum


def school_for(user: Any, *, slug: str, permission: str) -> School:
    """The school, for those who have the permission; an outsider does not learn that it exists."""
    school = School.objects.filter(slug=slug).first()
    if school is None:
        raise Http404
    _expect_may_view(user, school)
    if not user.has_perm(permission, school):
        raise PermissionDenied
    return school


def school_told_whole(user: Any, *, slug: str) -> School:
    """For what tells of all programs of a school. Raises what `school_for` does, and RatesAlone for a second rater."""
    school = school_for(user, slug=slug, permission=VIEW)
    alone = programs_rated_alone(user) if role_in(user, school) == Role.FACULTY else ()
    if alone and school.programs.filter(pk__in=alone).exists():
        raise RatesAlone
    return school


def _expect_may_view(user: Any, school: School) -> None:
    if user.has_perm(VIEW, school):
        return
    raise EntryNeeded(school) if is_staff(user) else Http404


CurriculumView = Callable[..., HttpResponse]


def curriculum_page(permission: str = VIEW, *, alone: bool = False) -> Callable[[CurriculumView], CurriculumView]:
    """Make a view of `school/program/year` that receives the curriculum, once the user was found to have the right.

    `alone`: a second rater opens it too, because it shows nothing of others.
    """

    def decorate(view: CurriculumView) -> CurriculumView:
        @wraps(view)
        def checked(request: HttpRequest, school: str, program: str, year: int, **rest: Any) -> HttpResponse:
            named: Any = {"school": school, "program": program, "year": year}
            curriculum = curriculum_for(request.user, **named, permission=permission, alone=alone)
            curriculum.switches = {
                name: said for name in SWITCHES if (said := request.GET.get(name)) in SWITCHES[name]
            }
            return view(request, curriculum, **rest)

        return checked

    return decorate
