"""The evidence behind a report, and whether its mapping tells courses and abilities apart, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from curricula.analysis.credibility import MappingCredibility, PlanCredibility
from curricula.analysis.frames import EVIDENCE
from curricula.wording import formats, phrases
from curricula.wording.formats import Kind, Showable, Value

from .gap_report import AbilityLine, GapReport

Fact = tuple[Value, ...]  # title, value, how to read it or why there is none


def rests_on_words(lines: Sequence[AbilityLine]) -> str:
    """Which part of the hours of these abilities each kind of evidence holds, weakest first: "declared 62 %, …"."""
    held = {band: sum(getattr(line, f"evidence_{band}") for line in lines) for band in EVIDENCE}
    total = sum(held.values())
    named = [(phrases.evidence_text(band), hours / total) for band, hours in held.items() if hours > 0]
    return phrases.in_a_row(f"{words} {formats.share(part)}" for words, part in named)


def evidence_facts(report: GapReport) -> Iterator[Fact]:
    """What stands behind the numbers, a fact a row: its title, its value, a note on how to read it."""
    yield from _demand_facts(report)
    agreement = report.agreement
    yield _fact(_("Raters"), agreement.raters, "count", agreement.verdict if agreement.alpha is not None else "")
    yield _fact(_("Krippendorff's α"), agreement.alpha, "index", _alpha_interval(report))
    for course, ability, levels in agreement.unstable:
        yield _fact(_("Raters differ"), levels, "text", f"{course} · {ability}")
    part = report.unmapped_part
    of = _("of all theory and practice") if part is not None else _("no hours")
    yield _fact(_("Hours without a mapping"), part, "share", of)
    by_evidence = rests_on_words(report.abilities) or None
    yield _fact(_("Hours by evidence"), by_evidence, "text", _("what the mappings that give the hours are known from"))
    assumed = _("course–ability mappings without a share")
    yield _fact(_("Assumed shares"), report.analysis.assumed_shares, "count", assumed)


def _alpha_interval(report: GapReport) -> str:
    low, high = report.agreement.low, report.agreement.high
    if low is None or high is None:
        return report.agreement.verdict
    return _("95 %% interval %(low)s to %(high)s") % {"low": formats.index(low), "high": formats.index(high)}


def _demand_facts(report: GapReport) -> Iterator[Fact]:
    demand = report.demand
    if demand is None:
        yield _fact(_("Postings"), None, "count", _("no demand source with postings"))
        return
    yield _fact(_("Postings"), demand.postings, "count", _("in the twelve months up to the newest"))
    yield _fact(_("From"), demand.first, "date", "")
    yield _fact(_("To"), demand.last, "date", "")
    yield _fact(_("Mentions"), demand.mentions, "count", _("of abilities in these postings"))
    no_names = _("no posting names its employer") if demand.employers is None else ""
    yield _fact(_("Employers"), demand.employers, "count", no_names)
    yield _fact(_("Postings without employer"), demand.employer_unknown, "count", _("each counts as its own"))
    equal = _("as many of equal size; demand is known from 8 on")
    yield _fact(_("Effective employers"), round(demand.effective_employers, 1), "number", equal)
    worth = _("what the postings are worth for the middle ability, because employers repeat themselves")
    yield _fact(_("Effective postings"), demand.effective_postings, "hours", worth)
    yield _fact(_("Undated postings"), demand.undated, "count", _("counted at their collection date, in no trend"))
    yield _fact(_("Postings in the year before"), demand.postings_before, "count", _("dated ones, for the trend"))
    yield _fact(_("Duplicates set aside"), demand.duplicates_removed, "count", "")
    others = _("their title names no position prepared for")
    yield _fact(_("Other positions set aside"), demand.other_positions, "count", others)
    yield _fact(_("Older postings set aside"), demand.older, "count", _("before both periods"))
    effect = _("by how much repetition within employers widens the tests")
    yield _fact(_("Largest design effect"), demand.design_effect_max, "number", effect)
    notes = dict(demand.notes)
    for source in demand.sources:
        yield _fact(_("Source"), source, "text", notes.get(source, ""))


def credibility_facts(report: GapReport) -> Iterator[Fact]:
    """Counts of the mapping, agreement, and beside each index that of a plan which serves everything alike."""
    found = report.analysis.credibility
    if found is None:
        yield _fact(_("Cells used"), None, note=_("There is no course or no ability to map."))
    else:
        yield from _of_mapping(found)
        yield from _of_levels(found.levelled)
    alpha, low = report.agreement.alpha, report.agreement.low
    said = _("At least %(low)s. %(verdict)s") if low is not None else "%(verdict)s"
    words = {"low": formats.index(low or 0), "verdict": report.agreement.verdict}
    yield _fact(_("Agreement of the raters, α"), alpha, "index", said % words)
    yield from _flat_plans(report)


def _of_mapping(found: PlanCredibility) -> Iterator[Fact]:
    mapped = found.mapped
    counts = {"cells": formats.count(mapped.cells), "of": formats.count(mapped.possible)}
    used = _("%(cells)s of %(of)s pairs of course and ability; nearly all would say that everything was ticked.")
    yield _fact(_("Cells used"), mapped.density, "share", used % counts)
    courses = _("of %(n)s mapped courses, mapped to four fifths of the abilities or more")
    many = mapped.courses_to_four_fifths if mapped.cells else None
    served = {"n": formats.count(mapped.courses_mapped)}
    why = courses % served if mapped.cells else _("No course is mapped to an ability.")
    yield _fact(_("Courses that serve nearly everything"), many, "count", why)


def _of_levels(found: MappingCredibility) -> Iterator[Fact]:
    """Where no level is stated, nobody can have ticked the highest one or one level throughout."""
    level = {"level": phrases.level_text("A")}
    highest = _("At the highest level (%(level)s)") % level
    alike = _("Courses with one level throughout")
    if not found.cells:
        for title in (highest, alike):
            yield _fact(title, None, note=_("No mapping states a level."))
        return
    counts = {"top": formats.count(found.top_level), "of": formats.count(found.cells)}
    top = _("%(top)s of the %(of)s mappings that state a level") % counts
    yield _fact(highest, found.top_share, "share", top)
    rows = _("of %(n)s courses that state levels; counted where a course states two or more")
    yield _fact(alike, found.straight_rows, "count", rows % {"n": formats.count(found.courses_mapped)})


def _flat_plans(report: GapReport) -> Iterator[Fact]:
    for line in report.indices:
        if line.value.flat is not None and line.value.index is not None:
            title = _("Index of a plan that served everything alike: %(pair)s") % {"pair": line.title}
            said = _("This plan scores %(index)s.") % {"index": formats.index(line.value.index)}
            yield _fact(title, line.value.flat, "index", said)


def credibility_data(report: GapReport) -> dict[str, Any] | None:
    """The same for machines; the indices of flat plans stand with the indices."""
    found = report.analysis.credibility
    if found is None:
        return None
    mapped, levelled = found.mapped, found.levelled
    return {
        "cells": mapped.cells,
        "possible": mapped.possible,
        "density": mapped.density,
        "courses_mapped": mapped.courses_mapped,
        "courses_to_four_fifths": mapped.courses_to_four_fifths,
        "levelled_cells": levelled.cells,
        "top_level": levelled.top_level,
        "top_share": levelled.top_share,
        "straight_rows": levelled.straight_rows if levelled.cells else None,
        "alpha": report.agreement.alpha,
        "alpha_low": report.agreement.low,
        "alpha_high": report.agreement.high,
    }


def _fact(title: str, value: Showable, kind: Kind = "text", note: str = "") -> Fact:
    return Value(title), Value(value, kind), Value(note)
