"""The panel of courses joined with competitions (003 §3, §4.2–4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.training.competitions import (
    BOTH,
    ENTERPRISE,
    NEITHER,
    SCHOOL,
    Entry,
    Joined,
    Participation,
    joined,
    participation,
    without_competition,
)
from curricula.fields.competition import LEVELS
from curricula.models import Cohort, Competition
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import abilities_by_course, copied
from .first_steps import enter_students
from .gathered import Gathered
from .panel import nothing, panel
from .words import truth

ACCESS: Final = {
    "every": gettext_lazy("every student: a required course"),
    "some": gettext_lazy("who chose the course"),
    "nobody": gettext_lazy("no course of the plan"),
    "open": gettext_lazy("not stated whether the course is required"),
}
GUIDED: Final = {
    BOTH: gettext_lazy("school and enterprise"),
    SCHOOL: gettext_lazy("school alone"),
    ENTERPRISE: gettext_lazy("enterprise alone"),
    NEITHER: gettext_lazy("no mentor named"),
}
WHY: Final = {
    "": "",
    "no_codes": gettext_lazy("not every entry names its students by code, so one student may count twice"),
    "no_students": gettext_lazy("the number of students in that year is not stated"),
    "more_than_all": gettext_lazy("more students than the program is said to have: one of the two numbers is wrong"),
}


@panel(
    "competitions",
    gettext_lazy("Competitions"),
    group="conditions",
    papers=("3.4", "3.5"),
    question=gettext_lazy("Which courses prepare for which competition, and can each student enter one?"),
    asks=gettext_lazy(
        "This page will show which courses prepare for which competition, whether each student can enter one, who "
        "guides them, and whether results count in the grade."
    ),
    how=(
        gettext_lazy(
            "Each record is one entry or award; a competition gathers its entries over the years, with the highest "
            "level that one of them states. People are codes, and one student in several entries is one student."
        ),
        gettext_lazy(
            "The students of a year are those of the years of entry that study in it, of those that have left the "
            "graduates. Where one of them is not stated, no part is said."
        ),
    ),
)
def competitions(gathered: Gathered) -> Reading:
    """Which courses prepare for which competition, for whom, under whose guidance, and what counts."""
    if not (records := gathered.of(Competition)):
        why = _("Enter the competitions: their level, their entries, the courses that prepare for them.")
        return nothing(gathered.enter(Competition, why))
    entries = [_entry(record) for record in records]
    found = joined(entries, _required(gathered), abilities_by_course(gathered))
    years = participation(entries, _students_by_year(gathered))
    blocks = (
        _course_block(gathered, found, entries),
        _student_block(gathered, years),
        _mentor_block(gathered, found),
        _grade_block(gathered, found),
    )
    return Reading(_sentence(found, years), blocks)


def _entry(record: Competition) -> Entry:
    return copied(
        Entry,
        record,
        key=record.pk,
        codes=frozenset(record.student_codes),
        by_school=len(record.school_mentors),
        by_enterprise=len(record.enterprise_mentors),
        courses=tuple(record.courses),
    )


def _required(gathered: Gathered) -> dict[str, bool | None]:
    """Whether everybody takes a course: not one of an elective group, whatever it says."""
    courses = gathered.courses.items()
    return {code: False if course.elective_group_id else course.required for code, course in courses}


def _students_by_year(gathered: Gathered) -> dict[str, int | None]:
    """The students of a year: of the years of entry that study in it, where the school stated every one of them.

    A year of entry that has left has no students any more: then its graduates count.
    """
    numbered = [each for each in gathered.of(Cohort) if each.year[:4].isdigit()]
    stated = {int(each.year[:4]): each.students or each.graduates for each in numbered}
    length = int(gathered.rules["years_of_study"])
    found: dict[str, int | None] = {}
    for year in range(min(stated, default=0), max(stated, default=-1) + length):
        entered = [stated.get(year - back) for back in range(length)]
        found[str(year)] = None if None in entered else sum(each or 0 for each in entered)
    return found


def _sentence(found: list[Joined], years: list[Participation]) -> str:
    every = sum(each.access == "every" for each in found)
    first = ngettext(
        "For %(every)s of %(count)s competition a course that every student takes prepares.",
        "For %(every)s of %(count)s competitions a course that every student takes prepares.",
        len(found),
    ) % {"every": every, "count": len(found)}
    known = next((each for each in years if each.share is not None), None)
    if known is None or known.share is None:
        return first
    entered = _("In %(year)s %(students)s of %(of)s students entered one (%(share)s).")
    facts = {"year": known.year, "students": known.students, "of": known.of, "share": formats.share(known.share)}
    return phrases.sentences(first, entered % facts)


def _course_block(gathered: Gathered, found: list[Joined], entries: list[Entry]) -> Block:
    here, prepared = "#competitions", _("prepared for by a course that every student takes")
    high = sum(each.level in ("national", "international", "provincial") for each in found)
    on_list, unsaid = (sum(each.listed is said for each in found) for said in (True, None))
    note = _("not stated for %(count)s") % {"count": unsaid} if unsaid else ""
    rule = _("A student can enter where a course that everybody takes prepares for it.")
    return Block(
        "courses",
        _("Courses and competitions"),
        figures=(
            Figure("competitions", _("Competitions"), len(found), href=gathered.listed(Competition)),
            Figure("high", _("of province or nation"), high, href=here),
            Figure("listed", _("on the official list"), on_list, note=note, href=here),
            Figure("every", prepared, sum(each.access == "every" for each in found), href=here),
        ),
        listings=(_joined(gathered, found), *_left_out(gathered, entries)),
        rules=(Rule(rule, "003 §3", "method"),),
    )


def _joined(gathered: Gathered, found: list[Joined]) -> Listing:
    levels = {**{code: str(word) for code, word in LEVELS.choices}, "school": _("school level")}
    names, served = gathered.names, _("Abilities that these serve")
    return listing(
        "competitions",
        _("Competitions and their courses"),
        found,
        (
            ("competition", _("Competition"), "text", lambda each: each.title),
            ("level", _("Level of the competition"), "text", lambda each: levels.get(each.level, _("not stated"))),
            ("listed", _("On the list"), "text", lambda each: truth(each.listed)),
            ("years", _("Years"), "text", lambda each: phrases.in_a_row(each.years)),
            ("entries", _("Entries"), "count", lambda each: len(each.entries)),
            ("courses", _("Courses that prepare for it"), "text", lambda each: _courses(gathered, each)),
            ("access", _("Who is prepared"), "text", lambda each: str(ACCESS[each.access])),
            ("abilities", served, "text", lambda each: names.abilities_of(each.abilities) or None),
        ),
        href=lambda each: gathered.listed(Competition, q=each.title),
    )


def _courses(gathered: Gathered, each: Joined) -> str | None:
    elsewhere = (_("%(code)s (not in this plan)") % {"code": code} for code in each.elsewhere)
    return phrases.in_a_row([*map(gathered.names.course, each.courses), *elsewhere]) or None


def _left_out(gathered: Gathered, entries: list[Entry]) -> Iterator[Listing]:
    """Practised courses of the profession for which no competition is recorded: those that serve an ability."""
    practised = {
        code: (course.simulation or 0.0) + (course.operation or 0.0) for code, course in gathered.courses.items()
    }
    serves, names = abilities_by_course(gathered), gathered.names
    if left := [code for code in without_competition(practised, entries) if code in serves]:
        yield listing(
            "unjoined",
            _("Practised courses without a competition"),
            left,
            (
                ("course", _("Course"), "text", names.course),
                ("hours", _("Hours of practice"), "hours", practised.__getitem__),
                ("abilities", _("Abilities that it serves"), "text", lambda code: names.abilities_of(serves[code])),
            ),
            href=lambda code: gathered.courses[code].get_absolute_url(),
        )


def _student_block(gathered: Gathered, years: list[Participation]) -> Block:
    newest, here = years[0], "#years"
    label = _("Students who entered one in %(year)s") % {"year": newest.year or _("no stated year")}
    unknown = str(WHY[newest.reason])
    of = unknown or _("of %(count)s") % {"count": newest.of}
    return Block(
        "students",
        _("Students"),
        figures=(
            Figure("entered", label, newest.students, note=unknown if newest.students is None else "", href=here),
            Figure("share", _("of the students"), newest.share, "share", note=of, href=here),
        ),
        listings=(_years(gathered, years),),
        missing=tuple(_students_missing(gathered, years)),
    )


def _years(gathered: Gathered, years: list[Participation]) -> Listing:
    return listing(
        "years",
        _("Entries by year"),
        years,
        (
            ("year", _("Year"), "text", lambda each: each.year or _("not stated")),
            ("entries", _("Entries"), "count", lambda each: each.entries),
            ("places", _("Places in them"), "count", lambda each: each.places),
            ("students", _("Different students"), "count", lambda each: each.students),
            ("of", _("Students of the program"), "count", lambda each: each.of),
            ("share", _("Part that entered"), "share", lambda each: each.share),
            ("why", _("Why it is not known"), "text", lambda each: str(WHY[each.reason])),
        ),
        href=lambda each: gathered.listed(Competition, q=each.year),
    )


def _students_missing(gathered: Gathered, years: list[Participation]) -> Iterator[Missing]:
    reasons = {each.reason for each in years}
    if "no_students" in reasons:
        yield enter_students(gathered)
    if "no_codes" in reasons:
        yield gathered.enter(Competition, _("Enter the students of each entry by their codes."))


def _mentor_block(gathered: Gathered, found: list[Joined]) -> Block:
    counts = sum((Counter(each.guided) for each in found), Counter[str]())
    listed, rule = (
        gathered.listed(Competition),
        _("A team of teachers of the school and mentors of enterprises guides best."),
    )
    mentors = listing(
        "mentors",
        _("Mentors by competition"),
        found,
        (
            ("competition", _("Competition"), "text", lambda each: each.title),
            *((guide, str(title), "count", _guided(guide)) for guide, title in GUIDED.items()),
        ),
        href=lambda each: gathered.listed(Competition, q=each.title),
    )
    return Block(
        "mentors",
        _("Entries by who guided them"),
        figures=tuple(
            Figure(guide, str(title), counts[guide], href=listed if guide == NEITHER else "#mentors")
            for guide, title in GUIDED.items()
        ),
        listings=(mentors,),
        rules=(Rule(rule, "003 §4.4", "paper"),),
    )


def _guided(guide: str) -> Callable[[Joined], int]:
    return lambda each: each.guided[guide]


def _grade_block(gathered: Gathered, found: list[Joined]) -> Block:
    href = gathered.listed(Competition)
    of = _("of %(count)s entries") % {"count": sum(len(each.entries) for each in found)}
    rule = _("An award of province or nation can stand for the usual, the unit or the final result of a course.")
    return Block(
        "grade",
        _("Results in the grade"),
        figures=(
            Figure("counted", _("Count in a grade"), sum(each.counted for each in found), note=of, href=href),
            Figure("uncounted", _("Do not count"), sum(each.uncounted for each in found), href=href),
            Figure("unsaid", _("Not stated"), sum(each.unsaid for each in found), href=href),
            Figure("credited", _("Give innovation credits"), sum(each.credited for each in found), href=href),
        ),
        rules=(Rule(rule, "003 §4.2", "paper"),),
    )
