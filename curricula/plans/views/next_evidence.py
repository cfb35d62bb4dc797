"""The evidence to collect next, and what was ticked off of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from curricula.evaluation.reports import gap_report_for, next_evidence_for
from curricula.models import Curriculum
from curricula.pages import once_filled, only_posted, render_page
from curricula.plans.actions import take_back, tick_off
from curricula.plans.presenters.next_evidence import evidence_page
from curricula.rules import EDIT, curriculum_page


@require_safe
@curriculum_page()
@once_filled("overview")
def next_evidence(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What would settle most undecided findings for the least work."""
    report = gap_report_for(curriculum)
    page = evidence_page(curriculum, report)
    return render_page(
        request, "curricula/plans/next_evidence.html", curriculum, "next-evidence", report=report, page=page
    )


@curriculum_page(EDIT)
@only_posted("next-evidence")
def tick(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Tick off a step that is asked for, or take the tick back."""
    step = request.POST.get("step", "")
    if request.POST.get("undo"):
        take_back(curriculum, step)
    else:
        told = next((line.told for line in next_evidence_for(curriculum) if line.step == step), "")
        if told:
            tick_off(curriculum, step, told, by=request.user)
    return redirect(curriculum.page("next-evidence"))
