"""The panel of the creating space: resources by the four elements of paper 002 §IV.D."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from curricula.analysis.training.maturity import a_head
from curricula.analysis.training.space import ELEMENTS, Element, by_element
from curricula.fields.resource import RESOURCE
from curricula.models import Cohort, Resource
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases

from .gathered import Gathered
from .words import cells


def space(gathered: Gathered) -> Reading:
    """Which of the four elements have a resource, with seats a student."""
    held = gathered.of(Resource)
    if not held:
        asks = _("This page will show the resources by the four elements of a creating space, with seats a student.")
        why = _("Enter the laboratories, platforms and communities, each with its element and its seats.")
        return Reading(asks, missing=(gathered.enter(Resource, why),), empty=True)
    lines = by_element((each.element, each.seats) for each in held)
    block = Block(
        "elements",
        figures=tuple(_figure(gathered, line) for line in lines),
        listings=(_listing(held),),
        rules=(Rule(_("Each resource belongs to the element that its record states."), "002 §IV.D", "paper"),),
        missing=_missing(gathered, lines),
    )
    return Reading(_sentence(lines), (block,), how=_how())


def element_title(name: str) -> str:
    """What an element is called; resources without one are called so."""
    return str(capfirst(dict(RESOURCE.choices_of("element")).get(name, ""))) or _("Element not stated")


def _sentence(lines: list[Element]) -> str:
    absent = [element_title(line.name) for line in lines if line.name and not line.resources]
    there = len(ELEMENTS) - len(absent)
    if not absent:
        return _("All four elements of a creating space have a resource on record.")
    said = _("%(count)s of the four elements of a creating space have a resource on record; none has: %(names)s.")
    return said % {"count": there, "names": phrases.in_a_row(absent)}


def _figure(gathered: Gathered, line: Element) -> Figure:
    """How many resources an element has, with the seats a student beside."""
    note = _("no resource on record") if not line.resources else _seats(gathered, line)
    return Figure(line.name or "not_stated", element_title(line.name), line.resources, note=note, href="#resources")


def _seats(gathered: Gathered, line: Element) -> str:
    if line.silent == line.resources:
        return _("no seats are stated")
    each = a_head(line.seats, gathered.students)
    if each is None:
        said = _("%(seats)s seats; the number of students is not stated")
        return said % {"seats": formats.number(line.seats)}
    said = _("%(seats)s seats for %(people)s students: %(each)s a student")
    told = said % {"seats": formats.number(line.seats), "people": gathered.students, "each": formats.index(each)}
    return told + (_("; not stated for %(count)s") % {"count": line.silent} if line.silent else "")


def _missing(gathered: Gathered, lines: list[Element]) -> tuple[Missing, ...]:
    found = []
    if any(not line.name for line in lines):
        found.append(gathered.enter(Resource, _("State the element of the resources that have none yet.")))
    if gathered.students is None:
        found.append(gathered.enter(Cohort, _("Enter how many students the program has in each year of entry.")))
    return tuple(found)


def _listing(held: list[Resource]) -> Listing:
    columns = (
        Column("title", _("Resource"), "text"),
        Column("element", _("Element"), "text"),
        Column("seats", _("Seats"), "number"),
        Column("reality", _("Reality"), "text"),
        Column("courses", _("Courses"), "text"),
    )
    ordered = sorted(
        held, key=lambda each: (ELEMENTS.index(each.element) if each.element in ELEMENTS else 9, each.title)
    )
    rows = tuple(
        cells(
            each.title,
            element_title(each.element),
            each.seats,
            each.get_reality_display() or None,
            phrases.in_a_row(each.courses) or None,
        )
        for each in ordered
    )
    hrefs = tuple(each.get_absolute_url() for each in ordered)
    return Listing(Table("resources", _("Resources by element"), columns, rows), hrefs)


def _how() -> tuple[str, ...]:
    return (
        _(
            "The paper names four elements of a space in which talents grow: open resources, creative practice, "
            "communities and cooperation space. It gives no number of seats, so none is asked for here."
        ),
    )
