"""The panel of the maturity of the training system (paper 001 §3.2): counts from records, and no score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.citations import plain_word
from curricula.analysis.training.conditions import students_placed
from curricula.analysis.training.maturity import a_head, areas_reached
from curricula.models import Competition, Placement, Teacher
from curricula.reports.panels import Block, Figure, Reading, Rule
from curricula.wording import formats, phrases

from .facts import judged_teachers, mapped_courses, placement_facts
from .first_steps import import_plan, students_missing
from .gathered import Gathered
from .panel import nothing, panel
from .teachers import three_figures


@panel(
    "maturity",
    gettext_lazy("Maturity"),
    group="conditions",
    papers=("1.2",),
    question=gettext_lazy("How far is the training system built?"),
    asks=gettext_lazy(
        "This page will show how far the training system is built: disciplines, standing, practice and teachers."
    ),
    how=(
        gettext_lazy(
            "The paper calls a training system immature where knowledge is not compound, the program hangs on another "
            "major, competitions and placements are few and teachers lack knowledge, experience and operation. Each "
            "is counted here; the counts are not added up to a score, because the paper gives no weight to any of "
            "them."
        ),
    ),
)
def maturity(gathered: Gathered) -> Reading:
    """Knowledge that is compound, a program of its own, opportunities to practise, teachers."""
    blocks = (_knowledge(gathered), _standing(gathered), _practice(gathered), _teachers(gathered))
    if not any(figure.value is not None for block in blocks for figure in block.figures):
        return nothing(*(each for block in blocks for each in block.missing))
    return Reading(_sentence(blocks), blocks)


def _sentence(blocks: Iterable[Block]) -> str:
    told, absent = [], []
    for block in blocks:
        stated = [figure for figure in block.figures if figure.value is not None]
        told += [_("%(what)s: %(value)s") % {"what": each.label, "value": each.text} for each in stated[:2]]
        absent += [] if stated else [block.title]
    said = _("Counted from records: %(parts)s.") % {"parts": phrases.in_clauses(told)}
    without = _("No evidence yet: %(parts)s.") % {"parts": phrases.in_a_row(absent)}
    return phrases.sentences(said, without if absent else "")


def _knowledge(gathered: Gathered) -> Block:
    """Areas of the framework with hours, and departments that teach what serves them."""
    title, rules = _("Compound knowledge"), (Rule(_("Counted, without a threshold."), "001 §3.2"),)
    if not gathered.courses:
        return Block("knowledge", title, rules=rules, missing=(import_plan(gathered),))
    page = gathered.curriculum.page
    hours = {str(code): float(value) for code, value in gathered.analysis.areas.sum(axis=1).items()}
    of = _("of %(count)s areas of the framework") % {"count": len(hours)}
    held = {gathered.courses[code].department for code in mapped_courses(gathered)} - {""}
    departments = Figure(
        "departments", _("Departments that teach what serves an ability"), len(held), href=page("courses")
    )
    figures = (
        Figure("areas", _("Areas with hours"), areas_reached(hours), note=of, href=page("abilities")),
        departments.unless("" if held else _("no course states its department")),
    )
    return Block("knowledge", title, figures=figures, rules=rules)


def _standing(gathered: Gathered) -> Block:
    """Whether the program stands on its own, as its record says."""
    host = plain_word(gathered.curriculum.program.host_major.strip())
    note = "" if host else _("the program's record names no host major; an independent program says so there")
    figures = (Figure("host_major", _("Attached to the major"), host or None, "text", note),)
    text = _("As the record of the program says; paper 004 §3.1 tells what a host major does.")
    return Block("standing", _("Standing of the program"), figures=figures, rules=(Rule(text, "001 §3.2; 004 §3.1"),))


def _practice(gathered: Gathered) -> Block:
    """Places in competitions and in placements a student, in the newest year of each."""
    entries, year = _entries(gathered.of(Competition))
    placed, newest = students_placed(map(placement_facts, gathered.of(Placement)))
    count, day = (len(placed), formats.day(newest)) if newest else (None, "")
    entered = Figure(
        "entries", _("Entries in competitions a student"), None, "index", href=gathered.listed(Competition)
    )
    students = Figure("placed", _("Students placed, a student"), None, "index", href=gathered.listed(Placement))
    text = _("Entries of the newest year on record; students in the twelve months up to the newest placement.")
    return Block(
        "practice",
        _("Opportunities to practise"),
        figures=(_a_head(gathered, entered, entries, year), _a_head(gathered, students, count, day)),
        rules=(Rule(text, "001 §3.2"),),
        missing=(
            *(gathered.enter(model) for model in (Competition, Placement) if not gathered.of(model)),
            *students_missing(gathered),
        ),
    )


def _entries(competitions: list[Competition]) -> tuple[int | None, str]:
    """How many students entered in the newest year that states a number, and that year."""
    stated = [(each.year, each.students) for each in competitions if each.year and each.students is not None]
    newest = max((year for year, _students in stated), default="")
    return (sum(students for year, students in stated if year == newest), newest) if newest else (None, "")


def _a_head(gathered: Gathered, figure: Figure, count: int | None, when: str) -> Figure:
    """So many a student, or why that is not known."""
    if count is None:
        return figure.unless(_("no record states it"))
    each = a_head(count, gathered.students)
    if each is None:
        note = _("%(count)s up to %(when)s; the number of students is not stated") % {"count": count, "when": when}
    else:
        said = _("%(count)s for %(people)s students (%(when)s)")
        note = said % {"count": count, "people": gathered.students, "when": when}
    return replace(figure, value=each, note=note)


def _teachers(gathered: Gathered) -> Block:
    """The three of the “three no”, over the teachers who touch the plan."""
    found = [three for _teacher, _facts, three in judged_teachers(gathered)]
    title = _("Teachers")
    rule = Rule(_("By the rules of the page on teachers."), "001 §3.2; 004 §3.2")
    if not found:
        return Block("teachers", title, rules=(rule,), missing=(gathered.enter(Teacher),))
    page = gathered.curriculum.page("training", "teachers")
    return Block("teachers", title, figures=tuple(three_figures(list(found), href=page)), rules=(rule,))
