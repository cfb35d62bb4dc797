"""The panel of placements and projects: by mode, by reality, for how many, evaluated by whom (003 §2.3, 004 §4.4)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.training.placements import (
    MODES,
    REALITIES,
    Kind,
    Place,
    PlacedAbility,
    PlacementReading,
    Seats,
    placed_abilities,
    placement_reading,
)
from curricula.fields.placement import MODES_OF_PRACTICE
from curricula.fields.resource import REALITY
from curricula.models import Cohort, Placement, Resource
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .gathered import Gathered

UNSTATED: Final = gettext_noop("not stated")


def placements(gathered: Gathered) -> Reading:
    """Counts of placements by mode and reality, what there is for one student, and the evaluations."""
    records = gathered.of(Placement)
    if not records:
        asks = _(
            "This page will show placements and projects by their mode and by how real they are, how many there are "
            "for one student, and who evaluated them."
        )
        why = _("Enter the placements and projects of the students, by code.")
        return Reading(asks, missing=(gathered.enter(Placement, why),), empty=True)
    places = [_place(record, gathered) for record in records]
    found = placement_reading(places, _seats(gathered), gathered.students)
    blocks = (
        _kinds_block(gathered, found),
        _student_block(gathered, found),
        _evaluation_block(gathered, found),
        _ability_block(gathered, places),
    )
    return Reading(_sentence(found), blocks, how=_how())


def _place(record: Placement, gathered: Gathered) -> Place:
    return Place(
        key=record.pk,
        student=record.student,
        mode=record.mode,
        reality=record.reality,
        weeks=record.weeks,
        by_school=bool(record.school_evaluation.strip()),
        by_enterprise=bool(record.enterprise_evaluation.strip()),
        relevant=record.relevant,
        courses=tuple(code for code in record.courses if code in gathered.courses),
    )


def _seats(gathered: Gathered) -> list[Seats]:
    """What each resource has of its own reality: accounts where it is an enterprise's account, seats elsewhere."""
    return [
        Seats(each.pk, each.reality, each.accounts if each.reality == "account" else each.seats)
        for each in gathered.of(Resource)
    ]


def mode_word(code: str) -> str:
    return str(dict(MODES_OF_PRACTICE.choices)[code]) if code else _(UNSTATED)


def reality_word(code: str) -> str:
    return str(dict(REALITY.choices)[code]) if code else _(UNSTATED)


def _sentence(found: PlacementReading) -> str:
    real = sum(each.placements for each in found.realities if each.code in ("account", "trade"))
    first = ngettext(
        "%(count)s placement of %(students)s students: %(real)s on an enterprise's account or in real trade.",
        "%(count)s placements of %(students)s students: %(real)s on an enterprise's account or in real trade.",
        found.placements,
    ) % {"count": found.placements, "students": found.students, "real": real}
    second = _("School and enterprise both evaluated %(both)s of them.") % {"both": found.evaluated.both}
    return first + phrases.space() + second


def _kinds_block(gathered: Gathered, found: PlacementReading) -> Block:
    figures = tuple(
        Figure(each.code or "mode_unstated", mode_word(each.code), each.placements, note=_weeks(each),
               href=gathered.listed(Placement, mode=each.code) if each.code else "#modes")
        for each in found.modes
        if each.code or each.placements
    )  # fmt: skip
    return Block(
        "modes",
        _("By mode and by reality"),
        figures=figures,
        listings=(_cross(gathered, found), _realities(found)),
        missing=tuple(_unstated(gathered, found)),
        rules=(
            Rule(_("Three modes are told apart: apprenticeship, teaching factory, entrepreneurial practice."),
                 "004 §1.1", "paper"),
            Rule(_("Software, an enterprise's account and real trade are counted apart and never added up to one."),
                 "003 §2.3; 004 §3.3", "method"),
        ),
    )  # fmt: skip


def _weeks(kind: Kind) -> str:
    if kind.weeks is None:
        return ""
    return _("%(weeks)s weeks on average") % {"weeks": formats.hours(kind.weeks)}


def _unstated(gathered: Gathered, found: PlacementReading) -> list[Missing]:
    missing = []
    without_mode, without_reality = found.modes[-1].placements, found.realities[-1].placements
    if without_mode:
        text = ngettext(
            "State the mode of %(count)s placement.", "State the mode of %(count)s placements.", without_mode
        )
        missing.append(gathered.enter(Placement, text % {"count": without_mode}))
    if without_reality:
        text = ngettext(
            "State how real %(count)s placement is.", "State how real %(count)s placements are.", without_reality
        )
        missing.append(gathered.enter(Placement, text % {"count": without_reality}))
    return missing


def _cross(gathered: Gathered, found: PlacementReading) -> Listing:
    realities = [code for code in REALITIES if code or found.realities[-1].placements]
    modes = [code for code in MODES if code or found.modes[-1].placements]
    columns = (
        Column("mode", _("Mode"), "text"),
        *(Column(code or "unstated", reality_word(code), "count") for code in realities),
        Column("all", _("All"), "count"),
    )
    by_mode = {each.code: each.placements for each in found.modes}
    rows = tuple(
        (
            Value(mode_word(mode)),
            *(Value(found.cross.get((mode, reality), 0), "count") for reality in realities),
            Value(by_mode[mode], "count"),
        )
        for mode in modes
    )
    hrefs = tuple(gathered.listed(Placement, mode=mode) if mode else "" for mode in modes)
    return Listing(Table("modes", _("Placements by mode and by reality"), columns, rows), hrefs)


