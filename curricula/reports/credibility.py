"""Whether the mapping behind a report tells courses and abilities apart, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from curricula.analysis.credibility import MappingCredibility, PlanCredibility
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .gap_report import GapReport

Fact = tuple[Value, ...]  # title, value, how to read it or why there is none


def credibility_facts(report: GapReport) -> Iterator[Fact]:
    """Counts of the mapping, agreement, and beside each index that of a plan which serves everything alike."""
    found = report.analysis.credibility
    if found is None:
        yield Value(_("Cells used")), Value(None), Value(_("There is no course or no ability to map."))
    else:
        yield from _of_mapping(found)
        yield from _of_levels(found.levelled)
    alpha, low = report.agreement.alpha, report.agreement.low
    said = _("At least %(low)s. %(verdict)s") if low is not None else "%(verdict)s"
    words = {"low": formats.index(low or 0), "verdict": report.agreement.verdict}
    yield Value(_("Agreement of the raters, α")), Value(alpha, "index"), Value(said % words)
    yield from _flat_plans(report)


def _of_mapping(found: PlanCredibility) -> Iterator[Fact]:
    mapped = found.mapped
    counts = {"cells": formats.count(mapped.cells), "of": formats.count(mapped.possible)}
    used = _("%(cells)s of %(of)s pairs of course and ability; nearly all would say that everything was ticked.")
    yield Value(_("Cells used")), Value(mapped.density, "share"), Value(used % counts)
    courses = _("of %(n)s mapped courses, mapped to four fifths of the abilities or more")
    many, served = mapped.courses_to_four_fifths, formats.count(mapped.courses_mapped)
    known = Value(many if mapped.cells else None, "count")
    why = courses % {"n": served} if mapped.cells else _("No course is mapped to an ability.")
    yield Value(_("Courses that serve nearly everything")), known, Value(why)


def _of_levels(found: MappingCredibility) -> Iterator[Fact]:
    """Where no level is stated, nobody can have ticked the highest one or one level throughout."""
    level = {"level": phrases.level_text("A")}
    highest = _("At the highest level (%(level)s)") % level
    alike = _("Courses with one level throughout")
    if not found.cells:
        for title in (highest, alike):
            yield Value(title), Value(None), Value(_("No mapping states a level."))
        return
    counts = {"top": formats.count(found.top_level), "of": formats.count(found.cells)}
    top = _("%(top)s of the %(of)s mappings that state a level") % counts
    yield Value(highest), Value(found.top_share, "share"), Value(top)
    rows = _("of %(n)s courses that state levels; counted where a course states two or more")
    straight = Value(found.straight_rows, "count")
    yield Value(alike), straight, Value(rows % {"n": formats.count(found.courses_mapped)})


def _flat_plans(report: GapReport) -> Iterator[Fact]:
    for line in report.indices:
        if line.value.flat is not None and line.value.index is not None:
            title = _("Index of a plan that served everything alike: %(pair)s") % {"pair": line.title}
            said = _("This plan scores %(index)s.") % {"index": formats.index(line.value.index)}
            yield Value(title), Value(line.value.flat, "index"), Value(said)


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
