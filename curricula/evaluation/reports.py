"""The analysis of a curriculum and its report in words, computed once for as long as no record changes."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language, override

from competencies.citations import plain_word
from competencies.demand.queries.own_words import words_stamps
from competencies.kept import HOUR, kept
from competencies.models import Direction, in_reader_language
from curricula.analysis.evidence_bands import resting_on
from curricula.analysis.frames import CurriculumFrames, GapAnalysis, Policy
from curricula.analysis.gap import Prepared, prepare
from curricula.analysis.next_evidence import next_evidence
from curricula.analysis.optimise.optimiser import HoursPlan, hours_plan
from curricula.fields.course import COURSE
from curricula.fields.declaration import Place
from curricula.models import Curriculum, PlanFigures, Snapshot
from curricula.reports.build import build_report, evidence_lines
from curricula.reports.gap_report import EvidenceLine, GapReport, ReportSubject
from curricula.wording.facts import facts
from curricula.wording.names import Names

from .frames import frames_for
from .frozen import Inputs, Words, unpacked
from .made_with import made_with
from .plan_figures import approved_stamp, keep_figures, stamp_of
from .records import action_lines, decision_lines, record_lines
from .training.gathered import Gathered
from .training.panels import panel_sections

POLICY: Final = Policy()


def titles_of(records: Any) -> dict[str, str]:
    """What the codes of records are called in the reader's language."""
    rows = records.values_list("code", "title_en", "title_zh")
    return {code: in_reader_language(en, zh) or code for code, en, zh in rows}


def names_for(curriculum: Curriculum) -> Names:
    """What every code of the report is called in the reader's language."""
    framework, courses = curriculum.framework, list(curriculum.courses.all())
    return Names(
        abilities={"": framework.title, **titles_of(framework.abilities.order_by("order"))},
        positions=titles_of(framework.positions.all()),
        certifications=titles_of(framework.certifications.all()),
        reference_courses=titles_of(framework.reference_courses.all()),
        courses={course.code: course.title for course in courses},
        facts={course.code: tuple(facts(COURSE, course, Place.REPORT)) for course in courses},
        directions={str(value): str(label) for value, label in Direction.choices},
        lengths={
            course.code: course.term_last - course.term + 1
            for course in courses
            if course.term and course.term_last and course.term_last > course.term
        },
    )


def subject_of(curriculum: Curriculum) -> ReportSubject:
    program, framework = curriculum.program, curriculum.framework
    sources = list(curriculum.open_sources)
    notes = ((s.slug, " · ".join(filter(None, (s.title, plain_word(s.region), s.licence, s.note)))) for s in sources)
    return ReportSubject(
        key=curriculum.key,
        school=str(program.school),
        program=str(program),
        year=curriculum.year,
        framework=framework.slug,
        framework_title=framework.title,
        framework_version=framework.version,
        created=timezone.now(),
        language=get_language() or "en",
        sample=program.school.sample or any(source.sample for source in sources),
        source_notes=tuple(notes),
        signed_off_because=curriculum.signed_off_because,
        version=curriculum.version,
        state=curriculum.state,
        state_text=curriculum.get_state_display(),
    )


def frozen_inputs(snapshot: Snapshot) -> Inputs:
    """What a snapshot was made from; kept, because to unpack it takes longer than to ask for it."""
    return kept(f"frozen-{snapshot.pk}-{snapshot.digest}", lambda: unpacked(snapshot.inputs))


def as_of_today(curriculum: Curriculum) -> Curriculum:
    """The plan as its records stand, also where it was approved."""
    plan = copy(curriculum)
    plan.__dict__.pop("approved_as", None)
    plan.as_today = True
    return plan


def frames_of(curriculum: Curriculum) -> CurriculumFrames:
    """Of an approved plan as they were when it was approved."""
    approved = curriculum.approved_as
    return frozen_inputs(approved).frames if approved else frames_for(curriculum)


def words_of_records(curriculum: Curriculum, *, records: bool = False) -> Words:
    """In the reader's language, as the records stand."""
    names, subject = names_for(curriculum), subject_of(curriculum)
    if not records:
        return Words(names, subject)
    return Words(
        names,
        subject,
        records=tuple(record_lines(curriculum)),
        decisions=tuple(decision_lines(curriculum)),
        actions=tuple(action_lines(curriculum, names)),
        panels=tuple(panel_sections(gathered(curriculum))),
    )


def gathered(curriculum: Curriculum) -> Gathered:
    """What the panels on the conditions of training read of a plan, as its records stand."""
    return Gathered(as_of_today(curriculum), analyse=gap_analysis_for, name=names_for)


def words_of(curriculum: Curriculum, *, records: bool = False) -> Words:
    """In the reader's language; of an approved plan as they were when it was approved."""
    approved = curriculum.approved_as
    if approved is None:
        return words_of_records(curriculum, records=records)
    return frozen_inputs(approved).words[get_language() or "en"]


def data_stamp(curriculum: Curriculum) -> str:
    """Changes whenever anything that the report reads has changed: for an approved plan nothing does."""
    approved = curriculum.approved_as
    return approved_stamp(approved) if approved else records_stamp(curriculum)


def records_stamp(curriculum: Curriculum) -> str:
    """Changes whenever one of the records has changed; every writer touches one of these dates."""
    sources = curriculum.open_sources.order_by("pk").values_list("pk", "changed")  # may go and come
    key = (curriculum.program.school_id, curriculum.framework_id)
    return stamp_of(curriculum, sources, words=words_stamps(key[:1], key[1:]).get(key))


