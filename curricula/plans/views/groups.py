from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from curricula.models import Curriculum, ElectiveGroup
from curricula.opened import plan_held
from curricula.pages import done, render_page, sent
from curricula.plans.actions import remove_group, save_group
from curricula.plans.forms import GroupForm
from curricula.rules import EDIT, curriculum_page


@curriculum_page(EDIT)
@plan_held
def group(request: HttpRequest, curriculum: Curriculum, pk: int | None = None) -> HttpResponse:
    """Make, change or remove an elective group; what was typed stays on an error."""
    found = ElectiveGroup(curriculum=curriculum, order=curriculum.elective_groups.count())
    if pk is not None:
        found = get_object_or_404(curriculum.elective_groups, pk=pk)
        found.curriculum = curriculum
    form = GroupForm(sent(request), instance=found)
    if request.method == "POST" and _written(request, form):
        return redirect(curriculum.page("courses") + "#groups")
    return render_page(request, "curricula/plans/group_form.html", curriculum, "courses", form=form, group=found)


def _written(request: HttpRequest, form: GroupForm) -> bool:
    if "remove" in request.POST and form.instance.pk is not None:
        return done(request, lambda: remove_group(form.instance), _("The group is removed."))
    if not form.is_valid():
        return False
    group, courses = form.save(commit=False), form.cleaned_data["courses"]
    return done(request, lambda: save_group(group, courses), _("The group is saved."))
