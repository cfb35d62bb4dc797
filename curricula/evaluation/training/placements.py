"""The panel of placements and projects: by mode, by reality, for how many, evaluated by whom (003 §2.3, 004 §4.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

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
from curricula.models import Placement, Resource
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import copied
from .first_steps import students_missing
from .gathered import Gathered
from .panel import nothing, panel
from .words import counted, mapping_unfinished, weeks

UNSTATED: Final = gettext_lazy("not stated")


@panel(
    "placements",
    gettext_lazy("Placements"),
    group="conditions",
    papers=("3.7", "4.7", "4.9"),
    question=gettext_lazy("In which mode, how real and for how many is there practice, and who evaluates it?"),
    asks=gettext_lazy(
        "This page will show placements and projects by their mode and by how real they are, how many there are for "
        "one student, and who evaluated them."
    ),
    how=(
        gettext_lazy(
            "Each record is one student in one placement or project, by code. Each stands in one mode and in one "
            "degree of reality, so that each of the two adds up to all."
        ),
        gettext_lazy(
            "That a placement belongs to a course says where an ability could be practised, not that it was. What the "
            "evaluations said is on the records and not added up here."
        ),
    ),
)
def placements(gathered: Gathered) -> Reading:
    """Counts of placements by mode and reality, what there is for one student, and the evaluations."""
    if not (records := gathered.of(Placement)):
        why = _("Enter the placements and projects of the students, by code.")
        return nothing(gathered.enter(Placement, why))
    places = [_place(record, gathered) for record in records]
    found = placement_reading(places, _seats(gathered), gathered.students)
    blocks = (
        _kinds_block(gathered, found),
        _student_block(gathered, found),
        _evaluation_block(gathered, found),
        _ability_block(gathered, places),
    )
    return Reading(_sentence(found), blocks)


def _place(record: Placement, gathered: Gathered) -> Place:
    return copied(
        Place,
        record,
        key=record.pk,
        by_school=bool(record.school_evaluation.strip()),
        by_enterprise=bool(record.enterprise_evaluation.strip()),
        courses=tuple(code for code in record.courses if code in gathered.courses),
    )


def _seats(gathered: Gathered) -> list[Seats]:
    """What each resource has of its own reality: accounts where it is an enterprise's account, seats elsewhere."""
    return [
        Seats(each.pk, each.reality, each.accounts if each.reality == "account" else each.seats)
        for each in gathered.of(Resource)
    ]


def mode_word(code: str) -> str:
    return str(dict(MODES_OF_PRACTICE.choices)[code]) if code else str(UNSTATED)


def reality_word(code: str) -> str:
    return str(dict(REALITY.choices)[code]) if code else str(UNSTATED)


def _sentence(found: PlacementReading) -> str:
    real = sum(each.placements for each in found.realities if each.code in ("account", "trade"))
    first = ngettext(
        "%(count)s placement of %(students)s students: %(real)s on an enterprise's account or in real trade.",
        "%(count)s placements of %(students)s students: %(real)s on an enterprise's account or in real trade.",
        found.placements,
    ) % {"count": found.placements, "students": found.students, "real": real}
    second = _("School and enterprise both evaluated %(both)s of them.") % {"both": found.evaluated.both}
    return phrases.sentences(first, second)


def _kinds_block(gathered: Gathered, found: PlacementReading) -> Block:
    figures = tuple(
        Figure(
            each.code or "mode_unstated",
            mode_word(each.code),
            each.placements,
            note=_weeks(each),
            href=gathered.listed(Placement, mode=each.code) if each.code else "#modes",
        )
        for each in found.modes
        if each.code or each.placements
    )
    modes = _("Three modes are told apart: apprenticeship, teaching factory, entrepreneurial practice.")
    real = _("Software, an enterprise's account and real trade are counted apart and never added up to one.")
    return Block(
        "modes",
        _("By mode and by reality"),
        figures=figures,
        listings=(_cross(gathered, found), _realities(found)),
        missing=tuple(_unstated(gathered, found)),
        rules=(Rule(modes, "004 §1.1", "paper"), Rule(real, "003 §2.3; 004 §3.3", "method")),
    )


def _weeks(kind: Kind) -> str:
    if kind.weeks is None:
        return ""
    return _("%(weeks)s on average") % {"weeks": weeks(kind.weeks)}


def _unstated(gathered: Gathered, found: PlacementReading) -> list[Missing]:
    modes = ngettext_lazy("State the mode of %(count)s placement.", "State the mode of %(count)s placements.", "count")
    realities = ngettext_lazy(
        "State how real %(count)s placement is.", "State how real %(count)s placements are.", "count"
    )
    said = counted((found.modes[-1].placements, modes), (found.realities[-1].placements, realities))
    return [gathered.enter(Placement, text) for text in said]


def _cross(gathered: Gathered, found: PlacementReading) -> Listing:
    realities = [code for code in REALITIES if code or found.realities[-1].placements]
    by_mode = {each.code: each.placements for each in found.modes}
    return listing(
        "modes",
        _("Placements by mode and by reality"),
        [code for code in MODES if code or found.modes[-1].placements],
        (
            ("mode", _("Mode"), "text", mode_word),
            *((code or "unstated", reality_word(code), "count", _crossed(found, code)) for code in realities),
            ("all", _("All"), "count", by_mode.__getitem__),
        ),
        href=lambda mode: gathered.listed(Placement, mode=mode) if mode else "",
    )


