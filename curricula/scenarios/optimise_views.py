"""The smallest change of hours, asked for with bounds, and from there into a scenario."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.edits import Edit, SetHours, edit_from_json, edit_to_json
from curricula.evaluation.reports import names_for
from curricula.evaluation.scenarios import prepared_for
from curricula.models import Curriculum
from curricula.pages import once_filled, only_posted, render_page
from curricula.rules import MAP, curriculum_page
from curricula.wording.edit_sentences import refusal_words

from .actions import ScenarioClosed, create_scenario
from .forms import OptimiseForm
from .optimise_presenters import TOO_LITTLE, Optimised, optimised, targets_of


@curriculum_page(MAP)
@once_filled("scenarios")
def optimise(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Which labels to cure under which bounds; the answer stands beside the question."""
    form = OptimiseForm(
        request.GET if "ask" in request.GET else None,
        prepared=prepared_for(curriculum),
        names=names_for(curriculum),
        initial={"labels": TOO_LITTLE, "keep_aligned": True},
    )
    found = _answer(curriculum, form) if form.is_valid() else None
    return render_page(
        request,
        "curricula/scenarios/optimise.html",
        curriculum,
        "scenarios",
        status=422 if form.errors else 200,
        form=form,
        found=found,
        edits=json.dumps([edit_to_json(edit) for edit in found.edits]) if found else "",
    )


def _answer(curriculum: Curriculum, form: OptimiseForm) -> Optimised:
    chosen = form.cleaned_data
    targets = targets_of(curriculum, labels=chosen["labels"], abilities=chosen["abilities"])
    return optimised(curriculum, targets, bounds=form.bounds(), keep_aligned=chosen["keep_aligned"])


@curriculum_page(MAP)
@only_posted("optimise")
def take_optimised(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The hour changes that were found, as a scenario."""
    try:
        edits = _hour_changes(request.POST.get("edits", ""))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return HttpResponseBadRequest(_("The edits could not be read; ask again."))
    try:
        made = create_scenario(curriculum, title=_("Smallest change of hours"), user=request.user, edits=edits)
    except RefusedEdit as refused:
        messages.error(request, refusal_words(refused, names_for(curriculum)))
        return redirect(curriculum.page("optimise"))
    except ScenarioClosed as closed:
        messages.error(request, str(closed))
        return redirect(curriculum.page("optimise"))
    return redirect(made)


def _hour_changes(posted: str) -> list[Edit]:
    """What the solver found, as the page wrote it. Raises ValueError and its like for anything else."""
    edits = [edit_from_json(each) for each in json.loads(posted)]
    if not all(isinstance(edit, SetHours) for edit in edits):
        raise ValueError("the solver changes nothing but hours")
    return edits
