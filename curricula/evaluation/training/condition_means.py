"""The lights of the equipment and of the practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from curricula.analysis.training.checks import PartCheck, RatioCheck, Verdict, part_check
from curricula.analysis.training.conditions import (
    Amount,
    amount,
    courses_with_room,
    real_accounts,
    students_placed,
)
from curricula.models import Course, Placement, Resource
from curricula.reports.panels import Block, Figure, Listing, Missing, Rule, listing
from curricula.wording import formats

from .condition_teachers import part_figure
from .facts import mapped_courses, placement_facts, resource_facts
from .first_steps import students_missing
from .gathered import Gathered
from .words import counted, judged, not_stated, truth

MODES_OF_PRACTICE = ("simulation", "operation")


def equipment_block(gathered: Gathered) -> tuple[Block, list[Verdict | None]]:
    """Seats a student, and practised courses that have a room or software."""
    held = gathered.of(Resource)
    seats = amount(each.seats for each in held)
    ratio, enough = seats.a_head(gathered.students, least=gathered.rules["seats_per_student"])
    served = courses_with_room(practised_courses(gathered), map(resource_facts, held)) if held else {}
    room = part_check(served.values(), least=gathered.rules["courses_with_room"]) if served else None
    figures, listings = [], []
    if held:
        figure = Figure("seats", _("Seats for practice a student"), None, "index", href="#resources")
        figures.append(judged(_a_head(gathered, figure, ratio, seats), enough))
        listings.append(_resources(held))
    if room:
        figures.append(part_figure("rooms", _("Practised courses with a room or software"), room, href="#rooms"))
        listings.append(_rooms(gathered, served))
    block = Block(
        "equipment",
        _("Software and hardware"),
        figures=tuple(figures),
        wanted=tuple(_equipment_wanted(ratio, room)),
        listings=tuple(listings),
        rules=_equipment_rules(gathered),
        missing=tuple(_missing_means(gathered, held=bool(held), stated=bool(seats.stated))),
    )
    return block, [enough, room.verdict if room else None]


def practised_courses(gathered: Gathered) -> dict[str, Course]:
    """The courses with hours of simulation or operation that serve an ability; sport and the like need no room."""
    courses = mapped_courses(gathered).items()
    return {code: each for code, each in courses if any(getattr(each, mode) for mode in MODES_OF_PRACTICE)}


def _a_head(gathered: Gathered, figure: Figure, check: RatioCheck | None, stated: Amount) -> Figure:
    """So much a student, or why that is not known."""
    if check is None:
        why = _("no record states it") if gathered.students else _("the number of students is not stated")
        return figure.unless(why)
    words = {
        "amount": formats.number(check.amount),
        "people": formats.count(check.people),
        "least": formats.number(check.least),
    }
    note = _("%(amount)s for %(people)s students; at least %(least)s a student are needed") % words
    return replace(figure, value=check.value, note=note + not_stated(stated.silent))


def _missing_means(gathered: Gathered, *, held: bool, stated: bool) -> Iterator[Missing]:
    if not held:
        why = _("Enter the laboratories and platforms: their seats, their software, the courses that they serve.")
        yield gathered.enter(Resource, why)
    elif not stated:
        yield gathered.enter(Resource, _("State the seats of the laboratories and platforms."))
    yield from students_missing(gathered)


def _equipment_wanted(ratio: RatioCheck | None, room: PartCheck | None) -> list[str]:
    seats = ngettext_lazy("%(count)s more seat for practice.", "%(count)s more seats for practice.", "count")
    rooms = ngettext_lazy(
        "A room or software for %(count)s more practised course.",
        "A room or software for %(count)s more practised courses.",
        "count",
    )
    return counted((ratio.short if ratio else 0, seats), (room.short if room else 0, rooms))


def _equipment_rules(gathered: Gathered) -> tuple[Rule, ...]:
    seats = _("At least %(least)s seats for practice a student, over all rooms and platforms that serve the plan.")
    rooms = _(
        "At least %(part)s of the courses that serve an ability and have hours of simulation or operation have a room "
        "or software."
    )
    return (
        Rule(seats % {"least": formats.number(gathered.rules["seats_per_student"])}, "003 §2.2"),
        Rule(rooms % {"part": formats.percent(gathered.rules["courses_with_room"])}, "003 §2.2"),
    )


def _resources(held: list[Resource]) -> Listing:
    return listing(
        "resources",
        _("Resources"),
        held,
        (
            ("title", _("Resource"), "text", lambda each: each.title),
            ("seats", _("Seats"), "number", lambda each: each.seats),
            ("accounts", _("Real accounts"), "number", lambda each: each.accounts),
            ("reality", _("Reality"), "text", lambda each: each.get_reality_display() or None),
            ("software", _("Software"), "text", lambda each: each.software or None),
        ),
        href=lambda each: each.get_absolute_url(),
    )


def _rooms(gathered: Gathered, served: dict[str, bool | None]) -> Listing:
    courses = gathered.courses
    return listing(
        "rooms",
        _("Practised courses and their rooms"),
        sorted(served, key=lambda code: served[code] is True),  # those without one are what the reader looks for
        (
            ("course", _("Practised course"), "text", lambda code: f"{code} {courses[code].title}"),
            ("served", _("Room or software"), "text", lambda code: truth(served[code])),
        ),
        href=lambda code: courses[code].get_absolute_url(),
    )


def practice_block(gathered: Gathered) -> tuple[Block, list[Verdict | None]]:
    """Real accounts a student, and students in a placement or a project within a year."""
    resources, placements = gathered.of(Resource), gathered.of(Placement)
    accounts = amount(real_accounts(resource_facts(each)) for each in resources)
    ratio, real = accounts.a_head(gathered.students, least=gathered.rules["real_seats_per_student"])
    placed, newest = students_placed(map(placement_facts, placements))
    least = gathered.rules["students_placed"]
    check = RatioCheck(len(placed), gathered.students, least) if gathered.students and newest else None
    verdict = check.verdict if check else None
    figures = []
    if resources:
        figure = Figure("real", _("Real accounts a student"), None, "index", href="#resources")
        figures.append(judged(_a_head(gathered, figure, ratio, accounts), real))
    if placements:
        value, note = check.value if check else None, _placed_note(check, newest)
        figure = Figure("placed", _("Students placed"), value, "share", note, gathered.listed(Placement))
        figures.append(judged(figure, verdict))
    block = Block(
        "practice",
        _("Practice"),
        figures=tuple(figures),
        wanted=tuple(_practice_wanted(ratio, check)),
        rules=_practice_rules(gathered),
        missing=tuple(_missing_practice(gathered, accounts, placements)),
    )
    return block, [real, verdict]


def _placed_note(check: RatioCheck | None, newest: date | None) -> str:
    if newest is None:
        return _("no placement states a day")
    if check is None:
        return _("the number of students is not stated")
    said = _("%(count)s of %(people)s students in the year up to %(day)s; at least %(least)s are needed")
    return said % {
        "count": formats.count(int(check.amount)),
        "people": formats.count(check.people),
        "day": formats.day(newest),
        "least": formats.percent(check.least),
    }


def _practice_wanted(ratio: RatioCheck | None, placed: RatioCheck | None) -> list[str]:
    accounts = ngettext_lazy("%(count)s more real account.", "%(count)s more real accounts.", "count")
    students = ngettext_lazy(
        "%(count)s more student in a placement or a project within a year.",
        "%(count)s more students in a placement or a project within a year.",
        "count",
    )
    return counted((ratio.short if ratio else 0, accounts), (placed.short if placed else 0, students))


def _practice_rules(gathered: Gathered) -> tuple[Rule, ...]:
    real = _("At least %(least)s real accounts a student: software that simulates is not as changeable as the trade.")
    placed = _(
        "At least %(part)s of the students were in a placement or a project beyond orientation in the twelve months "
        "up to the newest one."
    )
    return (
        Rule(real % {"least": formats.number(gathered.rules["real_seats_per_student"])}, "003 §2.3; 004 §3.3"),
        Rule(placed % {"part": formats.percent(gathered.rules["students_placed"])}, "003 §2.3"),
    )


def _missing_practice(gathered: Gathered, accounts: Amount, placements: list[Placement]) -> Iterator[Missing]:
    if not placements:
        why = _("Enter the placements and projects of students, each with its kind and its days.")
        yield gathered.enter(Placement, why)
    if not accounts.stated:
        yield gathered.enter(Resource, _("State how many real accounts the laboratories and platforms have."))
    yield from students_missing(gathered)
