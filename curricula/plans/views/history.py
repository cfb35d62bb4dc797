from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from curricula.models import Curriculum
from curricula.pages import render_page
from curricula.plans.filters import HistoryFilter
from curricula.plans.history import history_of, version_of
from curricula.plans.tables import HistoryTable
from curricula.rules import curriculum_page


@require_safe
@curriculum_page()
def history(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What was changed in the plan, by whom, from what to what."""
    kinds = HistoryFilter(request.GET)
    version = version_of(curriculum, request.GET.get("version", ""))
    kind = kinds.cleaned_data.get("kind", "") if kinds.is_valid() else ""
    found = history_of(version, kind=kind, page=request.GET.get("page", 1))
    return render_page(
        request,
        "curricula/plans/history.html",
        curriculum,
        "history",
        version=version,
        history=found,
        table=HistoryTable(found.lines),
        filter=kinds,
    )
