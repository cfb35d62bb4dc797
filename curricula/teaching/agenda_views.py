"""The agenda of a plan: where raters differ or somebody disputes a cell, and the meeting that settles it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from curricula.models import Curriculum
from curricula.pages import only_posted, render_page, sent
from curricula.records.editing import ApprovedCurriculum
from curricula.records.room import PlanFull
from curricula.rules import EDIT, curriculum_page

from .agenda import agenda_of
from .agenda_actions import DecisionRefused, settle
from .agenda_forms import CellDecisionForm, MeetingForm, decided_in

TAB: Final = "agenda"
ON_PAGE: Final = 20


@require_safe
@curriculum_page()
def agenda(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What is to be settled, how far the raters agree, and what was decided before."""
    return _page(request, curriculum)


@curriculum_page(EDIT)
@only_posted("agenda")
def settle_cells(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Write every decision that was chosen, or none where one of them is refused."""
    return _page(request, curriculum)


def _page(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    shown = agenda_of(curriculum)
    meeting = MeetingForm(sent(request), curriculum=curriculum)
    forms = [CellDecisionForm(sent(request), item=item) for item in shown.items[:ON_PAGE]]
    refusal = ""
    if meeting.is_bound and meeting.is_valid() and all(form.is_valid() for form in forms):
        decided = list(decided_in(forms))
        if decided:
            try:
                settle(curriculum, decided, meeting=meeting.meeting(), by=request.user)
            except (DecisionRefused, ApprovedCurriculum, PlanFull) as error:
                refusal = str(error)
            else:
                told = ngettext("%(n)s cell is settled.", "%(n)s cells are settled.", len(decided))
                messages.success(request, told % {"n": len(decided)})
                return redirect(curriculum.page("agenda"))
        else:
            refusal = _("Nothing was decided: choose what the meeting decided for at least one cell.")
    return render_page(
        request,
        "curricula/teaching/agenda.html",
        curriculum,
        TAB,
        status=422 if meeting.is_bound else 200,
        agenda=shown,
        forms=forms,
        more=max(0, len(shown.items) - ON_PAGE),
        meeting=meeting,
        refusal=refusal,
    )
