"""Every recommendation with what stands behind it, and from there into a scenario."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from competencies.request_numbers import key_of
from curricula.analysis.frames import Recommendation
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.edits_from_advice import Underivable
from curricula.evaluation.reports import gap_report_for, hours_plan_for, names_for
from curricula.evaluation.scenarios import edits_of, scenarios_of
from curricula.models import Curriculum, Scenario
from curricula.pages import once_filled, only_posted, render_page
from curricula.rules import MAP, curriculum_page
from curricula.wording.edit_sentences import names_with, underived_words
from curricula.wording.optimise import summary_words
from curricula.wording.phrases import headed

from .actions import ScenarioClosed, add_edits, create_scenario
from .advice_presenters import advice_page, advised_edits, recommendation_for
from .presenters import told


@require_safe
@curriculum_page()
@once_filled("scenarios")
def advice(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Add, strengthen, retire: each with its evidence and the courses that could carry it."""
    drafts = [each for each in scenarios_of(curriculum) if each.editable and each.curriculum_id == curriculum.pk]
    return render_page(
        request,
        "curricula/scenarios/advice.html",
        curriculum,
        "scenarios",
        lines=advice_page(curriculum),
        hours=summary_words(hours_plan_for(curriculum)),
        drafts=drafts,
        map_first=gap_report_for(curriculum).map_first,
    )


@curriculum_page(MAP)
@only_posted("advice")
def add_advice(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The edits of one recommendation into a scenario: the one chosen, or a new one."""
    wanted = recommendation_for(curriculum, request.POST.get("ability", ""))
    if wanted is None:
        raise Http404
    target = _target(curriculum, request.POST.get("scenario", ""))
    try:
        target = _into_scenario(request, curriculum, wanted, target)
        return redirect(target or curriculum.page("advice"))
    except (RefusedEdit, ScenarioClosed) as refusal:
        names = names_with(names_for(curriculum), edits_of(target) if target else ())
        messages.error(request, told(refusal, names))
    return redirect(curriculum.page("advice"))


def _into_scenario(
    request: HttpRequest, curriculum: Curriculum, wanted: Recommendation, target: Scenario | None
) -> Scenario | None:
    """The scenario with the edits in it, each once; None where there are none, and why is told."""
    edits = advised_edits(curriculum, wanted)
    ability = names_for(curriculum).abilities.get(wanted.ability, wanted.ability)
    if isinstance(edits, Underivable):
        messages.info(request, headed(ability, underived_words(edits)))
        return None
    if target is None:
        return create_scenario(curriculum, title=ability, user=request.user, edits=edits)
    add_edits(target, [edit for edit in edits if edit not in edits_of(target)])
    return target


def _target(curriculum: Curriculum, chosen: str) -> Scenario | None:
    key = key_of(chosen)
    return None if key is None else scenarios_of(curriculum).filter(curriculum=curriculum, pk=key).first()
