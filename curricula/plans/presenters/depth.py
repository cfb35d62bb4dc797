"""What lies behind levels, raters and demand: Webb's criteria, level chains, agreement, vintage and specificity."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.agreement import FIRM, TENTATIVE
from curricula.analysis.levels import LEVELS, WEBB_THRESHOLDS
from curricula.analysis.measures.depth import Specificity, Vintage, WebbProfile
from curricula.evaluation.further import Depth, MatrixKeys, depth_for, matrix_keys
from curricula.evaluation.reports import gap_report_for, names_for
from curricula.models import Curriculum
from curricula.reports import svg_marks
from curricula.reports.gap_report import (
    AgreementLine,
)
from curricula.wording import formats, phrases
from curricula.wording.measures import reason_words
from curricula.wording.names import (
    Names,
)

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
class WebbLine:
    title: str  # of the area, or the whole plan
    href: str
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
class TermCell:
    """What happens to an ability in a term, or in courses without one."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ChainLine:
    code: str
    title: str
    href: str
    cells: tuple[TermCell, ...]  # one for each of the page's terms
    missing: str  # the levels that no course states, in words
    state: str  # of CHAIN_STATES
    state_text: str
    tone: str
    reason: str  # why the order is unknown; "" where it is known


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
class SpecificAbility:
    title: str
    href: str
    ratio: float
    mentions: int


@dataclass(frozen=True)
class PositionPart:
    title: str
    href: str
    postings: int
    abilities: tuple[SpecificAbility, ...]


@dataclass(frozen=True)
class DepthPage:
    webb: tuple[WebbLine, ...]
    chains: tuple[ChainLine, ...]
    listed: tuple[ChainLine, ...]  # those of the state asked for
    chain_counts: tuple[ChainCount, ...]
    terms: tuple[int | None, ...]  # None, the last, where a course with a level has no term
    chosen: str
    agreement: AgreementPart
    vintage: VintagePart
    positions: tuple[PositionPart, ...]
    specificity_reason: str
    level_warnings: tuple[str, ...]  # of the report: what is assumed or not stated


def depth_page(curriculum: Curriculum, wishes: Mapping[str, str]) -> DepthPage:
    """Everything the page shows; `chain` chooses one state of the level chains."""
    depth, names = depth_for(curriculum), names_for(curriculum)
    report, keys = gap_report_for(curriculum), matrix_keys(curriculum)
    chains = _chains(depth, curriculum, names, keys)
    chosen = wishes.get("chain", "")
    return DepthPage(
        webb=tuple(_webb(profile, curriculum, names) for profile in depth.webb),
        chains=chains,
        listed=tuple(line for line in chains if line.state == chosen) if chosen in CHAIN_STATES else chains,
        chain_counts=tuple(_counted(chains)),
        terms=_level_terms(depth),
        chosen=chosen,
        agreement=_agreement(
            report.agreement, report.analysis.agreement.unstable, curriculum=curriculum, names=names, keys=keys
        ),
        vintage=_vintage(depth.vintage),
        positions=tuple(_positions(depth.specificity, curriculum, names)),
        specificity_reason=reason_words(depth.specificity.reason, titles=names.positions)
        if depth.specificity.reason
        else "",
        level_warnings=tuple(line.message for line in report.warnings if line.code in LEVEL_WARNINGS),
    )


def _webb(profile: WebbProfile, curriculum: Curriculum, names: Names) -> WebbLine:
    title = names.abilities.get(profile.area, profile.area) if profile.area else _("The whole plan")
    href = curriculum.page("abilities") + (f"?{urlencode({'area': profile.area})}" if profile.area else "")
    criteria = tuple(_criteria(profile)) if profile.criteria else ()
    reason = reason_words(profile.reason) if profile.reason else ""
    return WebbLine(title, href, profile.objectives, _aside(profile), criteria, reason)


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


def _criteria(profile: WebbProfile) -> Iterator[Criterion]:
    assert profile.criteria is not None  # noqa: S101  the caller asked
    for name, verdict in profile.criteria.verdicts.items():
        kind = "count" if name == "categorical_concurrence" else "index"
        text, tone = VERDICTS[verdict]
        yield Criterion(
            title=str(CRITERIA[name]),
            value=formats.show(getattr(profile.criteria, name), kind),
            asked=_("acceptable from %(bound)s") % {"bound": formats.show(WEBB_THRESHOLDS[name][0], kind)},
            verdict=str(text),
            tone=tone,
        )


def _chains(depth: Depth, curriculum: Curriculum, names: Names, keys: MatrixKeys) -> tuple[ChainLine, ...]:
    terms = _level_terms(depth)
    lines = [_chain(row, terms, curriculum, names, keys) for row in _rows(depth.chains)]
    order = list(CHAIN_STATES)
    return tuple(sorted(lines, key=lambda line: order.index(line.state)))


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


def _level_terms(depth: Depth) -> tuple[int | None, ...]:
    """The terms in which a course with a level stands."""
    terms = {term for row in _rows(depth.chains) for term, _course, _level in row.steps}
    return tuple(sorted(terms, key=lambda term: (term is None, term)))


