"""What a school shows to students of an approved plan: abilities, and where each is learnt."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from curricula.throttle import throttled

from .languages import language_asked
from .queries import public_plan
from .student_page import student_page


@login_not_required
@require_safe
@throttled("shared", method="GET")
def student_plan(request: HttpRequest, school: str, program: str, year: int) -> HttpResponse:
    """Public where the school wants it; else there is nothing here, whatever plan is asked for."""
    plan = public_plan(school=school, program=program, year=year)
    if plan is None:
        raise Http404
    language = language_asked(request)
    with override(language):
        page = student_page(plan)
        context = {"page": page, "language": language, "sample": page.sample}
        return render(request, "curricula/sharing/student.html", context)
