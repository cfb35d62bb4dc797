"""The gap report as typed objects with words in the reader's language: the one thing every rendering reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from curricula.analysis.frames import GapAnalysis, PairAlignment, Policy
from curricula.wording.facts import Fact
from curricula.wording.formats import Kind


@dataclass(frozen=True)
class ReportSubject:
    """Which curriculum, on which framework, judged when. `key` is school/program/year."""

    key: str
    school: str
    program: str
    year: int
    framework: str  # slug
    framework_title: str
    framework_version: str
    created: datetime
    language: str  # "en" or "zh-hans": of the words in this report
    sample: bool  # invented sample data, said wherever a number stands
    source_notes: tuple[
        tuple[str, str], ...
    ] = ()  # demand source slug, its licence, region and coverage note in words


@dataclass(frozen=True)
class AbilityLine:
    """One ability; numbers as METHOD.md defines them, None where unknown."""

    code: str
    title: str
    area: str
    area_title: str
    hours: dict[str, float]
    taught_hours: float
    practised_hours: float
    exposure_hours: float
    assessed_hours: float
    taught_share: float | None
    practised_share: float | None
    exposure_share: float | None
    required_share: float | None
    demand_mentions: int | None
    demand_rate: float | None
    demand_low: float | None
    demand_high: float | None
    demand_share: float | None
    demand_share_low: float | None
    demand_share_high: float | None
    level_reached: str
    level_required: str
    exposure_status: str
    theory_status: str
    practice_status: str
    trend: str
    trend_text: str
    change: float | None  # of the demand rate, after − before
    change_low: float | None
    change_high: float | None
    label: str
    label_text: str
    tone: str  # gap, ok, over, na: the colour family of LOOKS.md, never without the word
    demand_unknown: bool
    never_assessed: bool
    provisional: bool
    gap: float | None  # signed, exposure share − demand share, else − required share
    misalignment: float | None  # the size that orders the report, ≥ 0: of the gap that the label names
    reasons: tuple[str, ...]
    courses: tuple[str, ...]

    @property
    def gap_size(self) -> float:
        return abs(self.gap or 0.0)


@dataclass(frozen=True)
class AreaLine:
    code: str
    title: str
    hours: dict[str, float]


@dataclass(frozen=True)
class IndexLine:
    pair: str
    title: str
    value: PairAlignment
    verdict: str  # one line of words: within, above or below what chance gives, or why undefined


@dataclass(frozen=True)
class PositionLine:
    code: str
    title: str
    prepared: bool
    required: int
    taught: int
    practised: int
    assessed: int


@dataclass(frozen=True)
class CertificationLine:
    code: str
    title: str
    direction: str
    direction_title: str
    courses_required: int
    courses_offered: int
    missing: tuple[str, ...]  # titles of reference courses
    missing_codes: tuple[str, ...]


@dataclass(frozen=True)
class CourseLine:
    code: str
    title: str
    credits: float | None
    term: int | None
    hours: dict[str, float | None]
    mapped: bool
    facts: tuple[Fact, ...] = ()  # the other fields that are declared for the report


@dataclass(frozen=True)
class RecommendationLine:
    kind: str
    kind_text: str
    ability: str
    ability_title: str
    course: str | None
    course_title: str
    reason: str
    worth: float
    candidates: tuple[str, ...] = ()  # other courses that could carry it, titles, best first
    reference_courses: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    blocking: int | None = None


@dataclass(frozen=True)
class WarningLine:
    code: str
    message: str


@dataclass(frozen=True)
class DemandLine:
    sources: tuple[str, ...]
    first: date
    last: date
    postings: int
    postings_before: int
    undated: int
    employers: int | None
    employer_unknown: int
    mentions: int
    duplicates_removed: int
    other_positions: int
    older: int
    design_effect_max: float | None
    notes: tuple[tuple[str, str], ...]  # source, its licence, region and coverage in words


@dataclass(frozen=True)
class AgreementLine:
    raters: int
    alpha: float | None
    low: float | None
    high: float | None
    verdict: str  # firm, tentative or unknown in one sentence, or why it is undefined
    unstable: tuple[tuple[str, str, str], ...]  # course, ability, the levels that differ


@dataclass(frozen=True)
class LabelLine:
    """What a label means, and how many abilities of this report carry it."""

    code: str
    text: str
    tone: str
    meaning: str
    abilities: int


@dataclass(frozen=True)
class ParameterLine:
    """One threshold of the policy; `kind` says how `value` is written."""

    key: str
    title: str
    value: float | int | bool
    kind: Kind
    reason: str


@dataclass(frozen=True)
class SentencePart:
    """A piece of the finding; the strong ones state the gap and may be set off, never by colour alone."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class GapReport:
    subject: ReportSubject
    policy: Policy
    analysis: GapAnalysis
    sentence_parts: tuple[SentencePart, ...]
    evidence: str  # what stands behind the sentence, in one line
    demand: DemandLine | None
    abilities: tuple[AbilityLine, ...]  # the counted ones, largest misalignment first
    areas: tuple[AreaLine, ...]
    unmapped: dict[str, float]
    unmapped_part: float | None
    indices: tuple[IndexLine, ...]
    positions: tuple[PositionLine, ...]
    certifications: tuple[CertificationLine, ...]
    courses: tuple[CourseLine, ...]
    recommendations: tuple[RecommendationLine, ...]
    map_first: str  # that the mapping should be finished before any of them; "" where it is far enough
    warnings: tuple[WarningLine, ...]
    agreement: AgreementLine
    labels: tuple[LabelLine, ...]  # in the order of the rules
    parameters: tuple[ParameterLine, ...]
    method: tuple[str, ...]  # how to read the figures, one short paragraph each

    @property
    def sentence(self) -> str:
        """The finding a dean can read aloud."""
        return "".join(part.text for part in self.sentence_parts)
