"""The panel of courses joined with competitions (003 §3, §4.2–4.4)."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

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
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .gathered import Gathered
from .words import truth

ACCESS: Final = {
    "every": gettext_noop("every student: a required course"),
    "some": gettext_noop("who chose the course"),
    "nobody": gettext_noop("no course of the plan"),
    "open": gettext_noop("not stated whether the course is required"),
}
GUIDED: Final = {
    BOTH: gettext_noop("school and enterprise"),
    SCHOOL: gettext_noop("school alone"),
    ENTERPRISE: gettext_noop("enterprise alone"),
    NEITHER: gettext_noop("no mentor named"),
}
WHY: Final = {
    "no_codes": gettext_noop("not every entry names its students by code, so one student may count twice"),
    "no_students": gettext_noop("the number of students in that year is not stated"),
    "more_than_all": gettext_noop("more students than the program is said to have: one of the two numbers is wrong"),
}


def competitions(gathered: Gathered) -> Reading:
    """Which courses prepare for which competition, for whom, under whose guidance, and what counts."""
    records = gathered.of(Competition)
    if not records:
        asks = _(
            "This page will show which courses prepare for which competition, whether each student can enter one, who "
            "guides them, and whether results count in the grade."
        )
        why = _("Enter the competitions: their level, their entries, the courses that prepare for them.")
        return Reading(asks, missing=(gathered.enter(Competition, why),), empty=True)
    entries = [_entry(record) for record in records]
    found = joined(entries, _required(gathered), _serves(gathered))
    years = participation(entries, _students_by_year(gathered))
    blocks = (
        _course_block(gathered, found, entries),
        _student_block(gathered, years),
        _mentor_block(gathered, found),
        _grade_block(gathered, found),
    )
    return Reading(_sentence(found, years), blocks, how=_how())


def _entry(record: Competition) -> Entry:
    return Entry(
        key=record.pk,
        title=record.title,
        year=record.year,
        level=record.level,
        listed=record.listed,
        students=record.students,
        codes=frozenset(record.student_codes),
        by_school=len(record.school_mentors),
        by_enterprise=len(record.enterprise_mentors),
        courses=tuple(record.courses),
        credits=record.credits,
        counts=record.counts,
    )


def _required(gathered: Gathered) -> dict[str, bool | None]:
    """Whether everybody takes a course: not one of an elective group, whatever it says."""
    courses = gathered.courses.items()
    return {code: False if course.elective_group_id else course.required for code, course in courses}


def _serves(gathered: Gathered) -> dict[str, list[str]]:
    cells = gathered.analysis.cells
    served = cells[cells["share"] > 0]
    return {str(course): rows.tolist() for course, rows in served.groupby("course")["ability"]}


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
    return first + phrases.space() + entered % {
        "year": known.year, "students": known.students, "of": known.of, "share": formats.share(known.share)
    }  # fmt: skip


def _course_block(gathered: Gathered, found: list[Joined], entries: list[Entry]) -> Block:
    listed = gathered.listed(Competition)
    levels = {**dict(LEVELS.choices), "school": _("school level")}
    high = [each for each in found if each.level in ("national", "international", "provincial")]
    on_list = [each for each in found if each.listed]
    unsaid = sum(each.listed is None for each in found)
    note = _("not stated for %(count)s") % {"count": unsaid} if unsaid else ""
    figures = (
        Figure("competitions", _("Competitions"), len(found), href=listed),
        Figure("high", _("of province or nation"), len(high), href="#competitions"),
        Figure("listed", _("on the official list"), len(on_list), note=note, href="#competitions"),
        Figure("every", _("prepared for by a course that every student takes"),
               sum(each.access == "every" for each in found), href="#competitions"),
    )  # fmt: skip
    columns = (
        Column("competition", _("Competition"), "text"),
        Column("level", _("Level of the competition"), "text"),
        Column("listed", _("On the list"), "text"),
        Column("years", _("Years"), "text"),
        Column("entries", _("Entries"), "count"),
        Column("courses", _("Courses that prepare for it"), "text"),
        Column("access", _("Who is prepared"), "text"),
        Column("abilities", _("Abilities that these serve"), "text"),
    )
    rows = tuple(
        (
            Value(each.title),
            Value(str(levels.get(each.level, "")) or _("not stated")),
            Value(truth(each.listed)),
            Value(phrases.in_a_row(each.years)),
            Value(len(each.entries), "count"),
            Value(_courses(gathered, each)),
            Value(_(ACCESS[each.access])),
            Value(_abilities(gathered, each.abilities)),
        )
        for each in found
    )
    hrefs = tuple(gathered.listed(Competition, q=each.title) for each in found)
    listing = Listing(Table("competitions", _("Competitions and their courses"), columns, rows), hrefs)
    return Block(
        "courses",
        _("Courses and competitions"),
        figures=figures,
        listings=(listing, *_left_out(gathered, entries)),
        rules=(
            Rule(_("A student can enter where a course that everybody takes prepares for it."), "003 §3", "method"),
        ),
    )


def _courses(gathered: Gathered, each: Joined) -> str | None:
    names = gathered.names.courses
    own = [names.get(code, code) for code in each.courses]
    return (
        phrases.in_a_row([*own, *(_("%(code)s (not in this plan)") % {"code": code} for code in each.elsewhere)])
        or None
    )


def _abilities(gathered: Gathered, codes: tuple[str, ...]) -> str | None:
    names = gathered.names.abilities
    return phrases.in_a_row(names.get(code, code) for code in codes) or None


def _left_out(gathered: Gathered, entries: list[Entry]) -> tuple[Listing, ...]:
    """Practised courses of the profession for which no competition is recorded: those that serve an ability."""
    practised = {
        code: (course.simulation or 0.0) + (course.operation or 0.0) for code, course in gathered.courses.items()
    }
    serves = _serves(gathered)
    left = [code for code in without_competition(practised, entries) if code in serves]
    if not left:
        return ()
    columns = (
        Column("course", _("Course"), "text"),
        Column("hours", _("Hours of practice"), "hours"),
        Column("abilities", _("Abilities that it serves"), "text"),
    )
    names = gathered.names.courses
    rows = tuple(
        (
            Value(names.get(code, code)),
            Value(practised[code], "hours"),
            Value(_abilities(gathered, tuple(serves[code]))),
        )
        for code in left
    )
    hrefs = tuple(gathered.courses[code].get_absolute_url() for code in left)
    table = Table("unjoined", _("Practised courses without a competition"), columns, rows)
    return (Listing(table, hrefs),)


def _student_block(gathered: Gathered, years: list[Participation]) -> Block:
    newest = years[0]
    figures = (
        Figure("entered", _("Students who entered one in %(year)s") % {"year": newest.year or _("no stated year")},
               newest.students, note=_(WHY[newest.reason]) if newest.students is None else "", href="#years"),
        Figure("share", _("of the students"), newest.share, "share", href="#years",
               note=_(WHY[newest.reason]) if newest.reason else _("of %(count)s") % {"count": newest.of}),
    )  # fmt: skip
    columns = (
        Column("year", _("Year"), "text"),
        Column("entries", _("Entries"), "count"),
        Column("places", _("Places in them"), "count"),
        Column("students", _("Different students"), "count"),
        Column("of", _("Students of the program"), "count"),
        Column("share", _("Part that entered"), "share"),
        Column("why", _("Why it is not known"), "text"),
    )
    rows = tuple(
        (
            Value(each.year or _("not stated")),
            Value(each.entries, "count"),
            Value(each.places, "count"),
            Value(each.students, "count"),
            Value(each.of, "count"),
            Value(each.share, "share"),
            Value(_(WHY[each.reason]) if each.reason else ""),
        )
        for each in years
    )
    hrefs = tuple(gathered.listed(Competition, q=each.year) for each in years)
    return Block(
        "students",
        _("Students"),
        figures=figures,
        listings=(Listing(Table("years", _("Entries by year"), columns, rows), hrefs),),
        missing=tuple(_students_missing(gathered, years)),
    )


def _students_missing(gathered: Gathered, years: list[Participation]) -> list[Missing]:
    reasons = {each.reason for each in years}
    found = []
    if "no_students" in reasons:
        found.append(gathered.enter(Cohort, _("Enter how many students the program has in each year of entry.")))
    if "no_codes" in reasons:
        found.append(gathered.enter(Competition, _("Enter the students of each entry by their codes.")))
    return found


def _mentor_block(gathered: Gathered, found: list[Joined]) -> Block:
    counts: defaultdict[str, int] = defaultdict(int)
    for each in found:
        for guide, count in each.guided.items():
            counts[guide] += count
    listed = gathered.listed(Competition)
    figures = tuple(
        Figure(guide, _(GUIDED[guide]), counts[guide], href=listed if guide == NEITHER else "#mentors")
        for guide in GUIDED
    )
    columns = (
        Column("competition", _("Competition"), "text"),
        *(Column(guide, _(GUIDED[guide]), "count") for guide in GUIDED),
    )
    rows = tuple((Value(each.title), *(Value(each.guided[guide], "count") for guide in GUIDED)) for each in found)
    hrefs = tuple(gathered.listed(Competition, q=each.title) for each in found)
    return Block(
        "mentors",
        _("Entries by who guided them"),
        figures=figures,
        listings=(Listing(Table("mentors", _("Mentors by competition"), columns, rows), hrefs),),
        rules=(
            Rule(_("A team of teachers of the school and mentors of enterprises guides best."), "003 §4.4", "paper"),
        ),
    )


def _grade_block(gathered: Gathered, found: list[Joined]) -> Block:
    listed = gathered.listed(Competition)
    entries = sum(len(each.entries) for each in found)
    note = _("of %(count)s entries") % {"count": entries}
    return Block(
        "grade",
        _("Results in the grade"),
        figures=(
            Figure("counted", _("Count in a grade"), sum(each.counted for each in found), note=note, href=listed),
            Figure("uncounted", _("Do not count"), sum(each.uncounted for each in found), href=listed),
            Figure("unsaid", _("Not stated"), sum(each.unsaid for each in found), href=listed),
            Figure("credited", _("Give innovation credits"), sum(each.credited for each in found), href=listed),
        ),
        rules=(
            Rule(
                _("An award of province or nation can stand for the usual, the unit or the final result of a course."),
                "003 §4.2",
                "paper",
            ),
        ),
    )


def _how() -> tuple[str, ...]:
    return (
        _(
            "Each record is one entry or award; a competition gathers its entries over the years, with the highest "
            "level that one of them states. People are codes, and one student in several entries is one student."
        ),
        _(
            "The students of a year are those of the years of entry that study in it, of those that have left the "
            "graduates. Where one of them is not stated, no part is said."
        ),
    )
