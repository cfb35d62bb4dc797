"""Settings of a curriculum, and its next version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from curricula.models import Curriculum
from curricula.opened import plan_held
from curricula.pages import done, only_posted, render_page, sent
from curricula.plans.plan_records import may_change_framework
from curricula.plans.settings_actions import (
    WrongStep,
    change_framework,
    copy_as_next_year,
    save_settings,
    start_next_version,
)
from curricula.plans.settings_forms import CurriculumSettingsForm, FrameworkForm
from curricula.rules import EDIT, curriculum_page
from curricula.wording import formats
from curricula.wording.phrases import headed, in_parts


@curriculum_page(EDIT)
@plan_held
def curriculum_settings(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the plan prepares for, what it is judged by, and where its other pages are."""
    form = CurriculumSettingsForm(sent(request), instance=curriculum)
    if request.method == "POST" and form.is_valid():
        # The form has put its answer on the instance; the writer compares with what is stored.
        curriculum.refresh_from_db(fields=["signed_off", "signed_off_because"])
        told = (_("Nothing was changed."), _("The settings are saved."))
        done(request, lambda: save_settings(curriculum, **form.cleaned_data), lambda changed: told[bool(changed)])
        return redirect(curriculum.page("curriculum-settings"))
    return render_page(
        request,
        "curricula/plans/settings.html",
        curriculum,
        "curriculum-settings",
        form=form,
        framework_form=_framework_form(curriculum),
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
    framework = form.cleaned_data["framework"]
    told = _("The plan stands on the framework “%(title)s” now.") % {"title": framework}
    done(request, lambda: change_framework(curriculum, framework), told)
    return redirect(curriculum.page("curriculum-settings"))


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def make_next_version(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """A draft that goes on from an approved plan."""
    told = _("Version %(version)s is a draft that you can edit.")
    done(request, lambda: start_next_version(curriculum), lambda made: told % {"version": made.version})
    return redirect(curriculum.page("curriculum-settings"))


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def make_next_year(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The plan as a draft for those who enter a year later; says what came along and what did not."""
    try:
        made = copy_as_next_year(curriculum)
    except WrongStep as refusal:
        messages.error(request, str(refusal))
        return redirect(curriculum.page("curriculum-settings"))
    told = _("Copied as entry %(year)s: %(taken)s.") % {"year": made.plan.year, "taken": _listed(made.taken)}
    messages.success(request, told)
    if made.left:
        left = _("Left with the year before: %(left)s. The mapping is to be signed off anew.")
        messages.info(request, left % {"left": _listed(made.left)})
    return redirect(made.plan.page("curriculum-settings"))


def _listed(counts: dict[str, int]) -> str:
    return in_parts(headed(name, formats.count(number)) for name, number in counts.items())
