from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.models import Curriculum
from curricula.pages import language_asked, once_filled, render_page
from curricula.plans.policy import evidence_choices, names_evidence, policy_asked
from curricula.plans.report_work import begin_report, is_large, made_before
from curricula.reports.render import FORMATS, FormatChoice, render
from curricula.reports.sections import EVERY_SECTION, METHOD, SECTIONS
from curricula.rules import curriculum_page
from curricula.throttle import throttled
from curricula.wording.formats import Value


def format_choices() -> list[FormatChoice]:
    return [
        FormatChoice("pdf", _("PDF"), _("to print and to put before a committee")),
        FormatChoice("xlsx", _("Excel"), _("every table as a sheet, to sort and count on")),
        FormatChoice("html", _("Web page"), _("one file to send or to keep")),
        FormatChoice("csv", _("CSV"), _("the abilities, one a row, for other programs")),
        FormatChoice("json", _("JSON"), _("all numbers with their parameters, for machines")),
    ]


@require_safe
@curriculum_page()
@once_filled("reports")
def reports(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the gap report holds, and its five formats."""
    policy = policy_asked(request)
    report = gap_report_for(curriculum, policy=policy)
    return render_page(
        request,
        "curricula/plans/reports.html",
        curriculum,
        "reports",
        report=report,
        policy=policy,
        parameters=[(line, Value(line.value, line.kind).text) for line in report.parameters],
        choices=format_choices(),
        sections=SECTIONS,
        always=METHOD,
        evidence_choices=evidence_choices(policy),
        languages=settings.LANGUAGES,
        language=get_language(),
    )


@require_safe
@throttled("report", method="GET")
@curriculum_page()
def download(request: HttpRequest, curriculum: Curriculum, format: str) -> HttpResponse:  # noqa: A002  as in the address
    """The report as a file; `?language=` chooses its language, the reader's own unless given, `?evidence=` by what.

    `?section=`, once for each, chooses what paper and web page print; without it they print everything.
    """
    language = language_asked(request)
    sections = tuple(request.GET.getlist("section")) or EVERY_SECTION
    if format not in FORMATS or not set(sections) <= set(EVERY_SECTION) or not names_evidence(request):
        raise Http404
    rendered = made_before(curriculum, user=request.user, format=format, made=request.GET.get("made"))
    if rendered is None and is_large(curriculum):
        which: dict[str, Any] = {"format": format, "language": language, "policy": policy_asked(request)}
        which |= {"sections": sections}
        return redirect(begin_report(curriculum, user=request.user, address=request.get_full_path(), **which))
    if rendered is None:
        report = full_report_for(curriculum, language=language, policy=policy_asked(request))
        rendered = render(replace(report, sections=sections), format)
    return rendered.download()