def gap_analysis_for(curriculum: Curriculum, *, policy: Policy = POLICY) -> tuple[CurriculumFrames, GapAnalysis]:
    """The analysis as the records stand, with the frames it read, less the postings; kept until they change."""
    return _evaluated(curriculum, policy)[0]


def prepared_for(curriculum: Curriculum, *, policy: Policy = POLICY) -> Prepared:
    """The plan analysed once with all that edits cannot touch; the postings are left out, their counts are kept."""
    key = f"prepared-{_stamp(curriculum, policy)}"
    return kept(key, lambda: _light(prepare(frames_of(curriculum), policy)))


def _light(prepared: Prepared) -> Prepared:
    demand = prepared.frames.demand
    if demand is None:
        return prepared
    without_rows = replace(demand, postings=demand.postings.iloc[:0], mentions=demand.mentions.iloc[:0])
    return replace(prepared, frames=replace(prepared.frames, demand=without_rows))


def prepared_with_postings(curriculum: Curriculum, *, policy: Policy = POLICY) -> Prepared:
    """The same with every posting, for what asks them anew."""
    frames = resting_on(frames_of(curriculum), policy.least_evidence)
    return replace(prepared_for(curriculum, policy=policy), frames=frames)


def hours_plan_for(curriculum: Curriculum, *, policy: Policy = POLICY) -> HoursPlan:
    """What hours alone can do for what is short, within the usual limits; takes longer than all the rest."""
    return kept(_hours_key(curriculum, policy), lambda: hours_plan(prepared_for(curriculum, policy=policy)))


def hours_plan_known(curriculum: Curriculum, *, policy: Policy = POLICY) -> HoursPlan | None:
    """The same where it was asked for since the records changed, else None."""
    found: HoursPlan | None = cache.get(_hours_key(curriculum, policy))
    return found


def _hours_key(curriculum: Curriculum, policy: Policy) -> str:
    return f"hours-{_stamp(curriculum, policy)}"


def _stamp(curriculum: Curriculum, policy: Policy) -> str:
    return f"{data_stamp(curriculum)}-{policy_stamp(policy)}"


def next_evidence_for(curriculum: Curriculum, *, policy: Policy = POLICY) -> tuple[EvidenceLine, ...]:
    """What to collect or to state next, best first; kept with the analysis, put into words for each reader."""
    key = f"evidence-{_stamp(curriculum, policy)}"
    steps = kept(key, lambda: next_evidence(prepared_with_postings(curriculum, policy=policy)))
    frames, analysis = gap_analysis_for(curriculum, policy=policy)
    return evidence_lines(steps, analysis, words_of(curriculum).names, positions=list(frames.prepares_for))


def policy_stamp(policy: Policy) -> str:
    """The same in every process, unlike the hash of its words."""
    return sha256(repr(policy).encode()).hexdigest()[:16]


Evaluated = tuple[CurriculumFrames, GapAnalysis]


def _evaluated(curriculum: Curriculum, policy: Policy) -> tuple[Evaluated, dict[str, GapReport]]:
    """Beside it, where it was computed now, the reports that were written for the row of the plan, by language."""
    key = f"analysis-{_stamp(curriculum, policy)}"
    found: Evaluated | None = cache.get(key)
    if found is not None:
        return found, {}
    prepared = prepared_for(curriculum, policy=policy)
    found = replace(prepared.frames, demand=None), prepared.analysis
    cache.set(key, found, HOUR)
    if policy != POLICY or curriculum.as_today:
        return found, {}
    reports = _reports(curriculum, found)
    _store_figures(curriculum, reports)
    return found, reports


def figures_for(curriculum: Curriculum) -> PlanFigures:
    """The stored row of a plan, made anew from its analysis."""
    evaluated, reports = _evaluated(curriculum, POLICY)
    return _store_figures(curriculum, reports or _reports(curriculum, evaluated))


def _reports(curriculum: Curriculum, evaluated: Evaluated) -> dict[str, GapReport]:
    return {language: _report(curriculum, evaluated, language) for language, _name in settings.LANGUAGES}


def _report(curriculum: Curriculum, evaluated: Evaluated, language: str, plan: HoursPlan | None = None) -> GapReport:
    frames, analysis = evaluated
    with override(language):
        words = words_of(curriculum)
        return build_report(analysis, frames=frames, subject=words.subject, names=words.names, plan=plan)


def _store_figures(curriculum: Curriculum, reports: dict[str, GapReport]) -> PlanFigures:
    return keep_figures(curriculum, reports, stamp=data_stamp(curriculum), made_with=figures_made_with())


def figures_made_with() -> str:
    """Changes with the method and with its parameters: a row that others made is computed anew."""
    return f"{made_with()['method']}-{policy_stamp(POLICY)}"


def gap_report_for(
    curriculum: Curriculum, *, language: str | None = None, policy: Policy = POLICY, plan: HoursPlan | None = None
) -> GapReport:
    """The gap report of a curriculum in the reader's language, or in the one given.

    With what hours alone can do only where `plan` is given, because to find that takes longer than all the rest.
    """
    language = language or get_language() or "en"
    evaluated, reports = _evaluated(curriculum, policy)
    written = None if plan else reports.get(language)
    return written or _report(curriculum, evaluated, language, plan)


def full_report_for(curriculum: Curriculum, *, language: str | None = None, policy: Policy = POLICY) -> GapReport:
    """The report as it is printed, saved or sent: with what to collect next, and the records that touch the plan."""
    with override(language or get_language() or "en"):
        plan = hours_plan_for(curriculum, policy=policy)
        report = words_of(curriculum, records=True).beside(gap_report_for(curriculum, policy=policy, plan=plan))
        return replace(report, next_evidence=next_evidence_for(curriculum, policy=policy))
