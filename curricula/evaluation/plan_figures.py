"""One stored row a plan with what its analysis found, and whether it still says what the records say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from competencies.demand.queries.own_words import WordsStamp, words_stamps
from competencies.models import DemandSource, Framework
from curricula.models import Curriculum, PlanFigures, Snapshot
from curricula.reports.gap_report import GapReport
from curricula.wording.phrases import TONES

Titles = dict[str, dict[str, str]]  # code → language → title


def keep_figures(
    curriculum: Curriculum, reports: Mapping[str, GapReport], *, stamp: str, made_with: str
) -> PlanFigures:
    """Write the row of a plan from its report in every language."""
    with transaction.atomic():
        row = PlanFigures.objects.select_for_update().filter(curriculum=curriculum).first()
        row = row or PlanFigures(curriculum=curriculum)
        gaps = _gaps(reports)
        if row.pk and row.gaps is not None and gaps is not None and row.gap_abilities.keys() != gaps.keys():
            row.gaps_before, row.gaps_changed = row.gaps, timezone.now()
            row.opened = {code: title for code, title in gaps.items() if code not in row.gap_abilities}
            row.closed = {code: title for code, title in row.gap_abilities.items() if code not in gaps}
        row.gap_abilities, row.gaps = gaps or {}, None if gaps is None else len(gaps)
        row.stamp, row.made_with, row.computed = stamp, made_with, timezone.now()
        _count(row, reports)
        row.save()
    return row


def _gaps(reports: Mapping[str, GapReport]) -> Titles | None:
    """The abilities that are surely short; None where the mapping does not allow to say so of any."""
    report = next(iter(reports.values()))
    analysis = report.analysis
    if analysis.unfinished or not analysis.abilities["exposure_hours"].sum() > 0:
        return None
    short = [line.code for line in report.abilities if TONES.get(line.label) == "gap" and not line.weaker]
    titles = {language: {line.code: line.title for line in each.abilities} for language, each in reports.items()}
    return {code: {language: named[code] for language, named in titles.items()} for code in short}


def _count(row: PlanFigures, reports: Mapping[str, GapReport]) -> None:
    report = next(iter(reports.values()))
    row.sentences = {language: each.sentence for language, each in reports.items()}
    row.counts = dict(Counter(line.label for line in report.abilities))
    measured = row.gaps is not None
    row.aligned = sum(TONES.get(line.label) == "ok" for line in report.abilities) if measured else None
    row.undecided = report.undecided if measured else None
    row.courses = len(report.courses)
    row.mapped_courses = sum(line.mapped for line in report.courses)
    row.mapped_part = row.mapped_courses / row.courses if row.courses else None
    demand = report.demand
    row.postings = demand.postings if demand else 0
    row.evidence_first = demand.first if demand else None
    row.evidence_last = demand.last if demand else None


def stamp_of(curriculum: Curriculum, sources: Iterable[tuple[int, Any]], *, words: WordsStamp | None) -> str:
    """Of the change dates of all that the analysis of a plan reads, and of its school's own search words."""
    dates = (curriculum.pk, curriculum.changed, curriculum.framework.changed, list(sources))
    parts = (*dates, words) if words else dates
    return sha256(repr(parts).encode()).hexdigest()


def approved_stamp(snapshot: Snapshot) -> str:
    return f"approved-{snapshot.pk}-{snapshot.digest}"


def stamps_of(curricula: Iterable[Curriculum]) -> dict[int, str]:
    """By the key of a plan what `data_stamp` gives for it, in three queries for any number of plans.

    They have their framework and their program at hand.
    """
    plans = {curriculum.pk: curriculum for curriculum in curricula}
    approved = _approvals([plan.pk for plan in plans.values() if not plan.editable])
    named = _sources(list(plans))
    keys = {pk: (plan.program.school_id, plan.framework_id) for pk, plan in plans.items()}
    words = words_stamps((school for school, _ in keys.values()), (framework for _, framework in keys.values()))

    def stamp(pk: int, plan: Curriculum) -> str:
        dates = [(each.pk, each.changed) for each in named[pk] if _open(each, plan.program.school_id)]
        return stamp_of(plan, dates, words=words.get(keys[pk]))

    return {pk: approved.get(pk) or stamp(pk, plan) for pk, plan in plans.items()}


def _approvals(plans: list[int]) -> dict[int, str]:
    found = Snapshot.objects.filter(curriculum__in=plans, kind=Snapshot.Kind.APPROVAL).order_by("pk")
    return {row.curriculum_id: approved_stamp(row) for row in found.only("pk", "digest", "curriculum_id")}


def _sources(plans: list[int]) -> defaultdict[int, list[DemandSource]]:
    """By plan the sources that it names, in the order of their keys."""
    links = Curriculum.demand_sources.through.objects.filter(
        curriculum__in=plans, demandsource__removed_at=None
    ).select_related("demandsource__framework")
    found: defaultdict[int, list[DemandSource]] = defaultdict(list)
    for link in links.order_by("demandsource"):
        found[link.curriculum_id].append(link.demandsource)
    return found


def _open(source: DemandSource, school: int) -> bool:
    """The same as `DemandSource.objects.open_to`."""
    framework = source.framework
    return (source.published or source.owner_id in (None, school)) and (
        framework.status != Framework.Status.DRAFT or framework.owner_id in (None, school)
    )
