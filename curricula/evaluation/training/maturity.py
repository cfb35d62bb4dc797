"""The panel of the maturity of the training system (paper 001 §3.2): counts from records, and no score."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from competencies.citations import plain_word
from curricula.analysis.training.conditions import students_placed
from curricula.analysis.training.maturity import a_head, areas_reached
from curricula.models import Cohort, Competition, Placement, Teacher
from curricula.reports.panels import Block, Figure, Missing, Reading, Rule
from curricula.wording import formats, phrases

from .facts import judged_teachers, mapped_courses, placement_facts
from .gathered import Gathered
from .teachers import three_figures


def maturity(gathered: Gathered) -> Reading:
    """Knowledge that is compound, a program of its own, opportunities to practise, teachers."""
    blocks = (_knowledge(gathered), _standing(gathered), _practice(gathered), _teachers(gathered))
    if not any(figure.value is not None for block in blocks for figure in block.figures):
        asks = _(
            "This page will show how far the training system is built: disciplines, standing, practice and teachers."
        )
        steps = tuple(each for block in blocks for each in block.missing)
        return Reading(asks, missing=steps, empty=True)
    return Reading(_sentence(blocks), blocks, how=_how())


def _sentence(blocks: Iterable[Block]) -> str:
    told, absent = [], []
    for block in blocks:
        stated = [figure for figure in block.figures if figure.value is not None]
        told += [_("%(what)s: %(value)s") % {"what": each.label, "value": each.text} for each in stated[:2]]
        absent += [] if stated else [block.title]
    said = _("Counted from records: %(parts)s.") % {"parts": phrases.in_clauses(told)}
    if not absent:
        return said
    return phrases.space().join((said, _("No evidence yet: %(parts)s.") % {"parts": phrases.in_a_row(absent)}))


def _knowledge(gathered: Gathered) -> Block:
    """Areas of the framework with hours, and departments that teach what serves them."""
    title, rule = _("Compound knowledge"), Rule(_("Counted, without a threshold."), "001 §3.2")
    if not gathered.courses:
        page = gathered.curriculum.page("courses")
        missing = (Missing("", _("Import the teaching plan."), page, _("Courses")),)
        return Block("knowledge", title, rules=(rule,), missing=missing)
    areas = gathered.analysis.areas
    hours = {str(code): float(value) for code, value in areas.sum(axis=1).items()}
    departments = {gathered.courses[code].department for code in mapped_courses(gathered)} - {""}
    of = _("of %(count)s areas of the framework") % {"count": len(hours)}
    figures = (
        Figure(
            "areas", _("Areas with hours"), areas_reached(hours), note=of, href=gathered.curriculum.page("abilities")
        ),
        Figure(
            "departments",
            _("Departments that teach what serves an ability"),
            len(departments) or None,
            note="" if departments else _("no course states its department"),
            href=gathered.curriculum.page("courses"),
        ),
    )
    return Block("knowledge", title, figures=figures, rules=(rule,))


def _standing(gathered: Gathered) -> Block:
    """Whether the program stands on its own, as its record says."""
    host = plain_word(gathered.curriculum.program.host_major.strip())
    note = "" if host else _("the program's record names no host major; an independent program says so there")
    figures = (Figure("host_major", _("Attached to the major"), host or None, "text", note),)
    rule = Rule(
        _("As the record of the program says; paper 004 §3.1 tells what a host major does."), "001 §3.2; 004 §3.1"
    )
    return Block("standing", _("Standing of the program"), figures=figures, rules=(rule,))


def _practice(gathered: Gathered) -> Block:
    """Places in competitions and in placements a student, in the newest year of each."""
    entries, year = _entries(gathered.of(Competition))
    placed, newest = students_placed(map(placement_facts, gathered.of(Placement)))
    figures = (
        _opportunity(gathered, "entries", _("Entries in competitions a student"), entries, year, Competition),
        _opportunity(
            gathered,
            "placed",
            _("Students placed, a student"),
            len(placed) if newest else None,
            formats.day(newest) if newest else "",
            Placement,
        ),
    )
    missing = [gathered.enter(model) for model in (Competition, Placement) if not gathered.of(model)]
    if gathered.students is None:
        missing.append(gathered.enter(Cohort, _("Enter how many students the program has in each year of entry.")))
    rule = Rule(
        _("Entries of the newest year on record; students in the twelve months up to the newest placement."),
        "001 §3.2",
    )
    return Block("practice", _("Opportunities to practise"), figures=figures, rules=(rule,), missing=tuple(missing))


def _entries(competitions: list[Competition]) -> tuple[int | None, str]:
    """How many students entered in the newest year that states a number, and that year."""
    stated = [(each.year, each.students) for each in competitions if each.year and each.students is not None]
    newest = max((year for year, _students in stated), default="")
    return (sum(students for year, students in stated if year == newest), newest) if newest else (None, "")


def _opportunity(
    gathered: Gathered, name: str, label: str, count: int | None, when: str, model: type[Competition] | type[Placement]
) -> Figure:
    each = a_head(count, gathered.students) if count is not None else None
    if count is None:
        note = _("no record states it")
    elif each is None:
        note = _("%(count)s up to %(when)s; the number of students is not stated") % {"count": count, "when": when}
    else:
        said = _("%(count)s for %(people)s students (%(when)s)")
        note = said % {"count": count, "people": gathered.students, "when": when}
    return Figure(name, label, each, "index", note, gathered.listed(model))


def _teachers(gathered: Gathered) -> Block:
    """The three of the “three no”, over the teachers who touch the plan."""
    found = [three for _teacher, _facts, three in judged_teachers(gathered)]
    title = _("Teachers")
    rule = Rule(_("By the rules of the page on teachers."), "001 §3.2; 004 §3.2")
    if not found:
        return Block("teachers", title, rules=(rule,), missing=(gathered.enter(Teacher),))
    page = gathered.curriculum.page("training", "teachers")
    return Block("teachers", title, figures=tuple(three_figures(list(found), href=page)), rules=(rule,))


def _how() -> tuple[str, ...]:
    return (
        _(
            "The paper calls a training system immature where knowledge is not compound, the program hangs on "
            "another major, competitions and placements are few and teachers lack knowledge, experience and "
            "operation. Each is counted here; the counts are not added up to a score, because the paper gives no "
            "weight to any of them."
        ),
    )
