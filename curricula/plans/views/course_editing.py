"""Courses entered, corrected, removed and brought back on the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from curricula.models import Course, Curriculum
from curricula.opened import plan_held
from curricula.pages import course_or_404, done, only_posted, render_page, sent
from curricula.plans.actions import remove_course, restore_course, save_course
from curricula.plans.forms import CourseForm, RequisiteFormSet
from curricula.plans.queries import what_hangs_on
from curricula.plans.tables import RemovedCourseTable
from curricula.rules import EDIT, curriculum_page


@curriculum_page(EDIT)
@plan_held
def edit_course(request: HttpRequest, curriculum: Curriculum, pk: int | None = None) -> HttpResponse:
    """A course of a plan that is not approved, with its prerequisites; what was typed stays on an error."""
    course = course_or_404(curriculum, pk) if pk else Course(curriculum=curriculum)
    form, requisites = CourseForm(sent(request), instance=course), RequisiteFormSet(sent(request), instance=course)
    if form.is_bound and form.is_valid() & requisites.is_valid():
        typed = form.save(commit=False)
        if done(request, lambda: save_course(typed, requisites=requisites), _("The course is saved.")):
            return redirect(typed)
    shown: dict[str, Any] = {"form": form, "requisites": requisites, "course": course}
    return render_page(request, "curricula/plans/course_form.html", curriculum, "courses", **shown)


@curriculum_page(EDIT)
def remove(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """What hangs on a course is named first; then it goes, and can come back."""
    course = course_or_404(curriculum, pk)
    told = _("“%(course)s” is removed. It can be brought back for 30 days, from the removed courses.")
    words = {"course": f"{course.code} {course.title}"}
    if request.method == "POST":
        gone = done(request, lambda: remove_course(course, by=request.user), told % words)
        return redirect(curriculum.page("courses") if gone else course.get_absolute_url())
    hanging = what_hangs_on(course)
    return render_page(
        request, "curricula/plans/course_remove.html", curriculum, "courses", course=course, hanging=hanging
    )


@require_safe
@curriculum_page(EDIT)
def removed_courses(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What can be brought back."""
    kept = curriculum.removed_courses.defer("rows").select_related("removed_by")
    table = arranged(RemovedCourseTable(kept, curriculum), request)
    return render_page(request, "curricula/plans/courses_removed.html", curriculum, "courses", table=table)


@curriculum_page(EDIT)
@only_posted("courses-removed", numbered=False)
def restore(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    removed = curriculum.removed_courses.filter(pk=pk).first()
    if removed is None:
        raise Http404
    lost: list[int] = []
    told = _("“%(course)s” is back, with all that hung on it.") % {"course": removed}
    if not done(request, lambda: lost.append(restore_course(removed)), told):
        return redirect(curriculum.page("courses-removed"))
    if sum(lost):
        text = ngettext(
            "%(n)s entry is not back, because what it was about is gone.",
            "%(n)s entries are not back, because what they were about is gone.",
            sum(lost),
        )
        messages.warning(request, text % {"n": sum(lost)})
    return redirect(curriculum.page("course", removed.course))
