from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from curricula.models import Curriculum
from curricula.pages import render_page
from curricula.plans.history import KINDS, history_of, version_of
from curricula.rules import curriculum_page


@curriculum_page()
def history(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What was changed in the plan, by whom, from what to what."""
    kind = request.GET.get("kind", "")
    version = version_of(curriculum, request.GET.get("version", ""))
    return render_page(
        request,
        "curricula/plans/history.html",
        curriculum,
        "history",
        version=version,
        history=history_of(version, kind=kind, page=request.GET.get("page", 1)),
        kinds=KINDS,
        kind=kind,
    )
