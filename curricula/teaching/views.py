"""Lecturers of a school: the names in its plans, tied to its members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from competencies.listing import arranged
from curricula.models import person_name
from curricula.pages import render_school_page
from curricula.rules import EDIT, MANAGE, school_for

from .actions import tie
from .forms import TieForm
from .queries import lecturers_of
from .tables import LecturerTable


def lecturers(request: HttpRequest, school: str) -> HttpResponse:
    """Which member each name in the plans means; what is posted says it of one name."""
    found = school_for(request.user, slug=school, permission=EDIT)
    if request.method == "POST":
        form = TieForm(request.POST, school=found)
        if not form.is_valid():
            raise Http404
        tie(found, form.cleaned_data["name"], form.cleaned_data["member"])
        messages.success(request, _("Saved."))
        return redirect("school-lecturers", school=found.slug)
    people = found.memberships.select_related("user").order_by("user__first_name", "user__username")
    members = [(each.pk, person_name(each.user)) for each in people]
    table = arranged(LecturerTable(lecturers_of(found), found, members), request)
    may_manage = request.user.has_perm(MANAGE, found)
    return render_school_page(request, "curricula/teaching/lecturers.html", found, table=table, may_manage=may_manage)
