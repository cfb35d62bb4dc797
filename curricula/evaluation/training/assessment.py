"""The panel of what counts in the grade: parts with their weights, and the practical part by ability (004 §4.5)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from curricula.analysis.training.assessment import (
    AbilityAssessment,
    CourseAssessment,
    Part,
    ability_assessments,
    course_assessments,
)
from curricula.analysis.training.spans import Span
from curricula.models import AssessmentPart
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import copied
from .gathered import Gathered
from .panel import nothing, panel
from .words import counted

WHY: Final = {
    "": "",
    "no_weights": gettext_lazy("no weight is stated"),
    "some_weights": gettext_lazy("not every part states its weight"),
    "weights_sum": gettext_lazy("the weights do not add up to 100%"),
    "no_parts": gettext_lazy("the parts of none of its courses are known"),
    "no_hours": gettext_lazy("no course gives it hours"),
}


@panel(
    "assessment",
    gettext_lazy("Assessment"),
    group="plan",
    papers=("4.6",),
    question=gettext_lazy("How much of the grade is practical?"),
    asks=gettext_lazy("This page will show how much of the grade is practical, by course and by ability."),
    how=(
        gettext_lazy(
            "The practical part of a course is the weight of its practical parts. Parts of which nobody says whether "
            "they are practical leave it between two ends; without all weights it is not said."
        ),
        gettext_lazy(
            "That of an ability is the mean over its courses, weighted with the hours that they give to it; courses "
            "whose parts are not known are left out, and the part of the hours that is known stands beside it."
        ),
    ),
)
def assessment(gathered: Gathered) -> Reading:
    """The practical part of the grade, by course and by ability."""
    records = [each for each in gathered.of(AssessmentPart) if each.course in gathered.courses]
    if not records:
        why = _("Enter the parts of the courses' assessments with their weights.")
        return nothing(gathered.enter(AssessmentPart, why))
    found = course_assessments(copied(Part, each, key=each.pk) for each in records)
    abilities = _abilities(gathered, found)
    return Reading(_sentence(gathered, found), (_course_block(gathered, found), _ability_block(gathered, abilities)))


def _abilities(gathered: Gathered, found: list[CourseAssessment]) -> list[AbilityAssessment]:
    """The abilities that a course with parts serves, the least practical first and the unknown ones last."""
    cells = gathered.analysis.cells
    hours: dict[str, dict[str, float]] = {}
    for ability, course, exposed in zip(cells["ability"], cells["course"], cells["exposed"], strict=True):
        hours.setdefault(str(ability), {})[str(course)] = float(exposed)
    assessed = [each for each in ability_assessments(found, hours) if each.practical is not None]
    return sorted(assessed, key=lambda each: each.practical.high if each.practical else 1.0)


def _sentence(gathered: Gathered, found: list[CourseAssessment]) -> str:
    known = [each.practical for each in found if each.practical is not None]
    none = sum(practical.high == 0 for practical in known)
    first = ngettext(
        "The parts of the grade are known for %(known)s of %(count)s course.",
        "The parts of the grade are known for %(known)s of %(count)s courses.",
        len(gathered.courses),
    ) % {"known": len(known), "count": len(gathered.courses)}
    if not known:
        return first
    if not none:
        return phrases.sentences(first, _("In each of them something practical counts."))
    second = ngettext(
        "In %(count)s of them nothing practical counts.", "In %(count)s of them nothing practical counts.", none
    )
    return phrases.sentences(first, second % {"count": none})


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
    enterprise, here = sum(bool(each.enterprise) for each in known), "#assessed-courses"
    unassessed = Figure("practised_unassessed", _("Practised, and nothing practical counts"), len(silent), href=here)
    of = formats.plural("of the one course of the plan", "of %(count)s courses of the plan", len(gathered.courses))
    return Block(
        "courses",
        _("By course"),
        figures=(
            Figure("known", _("Courses with known parts"), len(known), note=of, href=here),
            unassessed.flagged("gap", _("to mend")),
            Figure("enterprise", _("Courses in whose grade an enterprise has a say"), enterprise, href=here),
        ),
        wanted=tuple(
            _("A practical part in the grade of %(course)s.") % {"course": gathered.names.course(each.course)}
            for each in silent
        ),
        listings=(_courses(gathered, found), _parts(gathered, found)),
        missing=tuple(_unknown(gathered, found, practised)),
        rules=(Rule(_("Practical ability counts in the final grade of what is practised."), "004 §4.5", "paper"),),
    )


def _unknown(gathered: Gathered, found: list[CourseAssessment], practised: list[str]) -> list[Missing]:
    told = {each.course for each in found}
    doubtful = ngettext_lazy(
        "Complete the weights of the parts of %(count)s course.",
        "Complete the weights of the parts of %(count)s courses.",
        "count",
    )
    left = ngettext_lazy(
        "Enter the parts of the assessment of %(count)s practised course.",
        "Enter the parts of the assessments of %(count)s practised courses.",
        "count",
    )
    counts = sum(bool(each.reason) for each in found), sum(code not in told for code in practised)
    return [gathered.enter(AssessmentPart, text) for text in counted((counts[0], doubtful), (counts[1], left))]


def _courses(gathered: Gathered, found: list[CourseAssessment]) -> Listing:
    return listing(
        "assessed-courses",
        _("Practical part of the grade by course"),
        sorted(found, key=lambda each: each.practical.high if each.practical else 2.0),
        (
            ("course", _("Course"), "text", lambda each: gathered.names.course(each.course)),
            ("parts", _("Parts"), "count", lambda each: len(each.parts)),
            ("weight", _("Sum of the weights"), "percent", lambda each: each.weight),
            ("practical", _("Practical part"), "text", lambda each: span_text(each.practical)),
            ("enterprise", _("An enterprise has a say in"), "percent", lambda each: each.enterprise),
            ("practised", _("Hours of practice"), "hours", lambda each: _practised(gathered, each.course)),
            ("why", _("Why it is not known"), "text", lambda each: str(WHY[each.reason])),
        ),
        href=lambda each: gathered.listed(AssessmentPart, q=each.course),
    )


def _practised(gathered: Gathered, code: str) -> float | None:
    course = gathered.courses[code]
    stated = [hours for hours in (course.simulation, course.operation) if hours is not None]
    return sum(stated) if stated else None


def _parts(gathered: Gathered, found: list[CourseAssessment]) -> Listing:
    assessors = dict(AssessmentPart.kind.choices_of("assessor"))
    addresses = {each.pk: each.get_absolute_url() for each in gathered.of(AssessmentPart)}
    return listing(
        "parts",
        _("Parts of the assessments"),
        (part for each in found for part in each.parts),
        (
            ("course", _("Course"), "text", lambda part: gathered.names.course(part.course)),
            ("part", _("Part of the assessment"), "text", lambda part: part.part),
            ("weight", _("Weight"), "percent", lambda part: part.weight),
            ("practical", _("practical"), "flag", lambda part: part.practical),
            ("assessor", _("Assessor"), "text", lambda part: str(assessors.get(part.assessor, "")) or None),
        ),
        href=lambda part: addresses[part.key],
        printed=False,
    )


def _ability_block(gathered: Gathered, found: list[AbilityAssessment]) -> Block:
    names, here, unknown = gathered.names, "#assessed-abilities", _("Courses whose parts are not known")
    none = sum(bool(each.practical and each.practical.high == 0) for each in found)
    table = listing(
        "assessed-abilities",
        _("Practical part of the grade by ability"),
        found,
        (
            ("ability", _("Ability"), "text", lambda each: names.ability(each.ability)),
            ("practical", _("Practical part of the grade"), "text", lambda each: span_text(each.practical)),
            ("covered", _("of its hours known"), "share", lambda each: each.covered),
            ("courses", _("Courses"), "text", lambda each: names.courses_of(each.courses)),
            ("unknown", unknown, "text", lambda each: names.courses_of(each.unknown)),
        ),
        href=lambda each: gathered.ability_page(each.ability),
    )
    return Block(
        "abilities",
        _("By ability"),
        figures=(
            Figure("abilities", _("Abilities with a known practical part"), len(found), href=here),
            Figure("none", _("of them assessed without practice"), none, href=here),
        ),
        listings=(table,) if found else (),
    )
