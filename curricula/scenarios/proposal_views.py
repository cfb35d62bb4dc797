"""A scenario as a proposal: on a page to print, and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from curricula.models import Curriculum
from curricula.pages import language_asked, render_page
from curricula.rules import curriculum_page
from curricula.throttle import throttled

from .presenters import MOST_CREDITS_A_TERM
from .proposal_document import PROPOSAL_FORMATS, render_proposal
from .proposal_presenters import proposal_of
from .views import scenario_or_404


@require_safe
@curriculum_page()
def proposal(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """What a committee reads before a director decides; a scenario that is broken goes back to its editor."""
    found = scenario_or_404(curriculum, pk)
    document = proposal_of(found, most_credits=MOST_CREDITS_A_TERM)
    if document is None:
        return redirect(found)
    return render_page(
        request,
        "curricula/scenarios/proposal.html",
        curriculum,
        "scenarios",
        proposal=document,
        scenario=found,
        formats=PROPOSAL_FORMATS,
        present=found.curriculum_id == curriculum.pk,
    )


@require_safe
@throttled("report", method="GET")
@curriculum_page()
def download(request: HttpRequest, curriculum: Curriculum, pk: int, format: str) -> HttpResponse:  # noqa: A002  as in the address
    """The proposal as a file; `?language=` chooses its language, the reader's own unless given."""
    if format not in PROPOSAL_FORMATS:
        raise Http404
    found, language = scenario_or_404(curriculum, pk), language_asked(request)
    document = proposal_of(found, language=language, most_credits=MOST_CREDITS_A_TERM)
    if document is None:
        raise Http404
    return render_proposal(document, format).download()
