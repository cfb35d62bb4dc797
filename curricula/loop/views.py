"""Review, snapshots and actions of a plan, and what came of them over the years."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from competencies.request_numbers import key_of
from curricula.evaluation.snapshots import kept_report
from curricula.models import Action, Curriculum, Snapshot
from curricula.opened import opening
from curricula.pages import done, only_posted, render_page, sent
from curricula.rules import EDIT, curriculum_page

from .actions import decide, save_action, take_snapshot
from .changes import change_page
from .filters import ActionFilter
from .forms import ActionForm, DecisionForm, SnapshotForm
from .presenters import action_page, code_titles, labelled, loop_page, snapshot_facts, snapshots_compared
from .queries import actions_of, snapshots_of
from .review import review_of
from .tables import ActionTable, SnapshotTable

ROWS: Final = 50


def _page(request: HttpRequest, curriculum: Curriculum, template: str, part: str, **context: Any) -> HttpResponse:
    return render_page(request, f"curricula/loop/{template}.html", curriculum, part, **context)


@require_safe
@curriculum_page()
def earlier_state(_request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Where plans were approved before decisions were kept: who knows that address comes to the review."""
    return redirect(curriculum.page("review"))


@require_safe
@curriculum_page()
def review(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Where the plan stands in its review, what was decided, and what the reader may decide."""
    return _review(request, curriculum)


def _review(request: HttpRequest, curriculum: Curriculum, form: DecisionForm | None = None) -> HttpResponse:
    page = review_of(curriculum, request.user, may_edit=request.user.has_perm(EDIT, curriculum))
    return _page(request, curriculum, "review", "review", review=page, form=form or DecisionForm())


@curriculum_page(EDIT)
@only_posted("review")
def decide_on(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, curriculum, form)
    decision = form.save(commit=False)

    def told(decided: Any) -> str:
        words = {"decision": decided.get_kind_display(), "state": curriculum.get_state_display()}
        return _("Recorded: %(decision)s. The plan is now: %(state)s.") % words

    done(request, lambda: decide(curriculum, decision, by=request.user), told)
    return redirect(curriculum.page("review"))


@require_safe
@curriculum_page()
def snapshots(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Every snapshot of the program, and a form to make one of this plan."""
    table = arranged(SnapshotTable(snapshots_of(curriculum.program), curriculum), request, per_page=ROWS)
    return _page(request, curriculum, "snapshots", "snapshots", table=table, form=SnapshotForm())


@curriculum_page(EDIT)
@only_posted("snapshots")
def new_snapshot(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    form = SnapshotForm(request.POST)
    if form.is_valid():
        made = take_snapshot(curriculum, by=request.user, **form.cleaned_data)
        messages.success(request, _("The snapshot is made; it is never changed."))
        return redirect(curriculum.page("snapshot", made.pk))
    messages.error(request, _("A note has at most 1,000 letters."))
    return redirect(curriculum.page("snapshots"))


@require_safe
@curriculum_page()
def snapshot(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """The report as it was."""
    found = _snapshot(curriculum, pk)
    kept = kept_report(found, get_language() or "en")
    others = [each for each in snapshots_of(curriculum.program) if each.pk != found.pk]
    context: dict[str, Any] = {"kept": kept, "facts": snapshot_facts(found), "others": others}
    context["findings"] = labelled(found)
    return _page(request, curriculum, "snapshot", "snapshots", snapshot=found, **context)


def _snapshot(curriculum: Curriculum, pk: int | None) -> Snapshot:
    if pk is None:
        raise Http404
    return get_object_or_404(snapshots_of(curriculum.program).defer(None), pk=pk)


@require_safe
@curriculum_page()
def compare_snapshots(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """`?before=` and `?after=`: what each finding was in the one and in the other."""
    before, after = (_snapshot(curriculum, key_of(request.GET.get(side, ""))) for side in ("before", "after"))
    page = snapshots_compared(before, after)
    return _page(request, curriculum, "snapshots_compared", "snapshots", page=page)


@require_safe
@curriculum_page()
def actions(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What is done about the gaps of the program, over all its plans."""
    everything = actions_of(curriculum.program)
    wanted = ActionFilter(request.GET, everything)
    table = arranged(ActionTable(wanted.qs, curriculum, code_titles(curriculum)), request, per_page=ROWS)
    return _page(request, curriculum, "actions", "actions", filter=wanted, table=table, total=everything.count())


def _action(curriculum: Curriculum, pk: int) -> Action:
    return get_object_or_404(actions_of(curriculum.program), pk=pk)


@require_safe
@curriculum_page()
def action(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One action with what was changed in it."""
    found = _action(curriculum, pk)
    return _page(request, curriculum, "action", "actions", action=found, page=action_page(found, curriculum))


@curriculum_page(EDIT)
def edit_action(request: HttpRequest, curriculum: Curriculum, pk: int | None = None) -> HttpResponse:
    """Enter an action or change it; a new one takes what its address says it came from."""
    held = _action(curriculum, pk) if pk else Action(program=curriculum.program)
    asked = {name: request.GET[name] for name in ActionForm.Meta.fields if name in request.GET}
    with opening(request, held) as held:
        form = ActionForm(sent(request), instance=held, initial={} if pk else asked, curriculum=curriculum)
        if form.is_valid():
            saved = save_action(form.save(commit=False))
            messages.success(request, _("The action is saved."))
            return redirect(curriculum.page("action", saved.pk))
    return _page(request, curriculum, "action_form", "actions", form=form, action=held)


@require_safe
@curriculum_page()
def loop(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Which gaps closed after which actions, which came back, and how long it took."""
    return _page(request, curriculum, "loop", "loop", page=loop_page(curriculum))


@require_safe
@curriculum_page()
def changes(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """`?from=` and `?to=` name two plans of the program; else this one and what it follows."""
    page = change_page(curriculum, request.GET.get("from", ""), request.GET.get("to", ""))
    return _page(request, curriculum, "changes", "changes", page=page)