def _crossed(found: PlacementReading, reality: str) -> Callable[[str], int]:
    return lambda mode: found.cross.get((mode, reality), 0)


def _realities(found: PlacementReading) -> Listing:
    seats = {each.reality: each for each in found.seats}
    return listing(
        "realities",
        _("Practice by how real it is"),
        (each for each in found.realities if each.code or each.placements or seats[each.code].resources),
        (
            ("reality", _("Reality"), "text", lambda each: reality_word(each.code)),
            ("placements", _("Placements and projects"), "count", lambda each: each.placements),
            ("students", _("Students"), "count", lambda each: each.students),
            ("resources", _("Rooms, platforms and accounts"), "count", lambda each: seats[each.code].resources),
            ("seats", _("Seats or accounts in them"), "number", lambda each: seats[each.code].seats),
            ("a_student", _("a student"), "index", lambda each: seats[each.code].a_student),
        ),
        notes=(_("Seats are those of rooms and platforms; of enterprises' accounts, the accounts."),),
    )


def _student_block(gathered: Gathered, found: PlacementReading) -> Block:
    listed, students = gathered.listed(Placement), gathered.students
    note = _("for %(count)s students") % {"count": students}
    if students is None:
        note = _("the number of students is not stated")
    relevance = _("said to fit the program; %(not)s do not") % {"not": found.irrelevant}
    return Block(
        "students",
        _("For one student"),
        figures=(
            Figure("a_student", _("Placements and projects a student"), found.a_student, "index", note, listed),
            Figure("students", _("Students placed"), found.students, href=listed),
            Figure("relevant", _("Fit the program"), found.relevant, note=relevance, href=listed),
        ),
        missing=students_missing(gathered),
    )


def _evaluation_block(gathered: Gathered, found: PlacementReading) -> Block:
    told, here = found.evaluated, "#evaluations"
    note = "" if told.share is None else _("%(share)s of all") % {"share": formats.share(told.share)}
    evaluations = listing(
        "evaluations",
        _("Evaluations by mode"),
        (each for each in found.modes if each.placements),
        (
            ("mode", _("Mode"), "text", lambda each: mode_word(each.code)),
            ("both", _("by both"), "count", lambda each: each.evaluated.both),
            ("school", _("by the school alone"), "count", lambda each: each.evaluated.school),
            ("enterprise", _("by the enterprise alone"), "count", lambda each: each.evaluated.enterprise),
            ("neither", _("by nobody"), "count", lambda each: each.evaluated.neither),
        ),
    )
    return Block(
        "evaluation",
        _("Evaluations"),
        figures=(
            Figure("both", _("by school and enterprise"), told.both, note=note, href=here),
            Figure("school", _("by the school alone"), told.school, href=here),
            Figure("enterprise", _("by the enterprise alone"), told.enterprise, href=here),
            Figure("neither", _("by nobody"), told.neither, href=gathered.listed(Placement)),
        ),
        listings=(evaluations,),
        rules=(Rule(_("School and enterprise both evaluate what a placement came to."), "004 §4.4", "paper"),),
    )


def _ability_block(gathered: Gathered, places: list[Place]) -> Block:
    cells = gathered.analysis.cells
    served = cells[cells["share"] > 0].groupby("ability", sort=False)["course"]
    courses = {str(ability): [str(code) for code in codes] for ability, codes in served}
    found = [each for each in placed_abilities(places, courses) if each.placements]
    text = ngettext_lazy(
        "Name the course to which %(count)s placement belongs.",
        "Name the course to which each of %(count)s placements belongs.",
        "count",
    )
    courseless = counted((sum(not place.courses for place in places), text))
    wanted, held = gathered.analysis.abilities["wanted"].astype(bool), {each.ability for each in found}
    without = sum(code not in held and bool(wanted[code]) for code in courses)
    unplaced = Figure("unplaced", _("Required or asked for, in no placement"), without)
    return Block(
        "abilities",
        _("By ability"),
        figures=(
            Figure("placed", _("Abilities that a placement's courses serve"), len(found), href="#placed"),
            unplaced.unless(mapping_unfinished(gathered)),
        ),
        listings=(_placed(gathered, found),) if found else (),
        missing=tuple(gathered.enter(Placement, each) for each in courseless),
    )


def _placed(gathered: Gathered, found: list[PlacedAbility]) -> Listing:
    names = gathered.names
    return listing(
        "placed",
        _("Placements by ability"),
        found,
        (
            ("ability", _("Ability"), "text", lambda each: names.ability(each.ability)),
            ("courses", _("Courses of the placements"), "text", lambda each: names.courses_of(each.courses)),
            ("placements", _("Placements and projects"), "count", lambda each: each.placements),
            ("students", _("Students"), "count", lambda each: each.students),
            ("real", _("on a real account or in real trade"), "count", lambda each: each.real),
            ("both", _("evaluated by both"), "count", lambda each: each.evaluated.both),
            ("school", _("by the school alone"), "count", lambda each: each.evaluated.school),
            ("enterprise", _("by the enterprise alone"), "count", lambda each: each.evaluated.enterprise),
        ),
        href=lambda each: gathered.ability_page(each.ability),
        notes=(_("A placement counts for every ability of its courses, so the rows overlap and are not added."),),
    )
