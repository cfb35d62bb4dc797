"""Second ratings: asked for, handed in, and the first one kept beside them as it stood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from curricula.models import AssignedCourse, Course, Curriculum, Mapping, Rating
from curricula.rater_codes import member_code
from curricula.records.editing import held
from curricula.records.room import expect_room
from curricula.records.versions import touch

FIRST_OF_NOBODY: Final = "P1"  # the plan's own cells where nobody is known to have entered them


class NothingRated(ValueError):
    def __init__(self) -> None:
        told = _("Nothing is mapped here: an empty rating cannot be told from none. Map at least one ability.")
        super().__init__(told)


def first_code(course: Course) -> str:
    """Of whom the plan's own cells of a course are: who was asked and said done, else who wrote them last."""
    asked = AssignedCourse.objects.to_map().filter(course=course, assignment__person__isnull=False)
    line = asked.exclude(done=None).order_by("done").select_related("assignment__person").last()
    if line is not None:
        return member_code(course.curriculum.school, line.assignment.person)
    own = Mapping.history.filter(course=course, rater="", history_user__isnull=False)
    entry = own.order_by("history_date").select_related("history_user").last()
    return FIRST_OF_NOBODY if entry is None else member_code(course.curriculum.school, entry.history_user)


def begin(courses: Iterable[Course], *, user: Any) -> None:
    """The person rates these courses alone from now on."""
    for course in courses:
        code = member_code(course.curriculum.school, user)
        Rating.objects.get_or_create(course=course, rater=code)


@transaction.atomic
def hand_in(line: AssignedCourse, *, user: Any) -> None:
    """The rating counts from now on, and beside it the first one as it stands. Raises NothingRated and PlanFull.

    Also where the plan was approved meanwhile: ratings are beside the plan and change no cell of it.
    """
    course, code = line.course, member_code(line.course.curriculum.school, user)
    held(course.curriculum)
    if not AssignedCourse.objects.filter(pk=line.pk, done=None).exists():
        return
    if not Mapping.objects.filter(course=course, rater=code).exists():
        raise NothingRated
    now = timezone.now()
    Rating.objects.update_or_create(course=course, rater=code, defaults={"handed_in": now})
    _keep_first(course, now)
    AssignedCourse.objects.filter(pk=line.pk).update(done=now)
    touch(course.curriculum)


def _keep_first(course: Course, now: Any) -> None:
    """A copy of the plan's own cells, because those change with each decision and agreement is of what was before."""
    code = first_code(course)
    if Mapping.objects.filter(course=course, rater=code).exists():
        return
    kept = [
        Mapping(
            course=course,
            ability_id=cell.ability_id,
            rater=code,
            level=cell.level,
            strength=cell.strength,
            share=cell.share,
            provenance=cell.provenance,
            evidence=cell.evidence,
        )
        for cell in Mapping.objects.cells().filter(course=course)
    ]
    bulk_create_with_history(kept, Mapping)
    expect_room(course.curriculum)
    Rating.objects.update_or_create(course=course, rater=code, defaults={"handed_in": now})


def rated_by(curriculum: Curriculum, user: Any) -> set[int]:
    """Courses whose plan's own cells are this person's: nobody is a second rater of these."""
    code = member_code(curriculum.school, user)
    return {course.pk for course in curriculum.courses.all() if first_code(course) == code}
