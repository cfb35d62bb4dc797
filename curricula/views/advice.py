"""Every recommendation with what stands behind it, and from there into a scenario."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from competencies.keys import key_of
from curricula.actions.scenarios import ScenarioClosed, add_edits, create_scenario
from curricula.analysis.applying import RefusedEdit
from curricula.models import Curriculum, Scenario
from curricula.queries import gap_report_for, names_for
from curricula.queries.scenarios import edits_of, scenarios_of
from curricula.reading.advice import advice_page, advised_edits, recommendation_for
from curricula.reports.edit_words import names_with, refusal_words
from curricula.rules import MAP, curriculum_page

from .page import once_filled, only_posted, render_page


@curriculum_page()
@once_filled("scenarios")
def advice(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Add, strengthen, retire: each with its evidence and the courses that could carry it."""
    drafts = [each for each in scenarios_of(curriculum) if each.editable and each.curriculum_id == curriculum.pk]
    lines = advice_page(curriculum)
    return render_page(
        request,
        "curricula/advice.html",
        curriculum,
        "scenarios",
        lines=lines,
        drafts=drafts,
        retires=any(each.line.kind == "retire" for each in lines),
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
    advised = advised_edits(curriculum, [wanted], after=edits_of(target) if target else ())
    for note in advised.notes:
        messages.info(request, note)
    if not advised.edits:
        return redirect(curriculum.page("advice"))
    names = names_for(curriculum)
    try:
        if target is None:
            title = names.abilities.get(wanted.ability, wanted.ability)
            note = "\n".join(advised.notes)
            target = create_scenario(curriculum, title=title, user=request.user, edits=advised.edits, note=note)
        else:
            add_edits(target, advised.edits)
    except (RefusedEdit, ScenarioClosed) as refused:
        said = (
            refusal_words(refused, names_with(names, advised.edits))
            if isinstance(refused, RefusedEdit)
            else str(refused)
        )
        messages.error(request, said)
        return redirect(curriculum.page("advice"))
    return redirect(target)


def _target(curriculum: Curriculum, chosen: str) -> Scenario | None:
    return scenarios_of(curriculum).filter(curriculum=curriculum, pk=key_of(chosen)).first()
