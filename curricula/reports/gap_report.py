"""The gap report as typed objects with words in the reader's language: the one thing every rendering reads."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curricula.analysis.codes import FIRST_WARNINGS
from curricula.analysis.frames import GapAnalysis, PairAlignment, Policy
from curricula.analysis.next_evidence import UNDECIDED
from curricula.wording import formats
from curricula.wording.facts import Fact
from curricula.wording.formats import Kind

from .advice_lines import HoursAdvice, RecommendationLine
from .panels import PanelSection
from .sections import EVERY_SECTION


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
    source_notes: tuple[tuple[str, str], ...] = ()  # a demand source's slug; licence, region and coverage in words
    signed_off_because: str = ""  # why the mapping was signed off, where somebody had to say
    version: int = 1
    state: str = ""  # code of Curriculum.State
    state_text: str = ""

    @property
    def day(self) -> date:
        """When it was made, in the site's time zone: the one date of every rendering."""
        return timezone.localdate(self.created)

    @property
    def version_text(self) -> str:
        """Which version of the plan was judged, and how far it is approved."""
        return " · ".join(filter(None, (_("version %(version)s") % {"version": self.version}, self.state_text)))


@dataclass(frozen=True)
class Told:
    """How a field of an ability is told: under which title in tables, written how, and in which files."""

    title: str = ""  # "": in no table
    kind: Kind = "text"
    json: bool = True
    csv: bool = True


def _told(title: str = "", kind: Kind = "text", *, json: bool = True, csv: bool = True) -> Any:
    return field(metadata={"told": Told(title, kind, json, csv)})


@dataclass(frozen=True)
class AbilityLine:
    """One ability; numbers as METHOD.md defines them, None where unknown.

    The declaration of an ability's columns: the analysis' columns of the same names are read into it by their kind,
    and every table and file reads it in this order. A new column is one line here.
    """

    code: str = _told(gettext_noop("Code"))
    title: str = _told(gettext_noop("Ability"))
    area: str = _told()
    area_title: str = _told(gettext_noop("Area"), json=False)
    label: str = _told()
    label_text: str = _told(gettext_noop("Finding"), json=False)
    gap: float | None = _told(gettext_noop("Gap, points"), "points", json=False)  # exposure − demand, else − required
    hours: dict[str, float | None] = _told(gettext_noop("%(mode)s, h"), "hours")  # noqa: RUF009  a column a mode
    taught_hours: float | None = _told(gettext_noop("Taught, h"), "hours")
    practised_hours: float | None = _told(gettext_noop("Practised, h"), "hours")
    practised_low: float = _told(kind="hours")
    practised_high: float | None = _told(gettext_noop("Practised at most, h"), "hours")
    unsplit_hours: float = _told(gettext_noop("Not split into modes, h"), "hours")
    exposure_hours: float = _told(kind="hours", json=False)
    assessed_hours: float | None = _told(gettext_noop("Assessed, h"), "hours")
    evidence_declared: float = _told(gettext_noop("Declared, h"), "hours")  # of the exposure hours
    evidence_syllabus: float = _told(gettext_noop("In the syllabus, h"), "hours")
    evidence_assessed: float = _told(gettext_noop("Known from assessment, h"), "hours")
    evidence_artefact: float = _told(gettext_noop("Shown by students' work, h"), "hours")
    taught_share: float | None = _told(gettext_noop("Taught share"), "share")
    practised_share: float | None = _told(gettext_noop("Practised share"), "share")
    practised_share_high: float | None = _told(gettext_noop("Practised share, at most"), "share", json=False)
    exposure_share: float | None = _told(gettext_noop("Share of all hours"), "share")
    required_share: float | None = _told(gettext_noop("Required share"), "share")
    demand_mentions: int | None = _told(gettext_noop("Postings that ask"), "count")
    effective_postings: float | None = _told(gettext_noop("Postings in effect"), "hours")
    demand_rate: float | None = _told(gettext_noop("Rate"), "share")
    demand_low: float | None = _told(gettext_noop("Rate, low"), "share")
    demand_high: float | None = _told(gettext_noop("Rate, high"), "share")
    demand_share: float | None = _told(gettext_noop("Demand share"), "share")
    demand_share_low: float | None = _told(gettext_noop("Demand share, low"), "share", json=False)
    demand_share_high: float | None = _told(gettext_noop("Demand share, high"), "share", json=False)
    trend: str = _told()
    trend_text: str = _told(gettext_noop("Trend"), json=False, csv=False)
    change: float | None = _told(gettext_noop("Change, points"), "points", json=False)  # of the rate, after − before
    change_low: float | None = _told(gettext_noop("Change, low"), "points", json=False)
    change_high: float | None = _told(gettext_noop("Change, high"), "points", json=False)
    level_reached: str = _told(gettext_noop("Level reached"))
    level_required: str = _told(gettext_noop("Level required"))
    exposure_status: str = _told(gettext_noop("All hours to demand"))
    theory_status: str = _told(gettext_noop("Theory to demand"))
    practice_status: str = _told(gettext_noop("Practice to demand"))
    chain_incomplete: bool = _told(gettext_noop("Levels incomplete"), "flag")
    shares_assumed: bool = _told(gettext_noop("Shares mostly assumed"), "flag")
    never_assessed: bool | None = _told(gettext_noop("Never assessed"), "flag")
    provisional: bool = _told(gettext_noop("Provisional"), "flag")
    demand_unknown: bool = _told(kind="flag")
    courses: tuple[str, ...] = _told(gettext_noop("Courses"))
    reasons: tuple[str, ...] = _told(gettext_noop("Reasons"))
    attainment: None = _told(csv=False)  # what students showed; no record is read yet
    tone: str = _told(json=False, csv=False)  # gap, ok, over, na: the colour family, never without the word
    weaker: int = _told(json=False, csv=False)  # mappings that do not count, where it has no other
    misalignment: float | None = _told(json=False, csv=False)  # orders the report, ≥ 0: of the gap that is named

    @property
    def split(self) -> bool:
        """Whether the plan tells theory from practice at all."""
        return self.taught_share is not None or self.practised_share is not None

    @property
    def drawn_hours(self) -> float | None:
        """The share that the first mark shows: of theory, or of all hours where no course splits them."""
        return self.taught_share if self.split else self.exposure_share

    @property
    def undecided(self) -> bool:
        """Whether further evidence could settle the finding."""
        return self.label in UNDECIDED and not self.weaker

    @property
    def gap_size(self) -> float:
        return abs(self.gap or 0.0)


