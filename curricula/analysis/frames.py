"""The frames that the analysis reads: their columns, units and types, stated once and checked at this border."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from competencies.analysis.effective import Repetition

from .credibility import PlanCredibility

MODES: Final = ("theory", "demonstration", "simulation", "operation", "assessment")
TAUGHT_MODES: Final = (*MODES, "unsplit")  # hours of a stated total that no mode takes: some of them may be practice
LEVELS: Final = ("", "I", "D", "A")  # in rising order; "" is mapped with no level stated
EVIDENCE: Final = ("declared", "syllabus", "assessed", "artefact")  # what a mapping is known from, in rising order
PAIRS: Final = (
    "theory_practice",
    "theory_demand",
    "practice_demand",
    "theory_required",
    "practice_required",
)


@dataclass(frozen=True)
class Policy:
    """The pragmatic thresholds of METHOD.md; stored with each result and printed on each report."""

    ratio: float = 2.0  # φ, how many times a share must differ
    least_hours: float = 16.0  # h, one credit
    cap: float = 0.05  # c, of share
    demand_floor: float = 0.05  # d_min, of postings
    min_postings: int = 93  # n_min, ±10 points of a rate
    fdr: float = 0.10  # q
    demonstration_is_practice: bool = False  # sensitivity switch
    saturated_demand: bool = False  # sensitivity switch: shares from -ln(1 - k/n)
    social_by_size: bool = False  # judge social and methodological abilities by size too
    all_electives: bool = False  # sensitivity switch: all courses of an elective group count whole
    least_evidence: str = EVIDENCE[0]  # judge by the mappings known from this or better; the others serve nothing


@dataclass(frozen=True)
class DemandFrames:
    """What the searched sources say. Exact duplicates are out already and counted in `duplicates_removed`.

    postings: index posting id; columns employer (str, nan unknown), counted_on (datetime64, published or
    else collected), dated (bool, False when counted_on is only the collection date), position (str code, nan
    when the title names none), source (str slug); and, where terms have changed, same_terms (bool, False for a
    posting that was searched with former terms: it counts, but in no trend).
    mentions: columns posting, ability; one row a posting and ability, presence only.
    searchable: codes of the abilities for which the vocabulary has terms.
    """

    postings: pd.DataFrame
    mentions: pd.DataFrame
    searchable: frozenset[str]
    duplicates_removed: int = 0


@dataclass(frozen=True)
class CurriculumFrames:
    """One curriculum, its framework and its demand, as the analysis wants them.

    abilities: index code of every leaf ability of the framework; columns area (code of its top node) and, where it
    is known, kind (professional, social or methodological).
    courses: index course code; columns title (str), credits (float, nan unknown), term (float, 1 first, nan
    unknown), required (bool or None) and, where it is known, term_last (float, not before term, nan for a course of
    one term): the last of the terms over which the course runs; locked (bool): advice by hours leaves it
    as it is; total_hours (float, nan where none is stated); and group (its elective group, "" outside of one).
    groups: index elective group; columns title (str), and courses, credits, hours (float, nan when not stated): how
    many of its courses a student takes, or how many credits or hours of them.
    hours: index course code, columns MODES, hours ≥ 0, nan where the school has not stated it.
    mappings: the accepted row of each course–ability cell; columns course, ability, level (one of LEVELS),
    share (0…1, nan when not stated) and, where it is known, strength (H, M, L, "" when not stated), provenance (one
    of EVIDENCE) and assumed (bool: somebody has completed the share already).
    ratings: the raters' own rows; columns rater, course, ability, level, share.
    part_rated: columns rater, course: the courses of each rater who rated a part of the plan; who is not named there
    rated every course, so that a cell without a row says "not mapped".
    prerequisites: columns requires, course and, where it is known, kind (pre: in an earlier term, co: not later,
    strict-co: in the same term) and alternative (whole; rows of a course with the same one above 0 are alternatives);
    only pairs inside the curriculum, and no choice that something outside of it satisfies.
    requirements: every requirement of the framework; columns position, ability, weight (> 0), level (D or A, ""
    unknown) and, where it is known, level_assumed (bool: the source itself states no level).
    positions: codes of every position of the framework, in its order.
    prepares_for: codes of the positions that the curriculum says it prepares for; empty means all.
    certifications: codes of the certificates that the curriculum says it prepares for.
    certification_courses: columns certification, direction, reference_course.
    offered: columns reference_course, course; which reference courses the curriculum offers, under which code.
    reference_abilities: columns reference_course, ability.
    reference_courses: codes of every reference course of the framework, also of those that serve no ability.
    likeness: columns course, ability, score (0…1): how like the text of a course is to an ability; no row is 0.
    signed_off: the mapping is declared complete, so that an empty cell means "not taught".
    demand: None when the curriculum names no source.
    """

    abilities: pd.DataFrame
    courses: pd.DataFrame
    hours: pd.DataFrame
    mappings: pd.DataFrame
    ratings: pd.DataFrame
    prerequisites: pd.DataFrame
    requirements: pd.DataFrame
    positions: tuple[str, ...]
    certification_courses: pd.DataFrame
    offered: pd.DataFrame
    reference_abilities: pd.DataFrame
    prepares_for: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    reference_courses: tuple[str, ...] = ()
    signed_off: bool = False
    demand: DemandFrames | None = None
    left_out: tuple[str, ...] = ()  # abilities of mappings that too little evidence stands behind to be judged by
    likeness: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["course", "ability", "score"]))
    part_rated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["rater", "course"]))
    groups: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["title", "courses", "credits", "hours"])
    )


def last_terms(courses: pd.DataFrame) -> pd.Series:
    """The last term of each course by its code, its only one where no other is known; nan where it has no term."""
    first = courses["term"].astype(float)
    return courses["term_last"].astype(float).fillna(first).clip(lower=first) if "term_last" in courses else first


@dataclass(frozen=True)
class Notice:
    """A warning or a reason: a stable code and the values that its sentence needs. Words are made elsewhere."""

    code: str
    values: dict[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class PairAlignment:
    """One Porter index with its doubt. `index` is None when undefined; then `reason` says why."""

    index: float | None
    null_low: float | None = None  # 5 % of all exchanges of the abilities lie below; None for fewer than 5 abilities
    null_mean: float | None = None
    null_high: float | None = None  # 5 % lie above
    ceiling: float | None = None  # what could at best be seen with so few mentions
    flat: float | None = None  # the index of a plan that serves everything alike
    low: float | None = None  # 95 % basic bootstrap interval of the index where demand is a sample
    high: float | None = None
    abilities: int = 0  # cells that the index runs over
    not_searchable: int = 0  # abilities beside it that the source cannot be searched for
    reason: Notice | None = None


@dataclass(frozen=True)
class DemandEvidence:
    """What stands behind every demand number. Counts of postings in the window, for the positions prepared for."""

    sources: tuple[str, ...]
    first: pd.Timestamp
    last: pd.Timestamp
    postings: int  # n of the labels: the twelve months up to the newest
    postings_before: int  # dated ones of the twelve months before, for the trend
    undated: int  # of `postings`, counted at their collection date and in no trend
    employers: int | None  # None: no posting names its employer
    employer_unknown: int
    other_positions: int  # set aside: their title names no position that the curriculum prepares for
    older: int  # set aside: before both windows, or undated in the earlier one
    duplicates_removed: int
    design_effect_max: float
    mentions: int  # Σk over the searchable abilities
    repetition: Repetition  # of employers, and what it costs


@dataclass(frozen=True)
class Agreement:
    """Do the raters agree on the mapping? Krippendorff's alpha, ordinal, with its bootstrap interval."""

    raters: int
    alpha: float | None
    low: float | None
    high: float | None
    unstable: pd.DataFrame  # the cells in which raters differ: course, ability, levels (str, each rater's)
    reason: Notice | None = None


