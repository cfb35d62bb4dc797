from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from curricula.evaluation.reports import POLICY, as_of_today, gap_report_for, hours_plan_for, hours_plan_known
from curricula.models import Curriculum
from curricula.pages import once_filled, render_page
from curricula.plans.policy import evidence_choices, policy_asked
from curricula.plans.presenters.abilities import first_lines
from curricula.reports.drawings import chart_words, findings, heat, heat_modes
from curricula.reports.evidence import rests_on_words
from curricula.reports.figures import three_shares
from curricula.reports.gap_report import AbilityLine
from curricula.rules import curriculum_page

ROWS_ON_OVERVIEW = 20
ROWS_AT_FIRST = 10  # the others follow when asked for
WORTH_MOST = 5
POSITIONS_ON_OVERVIEW = 7
MAIN_PAIRS = ("theory_practice", "theory_demand", "practice_demand")
# Warnings that change how everything on the page is to be read stand at its top.
LOUD = (
    *(
        "positions_not_chosen",
        "mapping_unfinished",
        "map_next",
        "signed_off_unmapped",
        "unmapped_hours",
        "practice_not_stated",
        "practice_rests_on_few",
    ),
    *("no_demand_source", "no_postings", "no_postings_for_positions", "too_few_postings", "too_few_employers"),
)
ELECTIVES = ("electives_by_part", "electives_counted_whole")


@require_safe
@curriculum_page()
@once_filled("overview")
def overview(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What a dean reads first: the sentence, the chart, the indices, and what is missing."""
    return _overview(request, curriculum)


@require_safe
@curriculum_page()
@once_filled("overview")
def overview_today(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """An approved plan as it would be judged by the framework and the postings of today."""
    return _overview(request, as_of_today(curriculum))


def _overview(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    policy = policy_asked(request)
    # What hours alone can do takes longer than all the rest: the page asks for it once it is shown (later.js).
    hours_of = hours_plan_for if "hours" in request.GET or curriculum.as_today else hours_plan_known
    plan = hours_of(curriculum, policy=policy)
    report = gap_report_for(curriculum, policy=policy, plan=plan)
    shown = first_lines(report, ROWS_ON_OVERVIEW)

    def link(line: AbilityLine) -> str:
        return curriculum.page("curriculum-ability", line.code)

    return render_page(
        request,
        "curricula/plans/overview.html",
        curriculum,
        "overview",
        report=report,
        shown=shown,
        figure=three_shares(shown[:ROWS_AT_FIRST], link=link, beside=shown),
        following=shown[ROWS_AT_FIRST:],
        figure_following=three_shares(shown[ROWS_AT_FIRST:], link=link, beside=shown),
        chart=chart_words(report),
        without_demand=not report.demand_known,
        heat=heat(report),
        modes=heat_modes(report),
        main_pairs=MAIN_PAIRS,
        loud=[warning for warning in report.warnings if warning.code in LOUD],
        electives=next((warning for warning in report.warnings if warning.code in ELECTIVES), None),
        policy=policy,
        positions=[line for line in report.positions if line.prepared][:POSITIONS_ON_OVERVIEW],
        recommendations=report.recommendations[:WORTH_MOST],
        # What is tried starts from the plan as it is, and so from all of its mappings.
        later=plan is None and report.demand_known,
        tried=bool(report.hours and report.hours.lines) and policy == POLICY,
        evidence_choices=evidence_choices(policy),
        findings=findings(report),
        rests_on=rests_on_words(report.abilities),
    )
