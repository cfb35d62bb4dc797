"""What a reader must know before the numbers: evidence that is missing, thin or assumed, as codes with counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from competencies.analysis.effective import LEAST_EMPLOYERS

from .agreement import TENTATIVE
from .codes import notice
from .demand_periods import Demand
from .frames import EVIDENCE, Agreement, CurriculumFrames, Notice, PairAlignment, Policy
from .raters import is_provisional
from .teaching_hours import Required, Teaching, assessment_stated

MOST_UNMAPPED: Final = 0.5  # of the hours, above which the shares describe the smaller half

FEW_STATING: Final = 0.1  # of the courses, below which it is said that practice rests on them; pragmatic
MOST_UNMAPPED_TO_JUDGE: Final = 0.25  # in a mapping that is not signed off: so much may hold what seems to lack
MOST_NEXT: Final = 5  # courses named to be mapped next


def mapping_unfinished(part: float | None, *, signed_off: bool) -> bool:
    """Whether the mapping must be finished before anything is judged: `part` of the hours reaches no ability."""
    return not signed_off and part is not None and part > MOST_UNMAPPED_TO_JUDGE


def demand_cautions(frames: CurriculumFrames, demand: Demand, policy: Policy) -> Iterator[Notice]:
    """What the postings cannot say."""
    evidence = demand.evidence
    if frames.demand is None:
        yield notice("no_demand_source")
    elif evidence is None:
        yield notice("no_postings")
    elif not demand.postings:
        yield notice("no_postings_for_positions", other_positions=evidence.other_positions)
    else:
        yield from _thin_demand(demand, policy)
        if evidence.undated:
            yield notice("undated_postings", undated=evidence.undated, postings=demand.postings)
        if evidence.employer_unknown:
            yield notice("employers_unknown", postings=evidence.employer_unknown, of=demand.postings)


def _thin_demand(demand: Demand, policy: Policy) -> Iterator[Notice]:
    needed = policy.min_postings
    if reason := demand.unknown_because(policy):
        yield reason
    if demand.no_trend(policy).startswith("too_few_postings"):
        counts = {"postings": demand.dated, "postings_before": demand.postings_before}
        yield notice("no_trend", **counts, needed=needed)
    elif demand.no_trend(policy):
        now, before = (round(side.effective_employers, 1) for side in (demand.now, demand.before))
        yield notice("no_trend_of_employers", employers=now, employers_before=before, needed=LEAST_EMPLOYERS)
    if not demand.mentions:
        yield notice("no_mentions", postings=demand.postings)


def vocabulary_cautions(table: pd.DataFrame, frames: CurriculumFrames) -> Iterator[Notice]:
    """Abilities for which no posting can count, with the part of the exposure hours that they hold.

    Their hours stay in the shares that are compared with demand, so a large part makes all others look small.
    """
    beside = table[table["counted"] & ~table["searchable"]]
    if frames.demand is not None and len(beside):
        part = float(beside["exposure_share"].fillna(0.0).sum())
        yield notice("not_searchable", abilities=len(beside), of=int(table["counted"].sum()), hours_part=part)


def evidence_cautions(frames: CurriculumFrames, policy: Policy) -> Iterator[Notice]:
    """That the plan is judged by some of its mappings only."""
    if policy.least_evidence != EVIDENCE[0]:
        cells = len(frames.left_out)
        yield notice("least_evidence", evidence=policy.least_evidence, cells=cells, of=cells + len(frames.mappings))


def first_cautions(frames: CurriculumFrames, teaching: Teaching, *, unfinished: bool) -> Iterator[Notice]:
    """What bears on everything below: positions not chosen, hours that reach no ability, a mapping half done."""
    if not frames.prepares_for and len(frames.requirements):
        yield notice("positions_not_chosen", positions=len(frames.positions))
    part = teaching.unmapped_part
    if part is not None and unfinished:
        yield notice("mapping_unfinished", part=part, most=MOST_UNMAPPED_TO_JUDGE)
        yield from _map_next(teaching)
    if part is not None and part > MOST_UNMAPPED:
        yield notice("unmapped_hours", hours=float(teaching.unmapped.drop("assessment").sum()), part=part)


def _map_next(teaching: Teaching) -> Iterator[Notice]:
    """The courses without a mapping that hold most hours."""
    hours = teaching.by_course[~teaching.by_course.index.isin(teaching.cells["course"])]
    first = hours[hours > 0].sort_values(ascending=False, kind="stable").index[:MOST_NEXT]
    if len(first):
        yield notice("map_next", courses=int((hours > 0).sum()), course_codes=_lines(first))


def _lines(codes: pd.Index) -> str:
    return "\n".join(map(str, codes))


def requirement_cautions(required: Required) -> Iterator[Notice]:
    """What the framework leaves open."""
    items = int(required.table["items"].sum())
    if not items:
        yield notice("no_requirements")
    if required.items_assumed:
        yield notice("requirement_levels_assumed", requirements=required.items_assumed, of=items)


def curriculum_cautions(frames: CurriculumFrames, teaching: Teaching) -> Iterator[Notice]:
    """What the plan and its mapping leave open."""
    courses, cells = len(frames.courses), len(teaching.cells)
    if not courses:
        yield notice("no_courses")
        return
    if len(teaching.lacking):
        yield notice("hours_missing", courses=len(teaching.lacking), of=courses)
    unknown = int(frames.courses["term"].isna().sum())
    if unknown:
        yield notice("course_terms_unknown", courses=unknown, of=courses)
    if cells and not teaching.practice_stated:
        yield practice_not_stated(teaching)
    elif len(teaching.unsplit):
        yield notice("hours_not_split", courses=len(teaching.unsplit), of=courses)
    yield from _unstated_cautions(frames, teaching)
    if not cells:
        yield notice("no_mappings", courses=courses)
    else:
        yield from _mapping_cautions(teaching, courses)


def _unstated_cautions(frames: CurriculumFrames, teaching: Teaching) -> Iterator[Notice]:
    """Findings that hang on what a few courses state, and what no course states."""
    courses = len(frames.courses)
    stating = int(frames.hours.reindex(columns=["simulation", "operation"]).notna().any(axis=1).sum())
    if len(teaching.cells) and teaching.practice_stated and 0 < stating < FEW_STATING * courses:
        yield notice("practice_rests_on_few", courses=stating, of=courses)
    if not assessment_stated(frames):
        yield notice("assessment_not_stated", courses=courses)


def practice_not_stated(teaching: Teaching) -> Notice:
    courses = teaching.without_practice
    return notice("practice_not_stated", part=teaching.part_of(courses), course_codes=_lines(courses))


def _mapping_cautions(teaching: Teaching, courses: int) -> Iterator[Notice]:
    cells = teaching.cells
    unmapped = courses - cells["course"].nunique()
    if unmapped:
        yield notice("courses_unmapped", courses=unmapped, of=courses)
    if cells["assumed"].any():
        yield notice("shares_assumed", cells=int(cells["assumed"].sum()), of=len(cells))
    unstated = int((cells["level"] == "").sum())
    if unstated:
        yield notice("levels_missing", cells=unstated, of=len(cells))


def agreement_cautions(agreement: Agreement) -> Iterator[Notice]:
    """One rater, or raters who do not agree."""
    if agreement.reason is not None:
        yield agreement.reason
    elif is_provisional(agreement):
        values = {"alpha": agreement.alpha or 0.0, "low": agreement.low or 0.0, "needed": TENTATIVE}
        yield notice("raters_disagree", raters=agreement.raters, **values)


def finding_cautions(table: pd.DataFrame) -> Iterator[Notice]:
    """Wanted abilities that nobody has mapped: no advice is given on them before that."""
    missing = table.index[table["label"] == "mapping_missing"]
    if len(missing):
        yield notice("map_first", abilities=len(missing), codes="\n".join(missing))


def undefined_cautions(alignment: dict[str, PairAlignment]) -> Iterator[Notice]:
    """Indices without a value."""
    for pair, aligned in alignment.items():
        if aligned.reason is not None:
            yield notice(f"undefined.{pair}", reason=aligned.reason.code)


def single_ability_cautions(alignment: dict[str, PairAlignment]) -> Iterator[Notice]:
    """Indices over one ability, which are 1 whatever the hours."""
    single = [pair for pair, aligned in alignment.items() if aligned.index is not None and aligned.abilities == 1]
    if single:
        yield notice("one_ability", pairs="\n".join(single))
