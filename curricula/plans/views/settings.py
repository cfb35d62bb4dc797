"""Settings and state of a curriculum."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from curricula.models import Curriculum
from curricula.opened import plan_held
from curricula.pages import only_posted, render_page, sent
from curricula.plans.plan_records import may_change_framework
from curricula.plans.settings_actions import (
    FrameworkInUse,
    WrongStep,
    change_framework,
    save_settings,
    start_next_version,
    take_step,
)
from curricula.plans.settings_forms import CurriculumSettingsForm, FrameworkForm
from curricula.records.editing import ApprovedCurriculum
from curricula.rules import EDIT, curriculum_page

NEXT_VERSION = "next"


@curriculum_page(EDIT)
@plan_held
def curriculum_settings(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the plan prepares for, what it is judged by, and how far its approval is."""
    form = CurriculumSettingsForm(sent(request), instance=curriculum)
    if request.method == "POST" and form.is_valid():
        try:
            # The form has put its answer on the instance; the writer compares with what is stored.
            curriculum.refresh_from_db(fields=["signed_off", "signed_off_because"])
            changed = save_settings(curriculum, **form.cleaned_data)
        except ApprovedCurriculum as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The settings are saved.") if changed else _("Nothing was changed."))
        return redirect(curriculum.page("curriculum-settings"))
    return render_page(
        request,
        "curricula/plans/settings.html",
        curriculum,
        "curriculum-settings",
        form=form,
        framework_form=_framework_form(curriculum),
        status=422 if form.errors else 200,
    )


def _framework_form(curriculum: Curriculum) -> FrameworkForm | None:
    initial = {"framework": curriculum.framework}
    return FrameworkForm(initial=initial, curriculum=curriculum) if may_change_framework(curriculum) else None


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def other_framework(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Put a plan on another framework, before anything is mapped."""
    form = FrameworkForm(request.POST, curriculum=curriculum)
    if not form.is_valid():
        messages.error(request, _("Choose one of the frameworks that are listed."))
        return redirect(curriculum.page("curriculum-settings"))
    try:
        change_framework(curriculum, form.cleaned_data["framework"])
    except (ApprovedCurriculum, FrameworkInUse) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The plan stands on the framework “%(title)s” now.") % {"title": curriculum.framework}
        )
    return redirect(curriculum.page("curriculum-settings"))


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def change_state(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """A step towards approval, which is asked for twice, or the next version of an approved plan."""
    wanted = request.POST.get("to", "")
    if wanted == Curriculum.State.APPROVED and curriculum.editable and not request.POST.get("confirmed"):
        return render_page(request, "curricula/plans/approve.html", curriculum, "curriculum-settings")
    try:
        message = _step(curriculum, wanted)
    except WrongStep as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    return redirect(curriculum.page("curriculum-settings"))


def _step(curriculum: Curriculum, wanted: str) -> str:
    if wanted == NEXT_VERSION:
        made = start_next_version(curriculum)
        return _("Version %(version)s is a draft that you can edit.") % {"version": made.version}
    take_step(curriculum, wanted)
    return _("The plan is now: %(state)s.") % {"state": curriculum.get_state_display()}