ABILITY: Final[dict[str, Told]] = {each.name: each.metadata["told"] for each in fields(AbilityLine)}


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
    verdict: str  # one line of words: within, more alike than exchanged abilities or no closer, or why undefined


@dataclass(frozen=True)
class PositionLine:
    code: str
    title: str
    prepared: bool
    required: int
    taught: int
    practised: int
    assessed: int | None  # None: no course states hours of assessment, and no level A counts
    unstated: int = 0  # whose practice the plan does not state


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
    term_last: int | None = None  # of a course over several terms
    facts: tuple[Fact, ...] = ()  # the other fields that are declared for the report


@dataclass(frozen=True)
class GroupLine:
    """An elective group: what its rule counts (None where it says nothing of it), and the part of it that counts."""

    title: str
    rule: str  # in words
    choose: int | None
    credits: float | None
    hours: float | None
    courses: tuple[str, ...]
    part: float | None  # None: not known, so that what is listed counts whole


@dataclass(frozen=True)
class RecordLine:
    """A record of the school that touches the plan, with the fields that are declared for the report."""

    kind: str
    title: str  # of its kind, in the plural
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A step of the plan's review; who took it stays in the school."""

    step: str  # as the school names it
    kind: str
    kind_text: str
    day: date
    document: str
    reason: str
    alone: bool  # by who sent the plan, because nobody else directs the school


@dataclass(frozen=True)
class ActionLine:
    """What is done about a gap of the program; who is in charge stays in the school."""

    title: str
    ability: str  # code, "" where it concerns none
    ability_title: str
    course: str  # code, or ""
    actor: str
    actor_text: str
    due: date | None
    state: str
    state_text: str
    closed_on: date | None
    evidence: str


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
    effective_employers: float
    effective_postings: float | None  # of the median ability that is mentioned
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
class EvidenceLine:
    """Something to collect or to state next; `step` tells it from the others of the plan."""

    step: str
    kind: str
    told: str  # what to do
    minutes: int
    work: str
    expected: float | None  # findings settled on average; None where that cannot be told beforehand
    worth: str
    findings: tuple[tuple[str, str, float], ...]  # ability, its title, the chance that its finding is settled

    @property
    def named(self) -> list[str]:
        """The abilities, those with the best chance first."""
        return [f"{title} {formats.share(chance)}" for _code, title, chance in self.findings]


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
    value: float | int | bool | str
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
    abilities: tuple[AbilityLine, ...]  # that count, largest misalignment first; as in the framework without demand
    areas: tuple[AreaLine, ...]
    unmapped: dict[str, float]
    unmapped_part: float | None
    indices: tuple[IndexLine, ...]
    positions: tuple[PositionLine, ...]
    certifications: tuple[CertificationLine, ...]
    courses: tuple[CourseLine, ...]
    groups: tuple[GroupLine, ...]
    recommendations: tuple[RecommendationLine, ...]
    hours: HoursAdvice | None  # what hours alone can do; None without advice or demand
    map_first: str  # why there is no advice: the mapping is to be finished, or not all of it is judged by; else ""
    warnings: tuple[WarningLine, ...]
    agreement: AgreementLine
    labels: tuple[LabelLine, ...]  # in the order of the rules
    parameters: tuple[ParameterLine, ...]
    method: tuple[str, ...]  # how to read the figures, one short paragraph each
    next_evidence: tuple[EvidenceLine, ...] = ()  # as records: on what leaves the program, and on a page of its own
    records: tuple[RecordLine, ...] = ()  # of the school, by kind; on what leaves the program, not on a page
    decisions: tuple[DecisionLine, ...] = ()  # as records
    actions: tuple[ActionLine, ...] = ()  # as records
    panels: tuple[PanelSection, ...] = ()  # on the conditions of training; as records
    sections: tuple[str, ...] = EVERY_SECTION  # that paper and web page print; files for machines hold everything

    @property
    def first_warnings(self) -> tuple[str, ...]:
        """What bears on every number and is not said by the sentence itself: on paper it stands under that."""
        return tuple(line.message for line in self.warnings if line.code in FIRST_WARNINGS)

    @property
    def sample_note(self) -> str:
        """What is said of invented data; "" of a plan that has none."""
        return next((line.message for line in self.warnings if line.code == "sample_data"), "")

    @property
    def undecided(self) -> int:
        """How many findings wait for evidence."""
        return sum(line.undecided for line in self.abilities)

    @property
    def demand_known(self) -> bool:
        """Whether any mark or legend of demand is drawn."""
        return not self.analysis.demand_unknown

    @property
    def sentence(self) -> str:
        """The finding a dean can read aloud."""
        return "".join(part.text for part in self.sentence_parts)
