"""Scenarios: made, edited with their effect in sight, compared, proposed and applied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from competencies.request_numbers import key_of
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.evaluation.reports import names_for
from curricula.evaluation.scenarios import edits_of, prepared_to_try, scenarios_chosen, scenarios_of, was_changed
from curricula.models import Curriculum, Scenario
from curricula.pages import once_filled, only_posted, render_page
from curricula.records.room import PlanFull
from curricula.rules import EDIT, MAP, curriculum_page
from curricula.wording.edit_sentences import KINDS, names_with

from . import actions
from .forms import FORMS, BoundForm, EditForm, ScenarioForm
from .presenters import MOST_CREDITS_A_TERM, ScenarioPage, comparison_of, edit_lines, scenario_page, told

TAB: Final = "scenarios"


@require_safe
@curriculum_page()
@once_filled(TAB)
def scenarios(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What was tried on this plan, and a form to try something new."""
    return _list(request, curriculum, ScenarioForm())


def _list(request: HttpRequest, curriculum: Curriculum, form: ScenarioForm, *, status: int = 200) -> HttpResponse:
    found = list(scenarios_of(curriculum))
    return render_page(
        request, "curricula/scenarios/scenarios.html", curriculum, TAB, status=status, scenarios=found, form=form
    )


@curriculum_page(MAP)
@only_posted("scenarios")
def new_scenario(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """An empty scenario on the newest version."""
    form = ScenarioForm(request.POST)
    if not form.is_valid():
        return _list(request, curriculum, form, status=422)
    return redirect(actions.start_scenario(curriculum, user=request.user, **form.cleaned_data))


@require_safe
@curriculum_page()
def scenario(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """The edits on one side, what they do on the other."""
    found = scenario_or_404(curriculum, pk)
    kind = request.GET.get("kind", "set_hours")
    initial = {"course": request.GET.get("course", "")}
    return _editor(request, curriculum, found, kind=kind if kind in FORMS else "set_hours", initial=initial)


def _editor(
    request: HttpRequest,
    curriculum: Curriculum,
    found: Scenario,
    *,
    kind: str,
    initial: dict[str, Any] | None = None,
    form: EditForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = scenario_page(found, most_credits=_most_credits(request))
    return render_page(
        request,
        "curricula/scenarios/scenario.html",
        curriculum,
        TAB,
        status=status,
        page=page,
        scenario=found,
        kinds=KINDS,
        kind=kind,
        form=form or _form(page, kind, initial=initial),
        undoable=found.editable and was_changed(found),
        present=found.curriculum_id == curriculum.pk,
        describe=ScenarioForm(instance=found),
        most_credits=_most_credits(request),
    )


def _most_credits(request: HttpRequest) -> float | None:
    form = BoundForm(request.GET)
    wanted = form.cleaned_data["credits"] if form.is_valid() else None
    return MOST_CREDITS_A_TERM if wanted is None else wanted


def _form(page: ScenarioPage, kind: str, **options: Any) -> EditForm:
    """Asks about the plan as it is after the edits, or as it was where these do not go together any more."""
    frames = page.effect.effect.frames if page.effect else prepared_to_try(page.scenario.curriculum).frames
    return FORMS[kind](frames=frames, names=page.names, **options)


@curriculum_page(MAP)
@only_posted("scenario")
def add_edit(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One more edit; what was typed stays where the plan cannot take it."""
    found, kind = scenario_or_404(curriculum, pk), request.POST.get("kind", "")
    if kind not in FORMS:
        raise Http404
    page = scenario_page(found)
    form = _form(page, kind, data=request.POST)
    if form.is_valid():
        try:
            actions.add_edits(found, [form.edit()], seen=request.POST.get("seen"))
            return redirect(f"{found.get_absolute_url()}?kind={kind}")
        except (RefusedEdit, actions.ScenarioClosed) as refusal:
            form.add_error(None, told(refusal, names_with(page.names, [form.edit()])))
    return _editor(request, curriculum, found, kind=kind, form=form, status=422)


@curriculum_page(MAP)
@only_posted("scenario")
def change_scenario(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """Whatever one button of the editor does: remove or move an edit, undo, rename, copy, propose, withdraw."""
    found = scenario_or_404(curriculum, pk)
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        raise Http404
    try:
        return redirect(change(request, curriculum, found) or found)
    except (RefusedEdit, actions.ScenarioClosed) as refusal:
        messages.error(request, told(refusal, names_with(names_for(curriculum), edits_of(found))))
    return redirect(found)


def _place(request: HttpRequest) -> int:
    place = key_of(request.POST.get("place"))
    return -1 if place is None else place


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")


def _remove(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    actions.remove_edit(found, _place(request), seen=_seen(request))


def _earlier(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    actions.move_edit(found, _place(request), _place(request) - 1, seen=_seen(request))


def _later(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    actions.move_edit(found, _place(request), _place(request) + 1, seen=_seen(request))


def _undo(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    if not actions.undo_last_change(found, seen=_seen(request)):
        messages.info(request, _("There is nothing to undo."))


def _describe(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    form = ScenarioForm(request.POST, instance=Scenario(pk=found.pk))
    if form.is_valid():
        actions.describe_scenario(found, **form.cleaned_data)
    else:
        messages.error(request, _("A scenario needs a title."))


def _copy(request: HttpRequest, curriculum: Curriculum, found: Scenario) -> Scenario:
    title = _("Copy of %(title)s") % {"title": found.title}
    return actions.copy_scenario(found, curriculum=curriculum, title=title, user=request.user)


def _propose(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    actions.propose_scenario(found)
    messages.success(request, _("The scenario is a proposal now; its edits stand still until it is decided."))


def _withdraw(request: HttpRequest, _curriculum: Curriculum, found: Scenario) -> None:
    actions.withdraw_scenario(found)
    messages.success(request, _("The scenario is withdrawn; a copy can go on from it."))


CHANGES: Final[dict[str, Callable[[HttpRequest, Curriculum, Scenario], Scenario | None]]] = {
    "remove": _remove,
    "earlier": _earlier,
    "later": _later,
    "undo": _undo,
    "describe": _describe,
    "copy": _copy,
    "propose": _propose,
    "withdraw": _withdraw,
}


@curriculum_page(EDIT)
@only_posted("scenario")
def apply_scenario(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """A director makes the proposal the next version of the plan, after being asked once more."""
    found = scenario_or_404(curriculum, pk)
    if not request.POST.get("confirmed"):
        lines = edit_lines(edits_of(found), names_with(names_for(found.curriculum), edits_of(found)))
        return render_page(request, "curricula/scenarios/apply.html", curriculum, TAB, scenario=found, lines=lines)
    try:
        made = actions.apply_scenario(found)
    except (RefusedEdit, actions.ScenarioClosed, PlanFull) as refusal:
        messages.error(request, told(refusal, names_for(curriculum)))
        return redirect(found)
    message = ngettext(
        "Version %(version)s is a draft with %(count)s edit done.",
        "Version %(version)s is a draft with %(count)s edits done.",
        len(found.edits),
    )
    messages.success(request, message % {"version": made.version, "count": len(found.edits)})
    return redirect(made)


@require_safe
@curriculum_page()
def compare_scenarios(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Up to four scenarios beside the plan as it is today."""
    chosen = scenarios_chosen(curriculum, request.GET.getlist("s"))
    return render_page(
        request,
        "curricula/scenarios/compare.html",
        curriculum,
        TAB,
        comparison=comparison_of(curriculum, chosen),
        chosen={scenario.pk for scenario in chosen},
        scenarios=list(scenarios_of(curriculum)),
    )


def scenario_or_404(curriculum: Curriculum, pk: int) -> Scenario:
    found = scenarios_of(curriculum).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