def _realities(found: PlacementReading) -> Listing:
    columns = (
        Column("reality", _("Reality"), "text"),
        Column("placements", _("Placements and projects"), "count"),
        Column("students", _("Students"), "count"),
        Column("resources", _("Rooms, platforms and accounts"), "count"),
        Column("seats", _("Seats or accounts in them"), "number"),
        Column("a_student", _("a student"), "index"),
    )
    seats = {each.reality: each for each in found.seats}
    rows = tuple(
        (
            Value(reality_word(each.code)),
            Value(each.placements, "count"),
            Value(each.students, "count"),
            Value(seats[each.code].resources, "count"),
            Value(seats[each.code].seats, "number"),
            Value(seats[each.code].a_student, "index"),
        )
        for each in found.realities
        if each.code or each.placements or seats[each.code].resources
    )
    note = _("Seats are those of rooms and platforms; of enterprises' accounts, the accounts.")
    return Listing(Table("realities", _("Practice by how real it is"), columns, rows, (note,)))


def _student_block(gathered: Gathered, found: PlacementReading) -> Block:
    listed = gathered.listed(Placement)
    without = _("the number of students is not stated")
    note = without if gathered.students is None else _("for %(count)s students") % {"count": gathered.students}
    missing = (
        (gathered.enter(Cohort, _("Enter how many students the program has in each year of entry.")),)
        if gathered.students is None
        else ()
    )
    relevance = _("said to fit the program; %(not)s do not") % {"not": found.irrelevant}
    return Block(
        "students",
        _("For one student"),
        figures=(
            Figure("a_student", _("Placements and projects a student"), found.a_student, "index", note, listed),
            Figure("students", _("Students placed"), found.students, href=listed),
            Figure("relevant", _("Fit the program"), found.relevant, note=relevance, href=listed),
        ),
        missing=missing,
    )


def _evaluation_block(gathered: Gathered, found: PlacementReading) -> Block:
    told, listed = found.evaluated, gathered.listed(Placement)
    note = "" if told.share is None else _("%(share)s of all") % {"share": formats.share(told.share)}
    columns = (
        Column("mode", _("Mode"), "text"),
        Column("both", _("by both"), "count"),
        Column("school", _("by the school alone"), "count"),
        Column("enterprise", _("by the enterprise alone"), "count"),
        Column("neither", _("by nobody"), "count"),
    )
    rows = tuple(
        (
            Value(mode_word(each.code)),
            *(Value(getattr(each.evaluated, name), "count") for name in ("both", "school", "enterprise", "neither")),
        )
        for each in found.modes
        if each.placements
    )
    return Block(
        "evaluation",
        _("Evaluations"),
        figures=(
            Figure("both", _("by school and enterprise"), told.both, note=note, href="#evaluations"),
            Figure("school", _("by the school alone"), told.school, href="#evaluations"),
            Figure("enterprise", _("by the enterprise alone"), told.enterprise, href="#evaluations"),
            Figure("neither", _("by nobody"), told.neither, href=listed),
        ),
        listings=(Listing(Table("evaluations", _("Evaluations by mode"), columns, rows)),),
        rules=(Rule(_("School and enterprise both evaluate what a placement came to."), "004 §4.4", "paper"),),
    )


def _ability_block(gathered: Gathered, places: list[Place]) -> Block:
    title, cells = _("By ability"), gathered.analysis.cells
    served = cells[cells["share"] > 0].groupby("ability", sort=False)["course"]
    courses = {str(ability): [str(code) for code in codes] for ability, codes in served}
    found = [each for each in placed_abilities(places, courses) if each.placements]
    courseless = sum(not place.courses for place in places)
    text = ngettext(
        "Name the course to which %(count)s placement belongs.",
        "Name the course to which each of %(count)s placements belongs.",
        courseless,
    )
    missing = (gathered.enter(Placement, text % {"count": courseless}),) if courseless else ()
    wanted = gathered.analysis.abilities["wanted"].astype(bool)
    held = {each.ability for each in found}
    without = [code for code in courses if code not in held and wanted[code]]
    figures = (
        Figure("placed", _("Abilities that a placement's courses serve"), len(found), href="#placed"),
        Figure(
            "unplaced",
            _("Required or asked for, in no placement"),
            None if gathered.analysis.unfinished else len(without),
            note=_("the mapping of the courses is not finished") if gathered.analysis.unfinished else "",
        ),
    )
    listings = (_placed(gathered, found),) if found else ()
    return Block("abilities", title, figures=figures, listings=listings, missing=missing)


def _placed(gathered: Gathered, found: list[PlacedAbility]) -> Listing:
    names = gathered.names
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("courses", _("Courses of the placements"), "text"),
        Column("placements", _("Placements and projects"), "count"),
        Column("students", _("Students"), "count"),
        Column("real", _("on a real account or in real trade"), "count"),
        Column("both", _("evaluated by both"), "count"),
        Column("school", _("by the school alone"), "count"),
        Column("enterprise", _("by the enterprise alone"), "count"),
    )
    rows = tuple(
        (
            Value(names.abilities.get(each.ability, each.ability)),
            Value(phrases.in_a_row(names.courses.get(code, code) for code in each.courses)),
            Value(each.placements, "count"),
            Value(each.students, "count"),
            Value(each.real, "count"),
            Value(each.evaluated.both, "count"),
            Value(each.evaluated.school, "count"),
            Value(each.evaluated.enterprise, "count"),
        )
        for each in found
    )
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", each.ability) for each in found)
    note = _("A placement counts for every ability of its courses, so the rows overlap and are not added.")
    return Listing(Table("placed", _("Placements by ability"), columns, rows, (note,)), hrefs)


def _how() -> tuple[str, ...]:
    return (
        _(
            "Each record is one student in one placement or project, by code. Each stands in one mode and in one "
            "degree of reality, so that each of the two adds up to all."
        ),
        _(
            "That a placement belongs to a course says where an ability could be practised, not that it was. What the "
            "evaluations said is on the records and not added up here."
        ),
    )
