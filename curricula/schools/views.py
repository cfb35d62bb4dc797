"""Schools and their programs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.listing import arranged
from curricula.models import School, school_records
from curricula.opened import opening
from curricula.pages import done, render_form, render_school_page, sent
from curricula.rules import EDIT, MANAGE, school_for
from curricula.schools import actions as school_actions
from curricula.schools.bin_queries import removed_schools, sources_of
from curricula.schools.forms import NewSchoolForm, ProgramForm, SchoolForm
from curricula.schools.queries import schools_of, schools_of_nobody, schools_to_visit
from curricula.schools.tables import SchoolTable


def schools(request: HttpRequest) -> HttpResponse:
    """The user's schools; staff also start new ones."""
    form = NewSchoolForm(sent(request)) if request.user.is_staff else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            school = school_actions.create_school(form.save(commit=False), administrator=request.user)
            messages.success(request, _("The school is made; you are its administrator."))
            return redirect("school", school=school.slug)
    table = arranged(SchoolTable(schools_of(request.user)), request)
    context: dict[str, Any] = {"section": "schools", "table": table, "form": form}
    context["kinds"] = [model.kind for model in school_records().values()]
    if form is not None:
        context["to_visit"] = schools_to_visit(request.user)
        context |= {"nobodys": schools_of_nobody(), "removed": removed_schools(), "sources": list(sources_of(None))}
    return render_form(request, "curricula/schools/schools.html", context)


@require_POST
def take_school(request: HttpRequest, school: str) -> HttpResponse:
    """Staff become the administrator of a school that nobody belongs to yet."""
    if not request.user.is_staff:
        raise PermissionDenied
    found = get_object_or_404(School, slug=school)
    told = _("You are the administrator of “%(school)s” now.") % {"school": found}
    if done(request, lambda: school_actions.take_school(found, administrator=request.user), told):
        return redirect("school", school=found.slug)
    return redirect("schools")


def school_settings(request: HttpRequest, school: str) -> HttpResponse:
    """A school's titles and conventions."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    with opening(request, found) as held:
        form = SchoolForm(sent(request), instance=held)
        if request.method == "POST" and form.is_valid():
            school_actions.save_school(form.save(commit=False))
            messages.success(request, _("The school is saved."))
            return redirect("school", school=found.slug)
    shown = {"members": found.memberships.count(), "programs": found.programs.all(), "form": form}
    return render_school_page(request, "curricula/schools/school.html", found, **shown)


def program_settings(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program's titles, host major and degree; its short name in addresses stays."""
    found = get_object_or_404(
        school_for(request.user, slug=school, permission=EDIT).programs.select_related("school"), slug=program
    )
    with opening(request, found) as held:
        form = ProgramForm(sent(request), instance=held)
        if request.method == "POST" and form.is_valid():
            school_actions.save_program(form.save(commit=False))
            messages.success(request, _("The program is saved."))
            return redirect("program", school=school, program=program)
    return render_school_page(request, "curricula/schools/program.html", found.school, program=found, form=form)
