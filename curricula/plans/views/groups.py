from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from curricula.models import Curriculum, ElectiveGroup
from curricula.opened import plan_held
from curricula.pages import render_page, sent
from curricula.plans.actions import remove_group, save_group
from curricula.plans.forms import GroupForm
from curricula.records.editing import ApprovedCurriculum
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
    status, template = 422 if form.is_bound else 200, "curricula/plans/group_form.html"
    return render_page(request, template, curriculum, "courses", status=status, form=form, group=found)


def _written(request: HttpRequest, form: GroupForm) -> bool:
    removes = "remove" in request.POST and form.instance.pk is not None
    if not removes and not form.is_valid():
        return False
    try:
        if removes:
            remove_group(form.instance)
        else:
            save_group(form.save(commit=False), form.cleaned_data["courses"])
    except ApprovedCurriculum as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The group is removed.") if removes else _("The group is saved."))
    return True