@dataclass(frozen=True)
class CertificationReadiness:
    certification: str
    direction: str  # "" for the certificate as a whole
    required: tuple[str, ...]  # reference courses
    offered: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Recommendation:
    """One of exactly three kinds. Worth ranks them: the hours or share at stake, largest first."""

    kind: str  # add, strengthen, retire
    ability: str
    course: str | None  # the course that would carry the change
    reason: Notice
    worth: float
    candidates: tuple[str, ...] = ()  # other courses of the plan that could carry it, best first
    reference_courses: tuple[str, ...] = ()  # for add: reference courses that serve the ability
    certifications: tuple[str, ...] = ()  # certificates whose courses would close it
    blocking: int | None = None  # for retire: how many courses wait for this one


@dataclass(frozen=True)
class GapAnalysis:
    """The whole result, numbers and codes only.

    abilities: index code, every leaf ability of the framework; columns
      area, counted (bool: among the K of METHOD 7), searchable (bool),
      theory, demonstration, simulation, operation, assessment, unsplit (hours),
      taught_hours, practised_hours, exposure_hours, assessed_hours, unsplit_hours,
      evidence_<band> for each of EVIDENCE (exposure hours by what their mapping is known from),
      practised_low, practised_high (hours between which practice lies; high is nan without an upper end),
      taught_share, practised_share, exposure_share (nan when nothing at all of the kind, or when it is not stated),
      practised_share_low, practised_share_high (nan without an upper end),
      required_weight, required_share,
      demand_mentions (nan when unknown), effective_postings, demand_rate, demand_low, demand_high (95 % Wilson),
      demand_share, demand_share_low, demand_share_high,
      mentions_before, rate_before, change, change_low, change_high (Newcombe), p_change (BH-adjusted),
      level_reached, level_required (one of LEVELS), level_assumed_required (bool),
      exposure_status, theory_status, practice_status ("below", "above", "within", "unsure", "unknown"),
      trend ("rising", "falling", "steady", "unknown"), label, wanted (bool),
      demand_unknown, chain_incomplete, shares_assumed, never_assessed, provisional (bool),
      assessment_open (bool: exposed, and no course states hours of assessment),
      reasons (tuple of Notice), courses (tuple of codes),
      gap (signed exposure_share − demand_share, − required_share where demand is unknown; nan when a side is),
      gap_<pair> for each of PAIRS (its signed term: ½ Σ|gap_<pair>| = 1 − index; nan outside the pair).
    areas: index area code, columns TAUGHT_MODES, hours.
    cells: one row an accepted course–ability cell; columns course, ability, level, share, assumed (bool: the share
    was not stated), provenance, and taught, practised, exposed, assessed, the hours that the course gives to it.
    """

    policy: Policy
    abilities: pd.DataFrame
    areas: pd.DataFrame
    cells: pd.DataFrame
    unmapped: pd.Series  # index TAUGHT_MODES, hours that no ability gets
    unmapped_part: float | None  # of all hours except assessment; None when there are none
    assumed_shares: int  # course–ability cells whose share was not stated
    alignment: dict[str, PairAlignment]
    positions: pd.DataFrame  # index position; required, taught, practised, assessed (abilities), prepared (bool)
    certifications: tuple[CertificationReadiness, ...]
    recommendations: tuple[Recommendation, ...]
    warnings: tuple[Notice, ...]
    agreement: Agreement
    evidence: DemandEvidence | None
    demand_unknown: str  # why, for all abilities: too_few_postings or too_few_employers; "" where demand is known
    unfinished: (
        bool  # the mapping is neither signed off nor far enough to judge by: no verdicts, no indices, no advice
    )
    credibility: PlanCredibility | None = None  # of the mapping; None without a course or an ability
