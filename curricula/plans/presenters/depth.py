"""What the findings rest on: Webb's criteria, level chains, agreement, vintage and specificity."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.agreement import FIRM, TENTATIVE
from curricula.analysis.frames import Notice
from curricula.analysis.levels import LEVELS, WEBB_THRESHOLDS, WebbCriteria
from curricula.analysis.measures.depth import Specificity, Vintage, WebbProfile
from curricula.evaluation.further import MatrixKeys, depth_for, matrix_keys
from curricula.evaluation.reports import gap_report_for
from curricula.links import Linked, PlanLinks, links_of
from curricula.models import Curriculum
from curricula.reports import svg_marks
from curricula.reports.gap_report import AgreementLine
from curricula.wording import formats, phrases
from curricula.wording.measures import reason_words

CRITERIA: Final[Mapping[str, Any]] = {
    "categorical_concurrence": gettext_lazy("Hits"),
    "depth_of_knowledge": gettext_lazy("Deep enough"),
    "range": gettext_lazy("Broad enough"),
    "balance": gettext_lazy("Even"),
}
VERDICTS: Final[Mapping[str, tuple[Any, str]]] = {
    "acceptable": (gettext_lazy("acceptable"), "ok"),
    "weak": (gettext_lazy("weak"), "na"),
    "not_met": (gettext_lazy("not met"), "gap"),
}
CHAIN_STATES: Final[Mapping[str, tuple[Any, str]]] = {  # in the order in which they need a hand
    "out_of_order": (gettext_lazy("out of order"), "gap"),
    "incomplete": (gettext_lazy("incomplete"), "na"),
    "unknown": (gettext_lazy("order unknown"), "na"),
    "complete": (gettext_lazy("complete, in order"), "ok"),
}
AGES: Final[Mapping[str, Any]] = {
    "dated": gettext_lazy("The plan is closer to the demand of the year before than to that of the last: dated."),
    "ahead": gettext_lazy("The plan is closer to the demand of the last year than to that of the year before."),
    "neither": gettext_lazy("The interval holds 1: the plan is no closer to one year's demand than to the other's."),
}
LEVEL_WARNINGS: Final = ("requirement_levels_assumed", "levels_missing", "course_terms_unknown")
MOST_SPECIFIC: Final = 5  # abilities listed for a position
LEAST_MENTIONS: Final = 5  # fewer mentions make any ratio


@dataclass(frozen=True)
class Criterion:
    title: str
    value: str
    asked: str  # what would be acceptable
    verdict: str
    tone: str


@dataclass(frozen=True)
class WebbLine(Linked):
    """One area, or the whole plan."""

    objectives: int
    aside: str  # what was left out because it states no level; "" where nothing was
    criteria: tuple[Criterion, ...]  # empty with a reason
    reason: str


@dataclass(frozen=True)
class Step:
    """A level at which a course serves the ability, in its term."""

    level: str
    term: int | None
    words: str
    href: str  # of the course


@dataclass(frozen=True)
class ChainLine(Linked):
    code: str
    cells: tuple[tuple[Step, ...], ...]  # what happens in each of the page's terms
    missing: str  # the levels that no course states, in words
    state: str  # of CHAIN_STATES
    reason: str  # why the order is unknown; "" where it is known

    @property
    def state_text(self) -> str:
        return str(CHAIN_STATES[self.state][0])

    @property
    def tone(self) -> str:
        return CHAIN_STATES[self.state][1]


@dataclass(frozen=True)
class ChainCount:
    state: str
    text: str
    tone: str
    abilities: int


@dataclass(frozen=True)
class UnstableCell:
    course: str
    ability: str
    levels: str
    href: str  # the cell in the matrix
    action: str  # where it becomes something to do


@dataclass(frozen=True)
class AgreementPart:
    line: AgreementLine
    rail: SafeString
    raters: str  # in the order in which a cell's levels stand
    unstable: tuple[UnstableCell, ...]


@dataclass(frozen=True)
class VintagePart:
    value: Vintage
    verdict: str
    rail: SafeString
    reason: str


@dataclass(frozen=True)
class SpecificAbility(Linked):
    ratio: float
    mentions: int


@dataclass(frozen=True)
class PositionPart(Linked):
    postings: int
    abilities: tuple[SpecificAbility, ...]


@dataclass(frozen=True)
class DepthPage:
    webb: tuple[WebbLine, ...]
    chains: tuple[ChainLine, ...]
    terms: tuple[int | None, ...]  # None, the last, where a course with a level has no term
    chosen: str  # of CHAIN_STATES, or something that is no state
    agreement: AgreementPart
    vintage: VintagePart
    positions: tuple[PositionPart, ...]
    specificity_reason: str
    level_warnings: tuple[str, ...]  # of the report: what is assumed or not stated

    @property
    def listed(self) -> tuple[ChainLine, ...]:
        """The chains of the state asked for, or all."""
        if self.chosen not in CHAIN_STATES:
            return self.chains
        return tuple(line for line in self.chains if line.state == self.chosen)

    @property
    def chain_counts(self) -> list[ChainCount]:
        counts = Counter(line.state for line in self.chains)
        states = CHAIN_STATES.items()
        return [ChainCount(state, str(text), tone, counts[state]) for state, (text, tone) in states if counts[state]]


def depth_page(curriculum: Curriculum, wishes: Mapping[str, str]) -> DepthPage:
    """Everything the page shows; `chain` chooses one state of the level chains."""
    depth, links = depth_for(curriculum), links_of(curriculum)
    report, keys = gap_report_for(curriculum), matrix_keys(curriculum)
    rows: list[Any] = list(depth.chains.itertuples())
    terms = tuple(sorted({step[0] for row in rows for step in row.steps}, key=lambda term: (term is None, term)))
    lines = [_chain(row, terms, links, keys) for row in rows]
    return DepthPage(
        webb=tuple(_webb(profile, links) for profile in depth.webb),
        chains=tuple(sorted(lines, key=lambda line: list(CHAIN_STATES).index(line.state))),
        terms=terms,
        chosen=wishes.get("chain", ""),
        agreement=_agreement(report.agreement, report.analysis.agreement.unstable, links, keys),
        vintage=_vintage(depth.vintage),
        positions=tuple(_positions(depth.specificity, links)),
        specificity_reason=_said(depth.specificity.reason, titles=links.names.positions),
        level_warnings=tuple(line.message for line in report.warnings if line.code in LEVEL_WARNINGS),
    )


def _said(reason: Notice | None, *, titles: Mapping[str, str] | None = None) -> str:
    return reason_words(reason, titles=titles) if reason else ""


def _webb(profile: WebbProfile, links: PlanLinks) -> WebbLine:
    return WebbLine(
        *links.area(profile.area),
        objectives=profile.objectives,
        aside=_aside(profile),
        criteria=tuple(_criteria(profile.criteria)) if profile.criteria else (),
        reason=_said(profile.reason),
    )


def _aside(profile: WebbProfile) -> str:
    required, mapped = profile.objectives_without_level, profile.hits_without_level
    parts = []
    if required:
        counted = ngettext("%(n)s requirement without a level", "%(n)s requirements without a level", required)
        parts.append(counted % {"n": required})
    if mapped:
        counted = ngettext("%(n)s mapping without a level", "%(n)s mappings without a level", mapped)
        parts.append(counted % {"n": mapped})
    return phrases.listed(parts)


def _criteria(criteria: WebbCriteria) -> Iterator[Criterion]:
    for name, verdict in criteria.verdicts.items():
        kind = "count" if name == "categorical_concurrence" else "index"
        text, tone = VERDICTS[verdict]
        yield Criterion(
            title=str(CRITERIA[name]),
            value=formats.show(getattr(criteria, name), kind),
            asked=_("acceptable from %(bound)s") % {"bound": formats.show(WEBB_THRESHOLDS[name][0], kind)},
            verdict=str(text),
            tone=tone,
        )


def _chain(row: Any, terms: Sequence[int | None], links: PlanLinks, keys: MatrixKeys) -> ChainLine:
    counts = zip(LEVELS, (row.introduced, row.developed, row.assessed), strict=True)
    steps = sorted((_step(step, links, keys) for step in row.steps), key=lambda step: LEVELS.index(step.level))
    return ChainLine(
        *links.ability(row.Index),
        code=row.Index,
        cells=tuple(tuple(step for step in steps if step.term == term) for term in terms),
        missing=phrases.listed([phrases.level_text(level) for level, courses in counts if not courses]),
        state=_state(row),
        reason=_said(row.reason),
    )


def _state(row: Any) -> str:
    if row.in_order is False:
        return "out_of_order"
    if row.in_order is None:
        return "unknown"
    return "complete" if row.complete else "incomplete"


def _step(step: tuple[int | None, str, str], links: PlanLinks, keys: MatrixKeys) -> Step:
    term, course, level = step
    when = _("no term") if term is None else _("term %(number)s") % {"number": term}
    said = phrases.headed(phrases.in_clauses([phrases.level_text(level), when]), links.course(course))
    return Step(level, term, said, links.curriculum.page("course", keys.courses[course]))


def _agreement(line: AgreementLine, unstable: pd.DataFrame, links: PlanLinks, keys: MatrixKeys) -> AgreementPart:
    interval = None if line.low is None or line.high is None else (line.low, line.high)
    said = "" if line.alpha is None else _("alpha %(alpha)s") % {"alpha": formats.index(line.alpha)}
    rows: list[Any] = list(unstable.itertuples())
    return AgreementPart(
        line=line,
        rail=svg_marks.value_rail_svg(line.alpha, span=(0, 1), interval=interval, ticks=(TENTATIVE, FIRM), said=said),
        raters=phrases.listed(keys.raters),
        unstable=tuple(_unstable(row, links, keys) for row in rows),
    )


def _unstable(row: Any, links: PlanLinks, keys: MatrixKeys) -> UnstableCell:
    ability, _page = links.ability(row.ability)
    href = links.curriculum.page("matrix", course=keys.courses[row.course], ability=keys.abilities[row.ability])
    course = links.course(row.course)
    title = _("Agree on %(course)s × %(ability)s") % {"course": course, "ability": ability}
    action = links.curriculum.page(
        "action-new", origin="disputed", course=row.course, ability=row.ability, title=title
    )
    return UnstableCell(course=course, ability=ability, levels=row.levels, href=href, action=action)


def _vintage(value: Vintage) -> VintagePart:
    """On a rail from half to twice, in which turning the ratio round changes sides and nothing else."""
    interval = None if value.low is None or value.high is None else (_doublings(value.low), _doublings(value.high))
    at = None if value.ratio is None else _doublings(value.ratio)
    said = "" if value.ratio is None else _("ratio %(ratio)s") % {"ratio": formats.index(value.ratio)}
    return VintagePart(
        value=value,
        verdict=str(AGES[value.verdict]) if value.verdict and not value.reason else "",
        rail=svg_marks.value_rail_svg(at, span=(-1, 1), interval=interval, ticks=(0,), said=said),
        reason=_said(value.reason),
    )


def _doublings(ratio: float) -> float:
    return math.log2(ratio) if ratio > 0 else -math.inf


def _positions(found: Specificity, links: PlanLinks) -> Iterator[PositionPart]:
    for code in map(str, found.ratios.index):
        postings = int(found.postings.loc[code])
        yield PositionPart(*links.position(code), postings=postings, abilities=tuple(_specific(found, code, links)))


def _specific(found: Specificity, position: str, links: PlanLinks) -> Iterator[SpecificAbility]:
    ratios, mentions, sure = (table.T[position] for table in (found.ratios, found.mentions, found.sure))
    more = (ratios > 1) & sure & (mentions >= LEAST_MENTIONS)
    specific = ratios[more].sort_values(ascending=False, kind="stable")
    for ability, ratio in specific[:MOST_SPECIFIC].items():
        code = str(ability)
        yield SpecificAbility(*links.ability(code), ratio=float(ratio), mentions=int(mentions.loc[code]))
