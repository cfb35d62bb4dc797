"""Two to six plans on one framework, side by side: findings, shares, indices, distances and what changed by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from curricula.analysis.frames import Notice
from curricula.analysis.measures.comparison import FEWEST, MOST, compare
from curricula.evaluation.reports import gap_report_for
from curricula.models import Curriculum
from curricula.models.curriculum import entered
from curricula.queries import first_step_of
from curricula.reports.finding_changes import FindingChanges, finding_changes, found_in
from curricula.reports.gap_report import AbilityLine, GapReport, IndexLine
from curricula.wording import formats, phrases
from curricula.wording.measures import reason_words


@dataclass(frozen=True)
class Plan:
    """One of the plans compared; `title` says as much as tells them apart, `short` names it in a table."""

    curriculum: Curriculum
    report: GapReport
    title: str
    program: str  # "" where all are of one program
    lines: dict[str, AbilityLine]

    @property
    def short(self) -> str:
        return entered(self.program, self.curriculum.year)

    @property
    def key(self) -> str:
        return self.curriculum.key


@dataclass(frozen=True)
class AbilityInPlan:
    """What a plan does for an ability; no line where nothing there counts for it."""

    plan: Plan
    line: AbilityLine | None
    href: str


@dataclass(frozen=True)
class AbilityRow:
    code: str
    title: str
    cells: tuple[AbilityInPlan, ...]  # one a plan

    @property
    def differs(self) -> bool:
        return len({cell.line.label if cell.line else None for cell in self.cells}) > 1

    @property
    def spread(self) -> float:
        """From the smallest to the largest share of all hours."""
        shares = [(cell.line.exposure_share or 0.0) if cell.line else 0.0 for cell in self.cells]
        return max(shares) - min(shares)


@dataclass(frozen=True)
class IndexRow:
    title: str
    cells: tuple[tuple[Plan, IndexLine], ...]  # one a plan


@dataclass(frozen=True)
class Distance:
    """How far two plans lie apart, 0 to 1, or why it cannot be told."""

    one: str  # keys of the plans
    other: str
    moving: float | None  # the part of the hours that would have to move
    jensen_shannon: float | None
    reason: str = ""


@dataclass(frozen=True)
class YearStep:
    before: Plan
    after: Plan
    findings: FindingChanges


@dataclass(frozen=True)
class Comparison:
    plans: tuple[Plan, ...]
    rows: tuple[AbilityRow, ...]  # those with different findings first, then by spread
    indices: tuple[IndexRow, ...]
    distances: tuple[Distance, ...]
    steps: tuple[YearStep, ...]
    demand_caution: str  # why findings may differ for another reason than the plans; "" without one
    index_caution: str  # why indices that stand side by side may not be comparable
    sentence: str

    @property
    def differing(self) -> list[AbilityRow]:
        return [row for row in self.rows if row.differs]

    @property
    def distance_rows(self) -> list[tuple[Plan, list[Distance | None]]]:
        """Each plan with its distance to every plan; None to itself."""
        known = {frozenset((each.one, each.other)): each for each in self.distances}
        return [(plan, [known.get(frozenset((plan.key, other.key))) for other in self.plans]) for plan in self.plans]


@dataclass(frozen=True)
class PlanChoice:
    """What was asked for, and what of it can be compared."""

    chosen: tuple[Curriculum, ...]
    problems: tuple[str, ...]  # why one of them is left out, or nothing is compared

    @property
    def enough(self) -> bool:
        return len(self.chosen) >= FEWEST


def choice_of(curricula: Sequence[Curriculum]) -> PlanChoice:
    """Those of the plans that can be compared: mapped, on the framework of the first, and at most six."""
    problems, mapped = [], []
    for curriculum in curricula:
        if first_step_of(curriculum) is None:
            mapped.append(curriculum)
        else:
            problems.append(_("%(plan)s is not mapped to abilities yet.") % {"plan": plan_title(curriculum)})
    fitting = [curriculum for curriculum in mapped if curriculum.framework_id == mapped[0].framework_id]
    for curriculum in mapped:
        if curriculum not in fitting:
            named = {"plan": plan_title(curriculum), "framework": curriculum.framework.title}
            problems.append(_("%(plan)s is mapped to another framework: %(framework)s.") % named)
    if len(fitting) > MOST:
        problems.append(_("At most six plans are compared at once; the first six are shown."))
    return PlanChoice(tuple(fitting[:MOST]), tuple(problems))


def plan_title(curriculum: Curriculum) -> str:
    """Program and year, with the school before them."""
    program = curriculum.program
    return f"{program.school} · {curriculum.name}"


def comparison_of(curricula: Sequence[Curriculum]) -> Comparison:
    """Everything the page shows of plans on one framework."""
    plans = tuple(_plans(curricula))
    found = compare({plan.key: plan.report.analysis for plan in plans})
    titles = {plan.key: plan.title for plan in plans}
    rows = _rows(plans)
    distances = tuple(_distance(row, titles) for row in found.distances.itertuples())
    return Comparison(
        plans=plans,
        rows=rows,
        indices=tuple(_index_rows(plans)),
        distances=distances,
        steps=tuple(_steps(plans, rows)),
        demand_caution="".join(reason_words(each) for each in found.cautions if each.code == "demand_differs"),
        index_caution=_index_caution(found.cautions),
        sentence=_sentence(rows, distances, titles),
    )


def _plans(curricula: Sequence[Curriculum]) -> Iterator[Plan]:
    one_school = len({curriculum.program.school_id for curriculum in curricula}) == 1
    one_program = len({curriculum.program_id for curriculum in curricula}) == 1
    for curriculum in curricula:
        report = gap_report_for(curriculum)
        yield Plan(
            curriculum=curriculum,
            report=report,
            title=curriculum.name if one_school else plan_title(curriculum),
            program="" if one_program else str(curriculum.program),
            lines={line.code: line for line in report.abilities},
        )


def _rows(plans: Sequence[Plan]) -> tuple[AbilityRow, ...]:
    titles = {line.code: line.title for plan in plans for line in plan.report.abilities}
    rows = [AbilityRow(code, title, tuple(_cell(plan, code) for plan in plans)) for code, title in titles.items()]
    return tuple(sorted(rows, key=lambda row: (not row.differs, -row.spread, row.code)))


def _cell(plan: Plan, code: str) -> AbilityInPlan:
    return AbilityInPlan(plan, plan.lines.get(code), plan.curriculum.page("curriculum-ability", code))


def _index_rows(plans: Sequence[Plan]) -> Iterator[IndexRow]:
    for lines in zip(*(plan.report.indices for plan in plans), strict=True):
        yield IndexRow(lines[0].title, tuple(zip(plans, lines, strict=True)))


def _index_caution(cautions: Sequence[Notice]) -> str:
    pairs = [phrases.pair_text(str(each.values["pair"])) for each in cautions if each.code == "cells_differ"]
    if not pairs:
        return ""
    return _(
        "Over more abilities in one plan than in another, so that only places in the band can be compared: %(pairs)s."
    ) % {"pairs": phrases.listed(pairs)}


def _distance(row: Any, titles: Mapping[str, str]) -> Distance:
    known = row.reason is None
    return Distance(
        one=row.left,
        other=row.right,
        moving=float(row.porter_distance) if known else None,
        jensen_shannon=float(row.jensen_shannon) if known else None,
        reason="" if known else reason_words(row.reason, titles=titles),
    )


def _steps(plans: Sequence[Plan], rows: Sequence[AbilityRow]) -> Iterator[YearStep]:
    """From each plan to the next one of the same program, by year of entry."""
    order = [row.code for row in rows]
    by_program = sorted(plans, key=lambda plan: (plan.curriculum.program_id, plan.curriculum.year))
    for _program, years in groupby(by_program, key=lambda plan: plan.curriculum.program_id):
        for before, after in pairwise(years):
            sides = (found_in(plan.lines.values()) for plan in (before, after))
            yield YearStep(before, after, finding_changes(*sides, order=order))


def _sentence(rows: Sequence[AbilityRow], distances: Sequence[Distance], titles: Mapping[str, str]) -> str:
    differing = sum(row.differs for row in rows)
    known = [(distance.moving, distance) for distance in distances if distance.moving is not None]
    if not differing and known and not any(moving for moving, _distance in known):
        return _("The findings are the same in all plans, and so is how the hours are divided.")
    parts = [
        formats.plural(
            "Of %(all)s abilities, %(count)s has another finding in one plan than in another.",
            "Of %(all)s abilities, %(count)s have another finding in one plan than in another.",
            differing,
            all=len(rows),
            count=differing,
        )
    ]
    if known:
        moving, farthest = max(known, key=lambda pair: pair[0])
        named = {"one": titles[farthest.one], "other": titles[farthest.other], "part": formats.share(moving)}
        parts.append(_apart(len(titles)) % named)
    return phrases.space().join(parts)


def _apart(plans: int) -> str:
    if plans == 2:
        return _("%(part)s of the hours would have to move to make them alike.")
    return _("Farthest apart are %(one)s and %(other)s: %(part)s of the hours would have to move.")
