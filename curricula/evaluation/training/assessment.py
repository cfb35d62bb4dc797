"""The panel of what counts in the grade: parts with their weights, and the practical part by ability (004 §4.5)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.training.assessment import (
    AbilityAssessment,
    CourseAssessment,
    Part,
    ability_assessments,
    course_assessments,
)
from curricula.analysis.training.spans import Span
from curricula.models import AssessmentPart
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .gathered import Gathered

WHY: Final = {
    "": "",
    "no_weights": gettext_noop("no weight is stated"),
    "some_weights": gettext_noop("not every part states its weight"),
    "weights_sum": gettext_noop("the weights do not add up to 100%"),
    "no_parts": gettext_noop("the parts of none of its courses are known"),
    "no_hours": gettext_noop("no course gives it hours"),
}


def assessment(gathered: Gathered) -> Reading:
    """The practical part of the grade, by course and by ability."""
    records = [each for each in gathered.of(AssessmentPart) if each.course in gathered.courses]
    if not records:
        asks = _("This page will show how much of the grade is practical, by course and by ability.")
        why = _("Enter the parts of the courses' assessments with their weights.")
        return Reading(asks, missing=(gathered.enter(AssessmentPart, why),), empty=True)
    found = course_assessments(
        Part(each.pk, each.course, each.part, each.weight, each.practical, each.assessor) for each in records
    )
    abilities = _abilities(gathered, found)
    blocks = (_course_block(gathered, found), _ability_block(gathered, abilities))
    return Reading(_sentence(gathered, found), blocks, how=_how())


def _abilities(gathered: Gathered, found: list[CourseAssessment]) -> list[AbilityAssessment]:
    """The abilities that a course with parts serves, the least practical first and the unknown ones last."""
    cells = gathered.analysis.cells
    hours: dict[str, dict[str, float]] = {}
    for ability, course, exposed in zip(cells["ability"], cells["course"], cells["exposed"], strict=True):
        hours.setdefault(str(ability), {})[str(course)] = float(exposed)
    assessed = [each for each in ability_assessments(found, hours) if each.practical is not None]
    return sorted(assessed, key=lambda each: each.practical.high if each.practical else 1.0)


def _sentence(gathered: Gathered, found: list[CourseAssessment]) -> str:
    known = [each for each in found if each.practical is not None]
    none = [each for each in known if each.practical and each.practical.high == 0]
    first = ngettext(
        "The parts of the grade are known for %(known)s of %(count)s course.",
        "The parts of the grade are known for %(known)s of %(count)s courses.",
        len(gathered.courses),
    ) % {"known": len(known), "count": len(gathered.courses)}
    if not known:
        return first
    if not none:
        return first + phrases.space() + _("In each of them something practical counts.")
    second = ngettext(
        "In %(count)s of them nothing practical counts.", "In %(count)s of them nothing practical counts.", len(none)
    )
    return first + phrases.space() + second % {"count": len(none)}


def span_text(span: Span | None) -> str | None:
    """40 %, or 30 %–40 % where part of it is not stated."""
    if span is None:
        return None
    low, high = (formats.percent(round(end, 3)) for end in (span.low, span.high))
    return low if span.exact else _("%(low)s–%(high)s") % {"low": low, "high": high}


def _course_block(gathered: Gathered, found: list[CourseAssessment]) -> Block:
    known = [each for each in found if each.practical is not None]
    practised = [code for code, course in gathered.courses.items() if course.simulation or course.operation]
    silent = [
        each for each in known if each.practical and each.practical.high == 0 and each.course in practised
    ]  # practised, and nothing practical counts
    enterprise = [each for each in known if each.enterprise]
    figures = (
        Figure("known", _("Courses with known parts"), len(known), href="#assessed-courses",
               note=_("of %(count)s courses of the plan") % {"count": len(gathered.courses)}),
        Figure("practised_unassessed", _("Practised, and nothing practical counts"), len(silent),
               href="#assessed-courses", tone="gap" if silent else "", verdict=_("to mend") if silent else ""),
        Figure("enterprise", _("Courses in whose grade an enterprise has a say"), len(enterprise),
               href="#assessed-courses"),
    )  # fmt: skip
    wanted = tuple(
        _("A practical part in the grade of %(course)s.")
        % {"course": gathered.names.courses.get(each.course, each.course)}
        for each in silent
    )
    return Block(
        "courses",
        _("By course"),
        figures=figures,
        wanted=wanted,
        listings=(_courses(gathered, found), _parts(gathered, found)),
        missing=tuple(_unknown(gathered, found, practised)),
        rules=(Rule(_("Practical ability counts in the final grade of what is practised."), "004 §4.5", "paper"),),
    )


def _unknown(gathered: Gathered, found: list[CourseAssessment], practised: list[str]) -> list[Missing]:
    missing = []
    doubtful = [each for each in found if each.reason]
    if doubtful:
        text = ngettext(
            "Complete the weights of the parts of %(count)s course.",
            "Complete the weights of the parts of %(count)s courses.",
            len(doubtful),
        )
        missing.append(gathered.enter(AssessmentPart, text % {"count": len(doubtful)}))
    told = {each.course for each in found}
    left = [code for code in practised if code not in told]
    if left:
        text = ngettext(
            "Enter the parts of the assessment of %(count)s practised course.",
            "Enter the parts of the assessments of %(count)s practised courses.",
            len(left),
        )
        missing.append(gathered.enter(AssessmentPart, text % {"count": len(left)}))
    return missing


def _courses(gathered: Gathered, found: list[CourseAssessment]) -> Listing:
    names = gathered.names.courses
    columns = (
        Column("course", _("Course"), "text"),
        Column("parts", _("Parts"), "count"),
        Column("weight", _("Sum of the weights"), "percent"),
        Column("practical", _("Practical part"), "text"),
        Column("enterprise", _("An enterprise has a say in"), "percent"),
        Column("practised", _("Hours of practice"), "hours"),
        Column("why", _("Why it is not known"), "text"),
    )
    ordered = sorted(found, key=lambda each: each.practical.high if each.practical else 2.0)
    rows = tuple(
        (
            Value(names.get(each.course, each.course)),
            Value(len(each.parts), "count"),
            Value(each.weight, "percent"),
            Value(span_text(each.practical)),
            Value(each.enterprise, "percent"),
            Value(_practised(gathered, each.course), "hours"),
            Value(_(WHY[each.reason]) if each.reason else ""),
        )
        for each in ordered
    )
    hrefs = tuple(gathered.listed(AssessmentPart, q=each.course) for each in ordered)
    return Listing(Table("assessed-courses", _("Practical part of the grade by course"), columns, rows), hrefs)


def _practised(gathered: Gathered, code: str) -> float | None:
    course = gathered.courses[code]
    stated = [hours for hours in (course.simulation, course.operation) if hours is not None]
    return sum(stated) if stated else None


def _parts(gathered: Gathered, found: list[CourseAssessment]) -> Listing:
    names = gathered.names.courses
    columns = (
        Column("course", _("Course"), "text"),
        Column("part", _("Part of the assessment"), "text"),
        Column("weight", _("Weight"), "percent"),
        Column("practical", _("practical"), "flag"),
        Column("assessor", _("Assessor"), "text"),
    )
    assessors = dict(AssessmentPart.kind.choices_of("assessor"))
    held = [(each.course, part) for each in found for part in each.parts]
    rows = tuple(
        (
            Value(names.get(course, course)),
            Value(part.part),
            Value(part.weight, "percent"),
            Value(part.practical, "flag"),
            Value(str(assessors.get(part.assessor, "")) or None),
        )
        for course, part in held
    )
    addresses = {each.pk: each.get_absolute_url() for each in gathered.of(AssessmentPart)}
    hrefs = tuple(addresses[part.key] for _course, part in held)
    return Listing(Table("parts", _("Parts of the assessments"), columns, rows), hrefs, printed=False)


def _ability_block(gathered: Gathered, found: list[AbilityAssessment]) -> Block:
    names = gathered.names
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("practical", _("Practical part of the grade"), "text"),
        Column("covered", _("of its hours known"), "share"),
        Column("courses", _("Courses"), "text"),
        Column("unknown", _("Courses whose parts are not known"), "text"),
    )
    rows = tuple(
        (
            Value(names.abilities.get(each.ability, each.ability)),
            Value(span_text(each.practical)),
            Value(each.covered, "share"),
            Value(phrases.in_a_row(names.courses.get(code, code) for code in each.courses)),
            Value(phrases.in_a_row(names.courses.get(code, code) for code in each.unknown)),
        )
        for each in found
    )
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", each.ability) for each in found)
    none = sum(bool(each.practical and each.practical.high == 0) for each in found)
    table = Table("assessed-abilities", _("Practical part of the grade by ability"), columns, rows)
    return Block(
        "abilities",
        _("By ability"),
        figures=(
            Figure("abilities", _("Abilities with a known practical part"), len(found), href="#assessed-abilities"),
            Figure("none", _("of them assessed without practice"), none, href="#assessed-abilities"),
        ),
        listings=(Listing(table, hrefs),) if rows else (),
    )


def _how() -> tuple[str, ...]:
    return (
        _(
            "The practical part of a course is the weight of its practical parts. Parts of which nobody says whether "
            "they are practical leave it between two ends; without all weights it is not said."
        ),
        _(
            "That of an ability is the mean over its courses, weighted with the hours that they give to it; courses "
            "whose parts are not known are left out, and the part of the hours that is known stands beside it."
        ),
    )
