"""What a school takes with it at once: one report over its programs, and the edition of each in one archive."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from curricula.evaluation.school_report import newest_plans, school_report
from curricula.reports.committee.school import SCHOOL_FORMATS, render_school
from curricula.rules import school_told_whole
from curricula.throttle import throttled

from .archive import begin_archive, made_before, parts_of
from .forms import NAMES


def _language(request: HttpRequest) -> str:
    language = request.GET.get("language") or get_language() or "en"
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


@require_safe
def school_reports(request: HttpRequest, school: str) -> HttpResponse:
    """The school's report and its archives."""
    found = school_told_whole(request.user, slug=school)
    context = {
        "section": "schools",
        "school": found,
        "sample": found.sample,
        "parts": parts_of(newest_plans(found)),
        "language": get_language(),
        "languages": [(code, NAMES.get(code, name)) for code, name in settings.LANGUAGES],
    }
    return render(request, "curricula/committee/school_reports.html", context)


@require_safe
@throttled("report", method="GET")
def school_report_file(request: HttpRequest, school: str, edition_format: str) -> HttpResponse:
    """The report over all programs."""
    found = school_told_whole(request.user, slug=school)
    if edition_format not in SCHOOL_FORMATS:
        raise Http404
    return render_school(school_report(found, language=_language(request)), edition_format).download()


@require_safe
@throttled("report", method="GET")
def school_archive(request: HttpRequest, school: str, number: int) -> HttpResponse:
    """The committee editions of a part of the programs, and the school's report, as one ZIP made behind the page."""
    found = school_told_whole(request.user, slug=school)
    parts = parts_of(newest_plans(found))
    if not 1 <= number <= len(parts):
        raise Http404
    part, language = parts[number - 1], _language(request)
    if made := made_before(found, part, user=request.user, made=request.GET.get("made")):
        return made.download()
    return redirect(begin_archive(found, part, user=request.user, language=language, address=request.get_full_path()))
