"""Advice by hours: what hours alone can do, which courses are locked, and from there into a scenario."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curricula.analysis.optimise.optimiser import HoursPlan, hours_plan
from curricula.evaluation.reports import hours_plan_for, names_for
from curricula.evaluation.scenarios import prepared_to_try
from curricula.models import Curriculum
from curricula.pages import once_filled, only_posted, render_page
from curricula.rules import EDIT, MAP, curriculum_page
from curricula.wording.optimise import left_words, summary_words
from curricula.wording.phrases import headed

from .actions import create_scenario, set_lock
from .forms import LimitsForm
from .optimise_presenters import hours_view


@require_safe
@curriculum_page(MAP)
@once_filled("scenarios")
def optimise(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What hours alone can do, beside the limits within which they may."""
    prepared, names = prepared_to_try(curriculum), names_for(curriculum)
    form = LimitsForm(request.GET, frames=prepared.frames, names=names)
    plan = _asked(curriculum, form)
    return render_page(
        request,
        "curricula/scenarios/optimise.html",
        curriculum,
        "scenarios",
        form=form,
        found=hours_view(plan, prepared, names) if plan else None,
    )


def _asked(curriculum: Curriculum, form: LimitsForm) -> HoursPlan | None:
    """Within the usual limits unless others are asked for; None where those cannot be read."""
    if not form.is_bound:
        return hours_plan_for(curriculum)
    if not form.is_valid():
        return None
    targets = form.cleaned_data["abilities"] or None
    return hours_plan(prepared_to_try(curriculum), limits=form.limits(), targets=targets)


@curriculum_page(MAP)
@only_posted("optimise")
def take_optimised(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The edits that these limits give, as a scenario whose note says what they reach and what is left."""
    names = names_for(curriculum)
    form = LimitsForm(request.GET, frames=prepared_to_try(curriculum).frames, names=names)
    plan = _asked(curriculum, form)
    if plan is None or not plan.edits:
        messages.info(request, summary_words(plan) if plan else _("The limits could not be read; ask again."))
        return redirect(curriculum.page("optimise"))
    left = (headed(names.abilities.get(each.ability, each.ability), left_words(each, names)) for each in plan.left)
    note = "\n".join((summary_words(plan), *left))
    title = _("What hours alone can do")
    return redirect(create_scenario(curriculum, title=title, user=request.user, edits=plan.edits, note=note))


@curriculum_page(EDIT)
@only_posted("optimise")
def lock_course(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Advice by hours leaves a locked course as it is."""
    if not set_lock(curriculum, request.POST.get("course", ""), locked=request.POST.get("locked") == "1"):
        raise Http404
    return redirect(curriculum.page("optimise"))
