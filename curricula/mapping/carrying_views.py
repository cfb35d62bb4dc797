"""Carry the mappings of one's plans from abilities of a framework to others."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.frameworks.editing.fields import AbilityNames
from competencies.permissions import framework_for
from curricula.pages import done, render_form, sent
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
        done(request, lambda: carry_over(plans, form.targets()), lambda counts: _told(*counts))
        return redirect(framework)
    context = {"section": "framework", "framework": framework, "form": form, "names": names, "tab": ""}
    return render_form(request, "curricula/mapping/carry.html", context)


def _told(moved: int, dropped: int) -> str:
    text = ngettext("%(count)s mapping went over.", "%(count)s mappings went over.", moved) % {"count": moved}
    if not dropped:
        return text
    rest = _("%(count)s were let go, because their course serves the other ability already.") % {"count": dropped}
    return f"{text} {rest}"
