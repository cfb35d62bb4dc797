"""The same change offered to another plan, and courses tied by hand."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from curricula.models import Course, CourseTie, Curriculum, Scenario

from .actions import create_scenario, propose_scenario
from .elsewhere_queries import Twin


class CannotTie(ValueError):
    """There is no such course, or it is tied already; the message says so."""


@transaction.atomic
def offer(course: Course, twin: Twin, *, by: Any) -> Scenario:
    """A proposal in the other plan, for its directors. Raises RefusedEdit and ScenarioClosed."""
    title = _("%(course)s as in %(plan)s") % {"course": twin.course.title, "plan": course.curriculum.name}
    note = _("Offered from %(plan)s, where %(code)s changed.")
    words = {"plan": course.curriculum.key, "code": course.code}
    made = create_scenario(twin.plan, title=title, note=note % words, user=by, edits=twin.edits)
    propose_scenario(made)
    return made


@transaction.atomic
def tie(course: Course, *, plan: Curriculum, code: str) -> CourseTie:
    """The course and one of another plan are the same from now on. Raises CannotTie."""
    if plan == course.curriculum or not plan.courses.filter(code=code).exists():
        raise CannotTie(_("No course of that plan has this code."))
    ties = CourseTie.objects.of(course.curriculum.program, course.code)
    beside = {each.beside(course.curriculum.program, course.code) for each in ties}
    if code == course.code or (plan.program_id, code) in beside:
        raise CannotTie(_("These courses are known to be the same already."))
    return CourseTie.objects.create(
        program=course.curriculum.program, code=course.code, other_program=plan.program, other_code=code
    )


def untie(course: Course, pk: int) -> None:
    CourseTie.objects.of(course.curriculum.program, course.code).filter(pk=pk).delete()
