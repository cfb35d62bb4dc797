from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from curricula.models import Curriculum
from curricula.pages import once_filled, render_page
from curricula.plans.plan_graph import plan_graph
from curricula.plans.presenters.depth import depth_page
from curricula.plans.presenters.prerequisites import MOST_DRAWN, prerequisite_page
from curricula.plans.presenters.robustness import robustness_page
from curricula.plans.tables import PrerequisiteTable
from curricula.queries import FirstStep
from curricula.rules import curriculum_page


@require_safe
@curriculum_page()
def prerequisites(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What hangs on each course: the plan as a graph by term, and its measures as a table."""
    page = prerequisite_page(curriculum)
    if page is None:
        step = FirstStep(needs="courses")
        return render_page(request, "curricula/first_step.html", curriculum, "prerequisites", step=step)
    figure = plan_graph(page) if page.pairs and page.drawn else None
    table = arranged(PrerequisiteTable(page.lines, totals=page.totals), request, per_page=MOST_DRAWN)
    return render_page(
        request,
        "curricula/plans/prerequisites.html",
        curriculum,
        "prerequisites",
        page=page,
        figure=figure,
        table=table,
    )


@require_safe
@curriculum_page()
@once_filled("overview")
def robustness(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Does the order of the largest gaps survive other choices?"""
    page = robustness_page(curriculum)
    return render_page(request, "curricula/plans/robustness.html", curriculum, "overview", page=page)


@require_safe
@curriculum_page()
@once_filled("abilities")
def depth(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Levels, raters, age and specificity: what the findings rest on."""
    page = depth_page(curriculum, request.GET)
    return render_page(request, "curricula/plans/depth.html", curriculum, "abilities", page=page)
