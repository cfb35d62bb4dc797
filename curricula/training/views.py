"""One page for every panel on the conditions of training: the registry says which there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curricula.evaluation.training.panels import BY_NAME, PANELS
from curricula.models import Curriculum
from curricula.pages import render_page
from curricula.rules import curriculum_page
from curricula.tabs import PANEL

from .papers import demo_plan, paper_lines
from .presenters import panel_page


@require_safe
@curriculum_page()
def conditions_start(_request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """An address without a panel opens the first one."""
    return redirect(curriculum.page("training", PANELS[0].name))


@require_safe
@curriculum_page()
def panel(request: HttpRequest, curriculum: Curriculum, panel: str) -> HttpResponse:
    """A panel of one plan, as the school's records stand."""
    if panel not in BY_NAME:
        raise Http404
    page = panel_page(curriculum, BY_NAME[panel])
    return render_page(request, "curricula/training/panel.html", curriculum, PANEL + panel, page=page)


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Everything that the five papers describe, each with the screen that shows it for the demo."""
    plan = demo_plan(request.user, came_from=request.GET.get("plan", ""))
    page = {"section": "papers", "plan": plan, "papers": list(paper_lines(plan)), "sample": plan is not None}
    return render(request, "curricula/training/papers.html", page)
