"""All programs of a school in one report, from the newest plan of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from curricula.analysis.measures.composition import composition
from curricula.models import Curriculum, School, SchoolLogo
from curricula.queries import first_step_of
from curricula.reports.committee.school import LackLine, ProgramLine, SchoolReport
from curricula.reports.gap_report import GapReport
from curricula.wording import phrases

from .reports import POLICY, frames_of, gap_report_for

SEVERAL = 2  # programs that lack an ability before that is the school's affair


def newest_plans(school: School) -> list[Curriculum]:
    """Of each program its newest plan, in the order of the programs' short names."""
    plans = Curriculum.objects.filter(program__school=school, program__removed_at=None)
    ordered = plans.select_related("program__school", "framework").order_by("program__slug", "-year", "-version")
    newest: dict[int, Curriculum] = {}
    for plan in ordered:
        newest.setdefault(plan.program_id, plan)
    return list(newest.values())


def school_report(school: School, *, language: str | None = None) -> SchoolReport:
    """A line for each program that has a plan; the words are in one language."""
    with override(language or get_language() or "en"):
        plans = newest_plans(school)
        reports = {plan.pk: gap_report_for(plan) for plan in plans if first_step_of(plan) is None}
        logo, now = SchoolLogo.objects.filter(school=school).first(), timezone.now()
        return SchoolReport(
            slug=school.slug,
            school=str(school),
            made=now,
            day=timezone.localdate(now),
            language=get_language() or "en",
            sample=_sample(school, reports.values()),
            programs=tuple(_line(plan, reports.get(plan.pk)) for plan in plans),
            lacks=tuple(_lacks(plans, reports)),
            logo=bytes(logo.png) if logo else b"",
        )


def _sample(school: School, reports: Iterable[GapReport]) -> str:
    said = _("Invented sample data: no figure here is about a real school or a real employer.")
    return said if school.sample or any(report.subject.sample for report in reports) else ""


def _plan_words(plan: Curriculum) -> str:
    version = _("version %(version)s") % {"version": plan.version} if plan.version > 1 else ""
    return phrases.in_clauses(filter(None, (plan.year_of_entry, version, str(plan.get_state_display()))))


def _line(plan: Curriculum, report: GapReport | None) -> ProgramLine:
    whole = composition(frames_of(plan), POLICY, modules={}).whole
    return ProgramLine(
        program=str(plan.program),
        plan=_plan_words(plan),
        courses=whole.courses,
        credits=whole.credits,
        practice_part=whole.practice_part,
        mapped=sum(line.mapped for line in report.courses) if report else 0,
        gaps=_gaps(report) if report else None,
        undecided=report.undecided if report else None,
        sentence=report.sentence if report else _("The plan has nothing to report yet."),
    )


def _gaps(report: GapReport) -> int | None:
    """None where no ability could be judged, which is not none."""
    judged = any(line.tone != "na" for line in report.abilities)
    return sum(line.tone == "gap" for line in report.abilities) if judged else None


def _lacks(plans: Iterable[Curriculum], reports: dict[int, GapReport]) -> Iterator[LackLine]:
    """Abilities of one framework that are gaps in several programs, in most of them first."""
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plan in plans:
        for line in reports[plan.pk].abilities if plan.pk in reports else ():
            if line.tone == "gap":
                lacking[plan.framework.slug, line.title].append(str(plan.program))
    found = (LackLine(ability, tuple(programs)) for (_slug, ability), programs in lacking.items())
    several = [line for line in found if len(line.programs) >= SEVERAL]
    yield from sorted(several, key=lambda line: (-len(line.programs), line.ability))
