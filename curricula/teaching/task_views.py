"""My courses: what is asked of me, and one page for each course."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.models import Level
from competencies.request_numbers import key_of
from curricula.mapping.actions import CellChanged, CellRefused, cell_of
from curricula.mapping.forms import LEVELS, NOT_MAPPED, CellForm
from curricula.mapping.suggestion_actions import AlreadyUndone
from curricula.models import AssignedCourse, Course, Curriculum, Mapping
from curricula.pages import course_or_404, done
from curricula.records.editing import ApprovedCurriculum
from curricula.records.room import PlanFull
from curricula.rules import MAP, MAP_COURSE, curriculum_page, rates_alone

from .agenda_actions import dispute
from .agenda_forms import DisputeForm
from .assignment_actions import finish, reopen
from .assignment_queries import assigned_to, my_courses
from .course_task import course_task, rater_of
from .rating_actions import NothingRated, hand_in
from .task_actions import NotProposed, take, take_back, write_cell

REFUSED = (AlreadyUndone, NotProposed, CellRefused, CellChanged, PlanFull, ApprovedCurriculum)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is asked of the reader, by when, and what is done."""
    context = {"section": "my-courses", "page": my_courses(request.user)}
    return render(request, "curricula/teaching/my_courses.html", context)


@curriculum_page(MAP, alone=True)
def task(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One course to map; what is posted changes one ability, decides on a proposal, or says that it is done."""
    course = course_or_404(curriculum, pk)
    line = assigned_to(request.user, course)
    if not _may_map(request.user, course, line):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, curriculum, course, line)
    if request.POST.get("do") in ("done", "again") and line is not None:
        return _say(request, curriculum, line)
    if request.POST.get("do") == "cell":
        return _write(request, curriculum, course, line)
    if request.POST.get("do") == "dispute" and not rater_of(request.user, line):
        return _dispute(request, curriculum, course, line)
    _decide(request, course, rater=rater_of(request.user, line))
    return redirect(f"{curriculum.page('course-task', course.pk)}#proposed")


def _may_map(user: Any, course: Course, line: AssignedCourse | None) -> bool:
    """A second rater only what is owed; when it is handed in, the course is read elsewhere."""
    if line is not None and line.assignment.second:
        return line.done is None
    return user.has_perm(MAP_COURSE, course) and not rates_alone(user, course.curriculum)


def _page(
    request: HttpRequest,
    curriculum: Curriculum,
    course: Course,
    line: AssignedCourse | None,
    refused: CellForm | DisputeForm | None = None,
) -> HttpResponse:
    context = {
        "section": "my-courses",
        "sample": curriculum.school.sample,
        "curriculum": curriculum,
        "task": course_task(curriculum, course, user=request.user, line=line, refused=refused),
        "cell_levels": LEVELS,
        "levels": Level.choices,
        "not_mapped": NOT_MAPPED,
    }
    return render(request, "curricula/teaching/task.html", context, status=422 if refused else 200)


def _say(request: HttpRequest, curriculum: Curriculum, line: AssignedCourse) -> HttpResponse:
    if request.POST["do"] == "again":
        reopen(line)
        return redirect(curriculum.page("course-task", line.course_id))
    if line.assignment.second:
        try:
            hand_in(line, user=request.user)
        except (NothingRated, PlanFull) as refusal:
            messages.error(request, str(refusal))
            return redirect(curriculum.page("course-task", line.course_id))
    else:
        finish(line)
    following = line.assignment.courses.filter(done=None).first()
    if following is None:
        messages.success(request, _("Thank you: everything that was asked here is done."))
        return redirect("my-courses")
    messages.success(request, _("%(course)s is done; here is the next one.") % {"course": line.course.title})
    return redirect(curriculum.page("course-task", following.course_id))


def _write(request: HttpRequest, curriculum: Curriculum, course: Course, line: AssignedCourse | None) -> HttpResponse:
    rater = rater_of(request.user, line)
    stated = request.POST.copy()
    stated["course"], stated["rater"] = str(course.pk), ""
    form = CellForm(stated, curriculum=curriculum)
    if not form.is_valid():
        return _page(request, curriculum, course, line, form)
    try:
        write_cell(course, form, rater=rater)
    except REFUSED as refusal:
        if isinstance(refusal, CellChanged):
            form.seen(cell_of(Mapping.objects.filter(course=course, ability=form.cleaned_data["ability"]).first()))
        form.add_error(None, str(refusal))
        return _page(request, curriculum, course, line, form)
    messages.success(request, _("Saved."))
    return redirect(f"{curriculum.page('course-task', course.pk)}#chosen")


def _dispute(
    request: HttpRequest, curriculum: Curriculum, course: Course, line: AssignedCourse | None
) -> HttpResponse:
    form = DisputeForm(request.POST, curriculum=curriculum)
    if not form.is_valid():
        return _page(request, curriculum, course, line, form)
    stated, told = form.cleaned_data, _("Disputed: it counts for nothing until a meeting decides.")
    done(request, lambda: dispute(course, stated["ability"], note=stated["note"], by=request.user), told)
    return redirect(f"{curriculum.page('course-task', course.pk)}#chosen")


def _decide(request: HttpRequest, course: Course, *, rater: str) -> None:
    sent = request.POST
    try:
        if "undo" in sent:
            messages.success(request, take_back(course, key_of(sent["undo"]) or 0, by=request.user))
            return
        key = sent.get("accept") or sent.get("reject") or ""
        level = sent.get(f"level-{key}", "") if "accept" in sent else None
        messages.success(request, take(course, key_of(key) or 0, level=level, by=request.user, rater=rater))
    except REFUSED as refusal:
        messages.error(request, str(refusal))