def _chain(row: Any, terms: Sequence[int | None], curriculum: Curriculum, names: Names, keys: MatrixKeys) -> ChainLine:
    state = _state(row)
    counts = (row.introduced, row.developed, row.assessed)
    text, tone = CHAIN_STATES[state]
    steps = [_step(*step, curriculum=curriculum, names=names, keys=keys) for step in row.steps]
    return ChainLine(
        code=row.Index,
        title=names.abilities.get(row.Index, row.Index),
        href=curriculum.page("curriculum-ability", row.Index),
        cells=tuple(_cell(steps, term) for term in terms),
        missing=phrases.listed([phrases.level_text(level) for level, n in zip(LEVELS, counts, strict=True) if not n]),
        state=state,
        state_text=str(text),
        tone=tone,
        reason=reason_words(row.reason) if row.reason else "",
    )


def _cell(steps: Sequence[Step], term: int | None) -> TermCell:
    ours = [step for step in steps if step.term == term]
    return TermCell(tuple(sorted(ours, key=lambda step: LEVELS.index(step.level))))


def _state(row: Any) -> str:
    if row.in_order is False:
        return "out_of_order"
    if row.in_order is None:
        return "unknown"
    return "complete" if row.complete else "incomplete"


def _step(
    term: int | None, course: str, level: str, *, curriculum: Curriculum, names: Names, keys: MatrixKeys
) -> Step:
    named = f"{course} {names.courses.get(course, '')}".strip()
    when = _("no term") if term is None else _("term %(number)s") % {"number": term}
    said = phrases.headed(phrases.in_clauses([phrases.level_text(level), when]), named)
    return Step(level, term, said, curriculum.page("course", keys.courses[course]))


def _counted(chains: Sequence[ChainLine]) -> Iterator[ChainCount]:
    for state, (text, tone) in CHAIN_STATES.items():
        abilities = sum(line.state == state for line in chains)
        if abilities:
            yield ChainCount(state, str(text), tone, abilities)


def _agreement(
    line: AgreementLine, unstable: pd.DataFrame, *, curriculum: Curriculum, names: Names, keys: MatrixKeys
) -> AgreementPart:
    interval = None if line.low is None or line.high is None else (line.low, line.high)
    said = "" if line.alpha is None else _("alpha %(alpha)s") % {"alpha": formats.index(line.alpha)}
    return AgreementPart(
        line=line,
        rail=svg_marks.value_rail_svg(line.alpha, span=(0, 1), interval=interval, ticks=(TENTATIVE, FIRM), said=said),
        raters=phrases.listed(keys.raters),
        unstable=tuple(_unstable(row, curriculum, names, keys) for row in _rows(unstable)),
    )


def _unstable(row: Any, curriculum: Curriculum, names: Names, keys: MatrixKeys) -> UnstableCell:
    place = urlencode({"course": keys.courses[row.course], "ability": keys.abilities[row.ability]})
    return UnstableCell(
        course=f"{row.course} {names.courses.get(row.course, '')}".strip(),
        ability=names.abilities.get(row.ability, row.ability),
        levels=row.levels,
        href=f"{curriculum.page('matrix')}?{place}",
    )


def _vintage(value: Vintage) -> VintagePart:
    """On a rail from half to twice, in which turning the ratio round changes sides and nothing else."""
    interval = None if value.low is None or value.high is None else (_doublings(value.low), _doublings(value.high))
    at = None if value.ratio is None else _doublings(value.ratio)
    said = "" if value.ratio is None else _("ratio %(ratio)s") % {"ratio": formats.index(value.ratio)}
    return VintagePart(
        value=value,
        verdict=str(AGES[value.verdict]) if value.verdict and not value.reason else "",
        rail=svg_marks.value_rail_svg(at, span=(-1, 1), interval=interval, ticks=(0,), said=said),
        reason=reason_words(value.reason) if value.reason else "",
    )


def _doublings(ratio: float) -> float:
    return math.log2(ratio) if ratio > 0 else -math.inf


def _positions(found: Specificity, curriculum: Curriculum, names: Names) -> Iterator[PositionPart]:
    for code in map(str, found.ratios.index):
        yield PositionPart(
            title=names.positions.get(code, code),
            href=curriculum.page("curriculum-position", code),
            postings=int(found.postings.loc[code]),
            abilities=tuple(_specific(found, code, curriculum, names)),
        )


def _specific(found: Specificity, position: str, curriculum: Curriculum, names: Names) -> Iterator[SpecificAbility]:
    ratios, mentions = found.ratios.T[position], found.mentions.T[position]
    specific = ratios[(ratios > 1) & (mentions >= LEAST_MENTIONS)].sort_values(ascending=False, kind="stable")
    for ability, ratio in specific[:MOST_SPECIFIC].items():
        code = str(ability)
        yield SpecificAbility(
            title=names.abilities.get(code, code),
            href=curriculum.page("curriculum-ability", code),
            ratio=float(ratio),
            mentions=int(mentions.loc[code]),
        )
