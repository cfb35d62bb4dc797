"""The thresholds by which conditions get their words: read by members, changed by directors."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from curricula.models import TrainingRules
from curricula.opened import opening
from curricula.pages import render_school_page, sent
from curricula.rules import EDIT, VIEW, school_for

from .actions import save_rules
from .forms import rules_form
from .presenters import rule_changes, rules_by_panel


def rules(request: HttpRequest, school: str) -> HttpResponse:
    """Every threshold with its source; a director changes them, and the page keeps who changed what."""
    found = school_for(request.user, slug=school, permission=VIEW)
    if request.method == "POST" and not request.user.has_perm(EDIT, found):
        raise PermissionDenied
    held = TrainingRules.objects.filter(school=found).first() or TrainingRules(school=found)
    with opening(request, held) as held:
        form = rules_form(held, sent(request))
        if form.is_valid():
            save_rules(held, form.changed_values())
            messages.success(request, _("The rules are saved."))
            return redirect("training-rules", school=found.slug)
    shown = {"form": form, "panels": list(rules_by_panel(form)), "changes": rule_changes(held)}
    return render_school_page(request, "curricula/training/rules.html", found, **shown)
