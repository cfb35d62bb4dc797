"""What a school takes with it at once: one report over its programs, and the edition of each in one archive."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from curricula.evaluation.school_report import newest_plans, school_report
from curricula.pages import language_asked, render_school_page
from curricula.reports.committee.school import SCHOOL_FORMATS, render_school
from curricula.rules import school_told_whole
from curricula.throttle import throttled

from .archive import begin_archive, made_before, parts_of
from .forms import own_names


@require_safe
def school_reports(request: HttpRequest, school: str) -> HttpResponse:
    """The school's report and its archives."""
    found = school_told_whole(request.user, slug=school)
    return render_school_page(
        request,
        "curricula/committee/school_reports.html",
        found,
        parts=parts_of(newest_plans(found)),
        language=get_language(),
        languages=own_names(),
    )


@require_safe
@throttled("report", method="GET")
def school_report_file(request: HttpRequest, school: str, edition_format: str) -> HttpResponse:
    """The report over all programs."""
    found = school_told_whole(request.user, slug=school)
    if edition_format not in SCHOOL_FORMATS:
        raise Http404
    return render_school(school_report(found, language=language_asked(request)), edition_format).download()


@require_safe
@throttled("report", method="GET")
def school_archive(request: HttpRequest, school: str, number: int) -> HttpResponse:
    """The committee editions of a part of the programs, and the school's report, as one ZIP made behind the page."""
    found = school_told_whole(request.user, slug=school)
    parts = parts_of(newest_plans(found))
    if not 1 <= number <= len(parts):
        raise Http404
    part, language = parts[number - 1], language_asked(request)
    if made := made_before(found, part, user=request.user, made=request.GET.get("made")):
        return made.download()
    return redirect(begin_archive(found, part, user=request.user, language=language, address=request.get_full_path()))
