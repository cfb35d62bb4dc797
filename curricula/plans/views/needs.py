from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from competencies.demand.queries.readable import readable_demand
from competencies.permissions import framework_for
from curricula.plans.needs_figure import needs_figure
from curricula.plans.presenters.needs import needs_page


@require_safe
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """What employers find important and lacking: quadrants by two crosshairs, and two measures of need."""
    framework = framework_for(request.user, slug)
    page = needs_page(readable_demand(framework, request.user), source=request.GET.get("source", ""))
    figure = needs_figure(page, link=lambda line: reverse("ability", args=[slug, line.code])) if page.lines else None
    context = {
        "section": "demand",
        "tab": "demand-needs",
        "framework": framework,
        "page": page,
        "figure": figure,
        "sample": bool(page.source and page.source.sample),
    }
    return render(request, "curricula/plans/needs.html", context)
