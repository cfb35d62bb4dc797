from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competencies.listing import arranged
from curricula.course_choice import are_listed
from curricula.evaluation.reports import gap_report_for
from curricula.models import Curriculum
from curricula.pages import course_or_404, done, render_page
from curricula.plans.actions import link_reference_course
from curricula.plans.filters import CourseFilter
from curricula.plans.forms import EquivalenceForm
from curricula.plans.presenters.positions import certificate_tables, position_page
from curricula.plans.queries import course_parts, groups_of, what_is_missing
from curricula.plans.tables import CourseTable, PositionTable
from curricula.queries import courses_with_mappings
from curricula.rules import EDIT, curriculum_page

COURSES_ON_PAGE = 100


@require_safe
@curriculum_page()
def courses(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The plan's courses with credits, term, hours and what is missing."""
    everything = courses_with_mappings(curriculum)
    wanted = CourseFilter(request.GET, everything.order_by("order", "code"))
    table = arranged(
        CourseTable(wanted.qs, curriculum, also=request.GET.get("also", "")), request, per_page=COURSES_ON_PAGE
    )
    counts, removed = what_is_missing(everything), curriculum.removed_courses.count()
    context: dict[str, Any] = {"counts": counts, "removed": removed, "groups": groups_of(curriculum)}
    return render_page(
        request, "curricula/plans/courses.html", curriculum, "courses", filter=wanted, table=table, **context
    )


@require_safe
@curriculum_page()
def course(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One course: its facts, prerequisites both ways, and the abilities it serves."""
    parts = course_parts(course_or_404(curriculum, pk))
    return render_page(request, "curricula/plans/course.html", curriculum, "courses", parts=parts)


@require_safe
@curriculum_page()
def positions(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Readiness for every position of the framework."""
    chosen = curriculum.prepares_for.exists()
    table = arranged(PositionTable(gap_report_for(curriculum).positions, curriculum, chosen=chosen), request)
    return render_page(request, "curricula/plans/positions.html", curriculum, "positions", table=table, chosen=chosen)


@require_safe
@curriculum_page()
def curriculum_position(request: HttpRequest, curriculum: Curriculum, code: str) -> HttpResponse:
    """One position: each requirement with what the plan does for it."""
    page = position_page(curriculum, gap_report_for(curriculum), code)
    if page is None:
        raise Http404
    return render_page(request, "curricula/plans/position.html", curriculum, "positions", page=page)


@require_safe
@curriculum_page()
def certificates(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Which of the courses that a certificate names the plan offers, and under which name."""
    tables, courses = certificate_tables(curriculum), curriculum.courses.all()
    return render_page(
        request,
        "curricula/plans/certificates.html",
        curriculum,
        "certificates",
        tables=tables,
        courses=courses if are_listed(courses) else (),
    )


@require_POST
@curriculum_page(EDIT)
def link_equivalence(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Say under which name the plan offers a reference course, or that it does not."""
    form = EquivalenceForm(curriculum, request.POST)
    if form.is_valid():
        done(request, lambda: link_reference_course(curriculum, **form.cleaned_data), _("The link is saved."))
    else:
        messages.error(request, _("No course of this plan has this code; choose one from the list."))
    return redirect(curriculum.page("certificates"))
