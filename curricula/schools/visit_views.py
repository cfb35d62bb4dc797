"""What a school's administrators see of others: who of the staff came in and why, and who changed what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from curricula.models import School
from curricula.pages import render_school_page, sent
from curricula.rules import MANAGE, school_for
from curricula.schools.actions import enter_school
from curricula.schools.changes import changes_of
from curricula.schools.forms import VisitForm
from curricula.schools.tables import ChangeTable, VisitTable

LINES_ON_PAGE = 50


def visit(request: HttpRequest, school: str) -> HttpResponse:
    """Staff say why they read a school's records."""
    if not request.user.is_staff:
        raise PermissionDenied
    found = get_object_or_404(School, slug=school)
    form = VisitForm(sent(request))
    if not form.is_valid():
        return entry_page(request, found, form=form, status=422 if form.is_bound else 200)
    made = enter_school(found, staff=request.user, why=form.cleaned_data["why"])
    told = _("You may read the records of “%(school)s” until %(until)s. Its administrators see that.")
    messages.success(request, told % {"school": found, "until": f"{timezone.localtime(made.ends):%H:%M}"})
    return redirect("home")


def entry_page(request: HttpRequest, school: School, *, status: int, form: VisitForm | None = None) -> HttpResponse:
    context = {"section": "schools", "school": school, "form": form or VisitForm()}
    return render(request, "curricula/schools/visit.html", context, status=status)


@require_safe
def history(request: HttpRequest, school: str) -> HttpResponse:
    """Visits of staff, and every change of the school, its members and their roles."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    visits = arranged(VisitTable(found.visits.select_related("user")), request)
    changes = arranged(ChangeTable(changes_of(found)), request, per_page=LINES_ON_PAGE)
    return render_school_page(request, "curricula/schools/history.html", found, visits=visits, changes=changes)
