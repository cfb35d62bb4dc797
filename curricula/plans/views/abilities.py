from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from competencies.demand.queries.postings_chosen import facts_of
from competencies.listing import arranged
from curricula.evaluation.reports import gap_report_for
from curricula.models import Curriculum
from curricula.pages import once_filled, render_page
from curricula.plans.filters import AbilityFilter
from curricula.plans.policy import evidence_choices, policy_asked
from curricula.plans.presenters.abilities import ability_page, scale_of
from curricula.plans.queries import counted_postings, found_by_own_words
from curricula.plans.tables import AbilityTable, PostingTable
from curricula.reports.drawings import chart_words
from curricula.reports.evidence import credibility_facts
from curricula.rules import curriculum_page

POSTINGS_ON_PAGE = 25


@require_safe
@curriculum_page()
@once_filled("abilities")
def abilities(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Every ability that counts, with its three shares, its hours and its finding; filtered, sorted, searched."""
    policy = policy_asked(request)
    report = gap_report_for(curriculum, policy=policy)
    wanted = AbilityFilter(request.GET, report=report)
    table = arranged(AbilityTable(wanted.lines, curriculum, scale=scale_of(report.abilities)), request)
    return render_page(
        request,
        "curricula/plans/abilities.html",
        curriculum,
        "abilities",
        report=report,
        filter=wanted,
        table=table,
        chart=chart_words(report),
        evidence_choices=evidence_choices(policy),
        credibility=tuple(credibility_facts(report)),
    )


@require_safe
@curriculum_page()
def curriculum_ability(request: HttpRequest, curriculum: Curriculum, code: str) -> HttpResponse:
    """One ability and what its numbers come from: courses and hours, postings, requirements, raters."""
    report = gap_report_for(curriculum, policy=policy_asked(request))
    page = ability_page(curriculum, report, code)
    if page is None:
        raise Http404
    return render_page(request, "curricula/plans/ability.html", curriculum, "abilities", report=report, page=page)


@require_safe
@curriculum_page()
def postings(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The postings that the demand figures count, or those of them that mention one ability."""
    report = gap_report_for(curriculum)
    ability = request.GET.get("ability", "")
    found = counted_postings(curriculum, report.demand, ability=ability)
    own = found_by_own_words(curriculum, ability=ability) if report.demand else {}
    return render_page(
        request,
        "curricula/plans/postings.html",
        curriculum,
        "postings",
        report=report,
        ability=next((line for line in report.abilities if line.code == ability), None),
        facts=facts_of(found),
        table=arranged(PostingTable(found, ability=ability, own=own), request, per_page=POSTINGS_ON_PAGE),
    )
