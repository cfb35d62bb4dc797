"""Carry the mappings of one's plans from abilities of a framework to others."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.frameworks.editing.fields import AbilityNames
from competencies.permissions import framework_for
from curricula.pages import sent
from curricula.records.editing import ApprovedCurriculum
from curricula.rules import schools_to_import_into

from .carrying import mapped_abilities, plans_to_carry
from .carrying_actions import carry_over
from .carrying_forms import CarryForm


def carry(request: HttpRequest, slug: str) -> HttpResponse:
    """`?from=CODE`, once or often, names the abilities; without it all on which one's plans are mapped."""
    framework = framework_for(request.user, slug)
    if not schools_to_import_into(request.user).exists():
        raise PermissionDenied
    plans, names = list(plans_to_carry(request.user, framework)), AbilityNames(framework)
    rows = mapped_abilities(plans, framework, codes=request.GET.getlist("from"))
    form = CarryForm(sent(request), rows=rows, names=names)
    if request.method == "POST" and form.is_valid():
        try:
            moved, dropped = carry_over(plans, form.targets())
        except ApprovedCurriculum as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _told(moved, dropped))
        return redirect(framework)
    context = {"section": "framework", "framework": framework, "form": form, "names": names, "tab": ""}
    return render(request, "curricula/mapping/carry.html", context, status=422 if form.is_bound else 200)


def _told(moved: int, dropped: int) -> str:
    text = ngettext("%(count)s mapping went over.", "%(count)s mappings went over.", moved) % {"count": moved}
    if not dropped:
        return text
    rest = _("%(count)s were let go, because their course serves the other ability already.") % {"count": dropped}
    return f"{text} {rest}"
