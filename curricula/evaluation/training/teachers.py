"""The panel of the teachers by course: where students meet nobody with knowledge, experience or operation."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.maturity import OfThree, of_three, surely_three_no
from curricula.analysis.training.teachers import KINDS, CourseTeachers, ThreeNo, teachers_by_course
from curricula.models import Teacher
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import judged_teachers, mapped_courses
from .first_steps import enter_teachers
from .gathered import Gathered
from .panel import nothing, panel
from .words import months, years

TITLES = {
    "knowledge": gettext_lazy("knowledge of the subject"),
    "experience": gettext_lazy("experience of the trade"),
    "operation": gettext_lazy("operation that can be taught"),
}


@panel(
    "teachers",
    gettext_lazy("Teachers"),
    group="conditions",
    papers=("4.4",),
    question=gettext_lazy("In which courses does nobody who teaches know the trade from practice?"),
    asks=gettext_lazy(
        "This page will show, for each course, whether anybody who teaches it knows the trade from practice."
    ),
    how=(
        gettext_lazy(
            "The papers name three things that teachers lack, in their words “three no”, and say of none of them how "
            "it is known. What counts here is stated under the rule and is the school's reading."
        ),
        gettext_lazy(
            "A course stands under “nobody” only where every teacher on record surely lacks it. Who does not state it "
            "is no “no”, and a course without a teacher on record is told apart."
        ),
    ),
)
def teachers(gathered: Gathered) -> Reading:
    """Who teaches what without practice (paper 004 §3.2; the “three no” of paper 001 §3.2)."""
    if not (held := judged_teachers(gathered)):
        return nothing(enter_teachers(gathered))
    lines = teachers_by_course([(facts, found) for _t, facts, found in held], mapped_courses(gathered))
    taught = [line for line in lines if line.teachers]
    three = three_figures([found for _t, _f, found in held], href=gathered.listed(Teacher))
    block = Block(
        "courses",
        figures=(*_course_figures(lines, taught), *three),
        listings=(_listing(gathered, lines),),
        rules=_rules(gathered),
    )
    return Reading(_sentence(taught), (block,))


def _sentence(taught: list[CourseTeachers]) -> str:
    if not taught:
        return _("No teacher on record teaches a course of the plan that serves an ability.")
    without = sum("experience" in line.nobody for line in taught)
    said = _(
        "In %(count)s of %(total)s courses with a teacher on record, nobody who teaches has experience of the trade."
    )
    return said % {"count": formats.count(without), "total": formats.count(len(taught))}


def _course_figures(lines: list[CourseTeachers], taught: list[CourseTeachers]) -> list[Figure]:
    of = _("of %(total)s courses with a teacher on record") % {"total": formats.count(len(taught))}
    nobody, here = _("Courses where nobody has %(what)s"), "#courses"
    lacking = {kind: sum(kind in line.nobody for line in taught) if taught else None for kind in KINDS}
    found = [
        Figure(f"nobody_{kind}", nobody % {"what": TITLES[kind]}, count, note=of, href=here)
        for kind, count in lacking.items()
    ]
    silent = _("of %(total)s courses that serve an ability") % {"total": formats.count(len(lines))}
    label = _("Courses without a teacher on record")
    return [*found, Figure("no_teacher", label, len(lines) - len(taught), note=silent, href=here)]


def three_figures(found: list[ThreeNo], *, href: str = "") -> list[Figure]:
    """How many teachers have each of the three, and how many surely lack all; the panel of maturity says the same."""
    counts = of_three(found)
    figures = [_of_three_figure(kind, counts[kind], href) for kind in KINDS]
    note = _("of %(total)s; who does not state one of them is not among them") % {"total": formats.count(len(found))}
    label = _("Teachers who surely lack all of the three")
    return [*figures, Figure("three_no", label, surely_three_no(found), note=note, href=href)]


def _of_three_figure(kind: str, counts: OfThree, href: str) -> Figure:
    note = _("yes, of %(total)s teachers; no: %(lacks)s; not stated: %(silent)s")
    words = {"total": counts.total, "lacks": counts.lacks, "silent": counts.silent}
    label = _("Teachers with %(what)s") % {"what": TITLES[kind]}
    return Figure(kind, label, counts.has, note=note % words, href=href)


def _listing(gathered: Gathered, lines: list[CourseTeachers]) -> Listing:
    courses = gathered.courses
    return listing(
        "courses",
        _("Courses and who teaches them"),
        sorted(lines, key=lambda line: (not line.teachers, -len(line.nobody))),  # what is lacking first
        (
            ("course", _("Course"), "text", lambda line: f"{line.course} {courses[line.course].title}"),
            ("teachers", _("Teachers on record"), "number", lambda line: len(line.teachers)),
            *((kind, str(TITLES[kind]).capitalize(), "text", partial(_word, kind)) for kind in KINDS),
        ),
        href=lambda line: courses[line.course].get_absolute_url(),
        notes=(_("A course is named by the teachers' own records; one without a teacher on record is not accused."),),
    )


def _word(kind: str, line: CourseTeachers) -> str | None:
    if not line.teachers:
        return None
    if line.has[kind]:
        return _("%(count)s of %(total)s") % {"count": line.has[kind], "total": len(line.teachers)}
    return _("nobody") if kind in line.nobody else _("not stated")


def _rules(gathered: Gathered) -> tuple[Rule, ...]:
    rules = gathered.rules
    experience = _("Experience: at least %(months)s in enterprises, or %(years)s in the industry.")
    numbers = {"months": months(rules["teacher_months"]), "years": years(rules["teacher_years"])}
    knowledge = _("Knowledge: the field of study holds one of these words: %(words)s.")
    operation = _("Operation: double-qualified, or with a professional certificate.")
    return (
        Rule(knowledge % {"words": phrases.in_a_row(rules.words("teacher_fields"))}, "001 §3.2; 004 §3.2"),
        Rule(experience % numbers, "001 §3.2; 004 §3.2"),
        Rule(operation, "001 §3.2; 004 §3.2"),
    )
