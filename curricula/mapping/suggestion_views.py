"""Abilities proposed for one course after another, taken or left with a key stroke."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from competencies.models import Level
from competencies.request_numbers import key_of
from curricula.models import Course, Curriculum
from curricula.pages import render_page, sent
from curricula.records.editing import ApprovedCurriculum
from curricula.records.room import PlanFull
from curricula.rules import MAP, MAP_COURSE, courses_to_map, curriculum_page, maps_every_course

from .actions import CellChanged
from .decisions import last_decision
from .presenters import course_to_decide, proposed_for
from .suggestion_actions import AlreadyUndone, decide, undo
from .suggestion_forms import SyllabusForm


@curriculum_page(MAP)
def suggestions(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """One course with its proposals; what is posted decides on one of them, or reads the syllabus of the course."""
    form = SyllabusForm(sent(request), request.FILES or None)
    syllabus = form.text if request.method == "POST" and form.is_valid() else ""
    course = key_of(request.POST.get("course") or request.GET.get("course"))
    if request.method == "POST" and not form.errors:
        following = _carry_out(request, curriculum, course, syllabus=syllabus)
        if not syllabus or following != course:
            return redirect(curriculum.page("suggestions", course=following))
    return _page(request, curriculum, form, course=course, syllabus=syllabus)


def _page(
    request: HttpRequest, curriculum: Curriculum, form: SyllabusForm, *, course: int | None, syllabus: str
) -> HttpResponse:
    shown = None
    if curriculum.editable:
        after = key_of(request.GET.get("after"))
        who = request.user.get_username()
        mine = list(courses_to_map(request.user, curriculum))
        shown = course_to_decide(curriculum, mine, who=who, course=course, after=after, syllabus=syllabus)
    return render_page(
        request,
        "curricula/mapping/suggestions.html",
        curriculum,
        "matrix",
        shown=shown,
        only_own=not maps_every_course(request.user, curriculum.school),
        form=form if form.errors else SyllabusForm(initial={"syllabus": syllabus}),
        syllabus=syllabus,
        levels=Level.choices,
    )


def _carry_out(request: HttpRequest, curriculum: Curriculum, course: int | None, *, syllabus: str) -> int | None:
    """Do what the pressed button says; the course to show then."""
    try:
        if "undo" in request.POST:
            return _undo(request, curriculum)
        if "accept" in request.POST or "reject" in request.POST:
            _decide(request, get_object_or_404(curriculum.courses, pk=course), syllabus=syllabus)
    except (CellChanged, AlreadyUndone, PlanFull, ApprovedCurriculum) as refusal:
        messages.error(request, str(refusal))
    return course


def _decide(request: HttpRequest, course: Course, *, syllabus: str) -> None:
    if not request.user.has_perm(MAP_COURSE, course):
        raise PermissionDenied
    key = request.POST.get("accept") or request.POST.get("reject") or ""
    proposed = proposed_for(course, key_of(key) or 0, syllabus=syllabus)
    if proposed is None:
        messages.warning(request, _("This ability is not proposed for the course any more; nothing was changed."))
        return
    taken = request.POST.get(f"level-{key}", proposed.found.level) if "accept" in request.POST else None
    if taken and taken not in Level.values:
        raise Http404
    who = request.user.get_username()
    decided = decide(course, proposed.ability, found=proposed.found, taken=taken, who=who, syllabus=syllabus)
    words = {"ability": proposed.ability.title, "decision": decided.get_decision_display()}
    messages.success(request, _("%(ability)s: %(decision)s.") % words)


def _undo(request: HttpRequest, curriculum: Curriculum) -> int | None:
    last = last_decision(curriculum, who=request.user.get_username())
    if last is None or str(last.pk) != request.POST["undo"]:
        raise AlreadyUndone
    if not request.user.has_perm(MAP_COURSE, last.course):
        raise PermissionDenied
    undo(last)
    messages.success(request, _("Undone: %(ability)s is proposed again.") % {"ability": last.ability.title})
    return last.course_id
