"""The panel of the creating space: resources by the four elements of paper 002 §IV.D."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.maturity import a_head
from curricula.analysis.training.space import ELEMENTS, Element, by_element
from curricula.fields.resource import RESOURCE
from curricula.models import Resource
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .first_steps import students_missing
from .gathered import Gathered
from .panel import nothing, panel
from .words import not_stated


@panel(
    "space",
    gettext_lazy("Creating space"),
    group="conditions",
    papers=("2.9",),
    question=gettext_lazy(
        "Which of the four elements of a creating space does the school have, for how many students?"
    ),
    asks=gettext_lazy(
        "This page will show the resources by the four elements of a creating space, with seats a student."
    ),
    how=(
        gettext_lazy(
            "The paper names four elements of a space in which talents grow: open resources, creative practice, "
            "communities and cooperation space. It gives no number of seats, so none is asked for here."
        ),
    ),
)
def space(gathered: Gathered) -> Reading:
    """Which of the four elements have a resource, with seats a student."""
    if not (held := gathered.of(Resource)):
        why = _("Enter the laboratories, platforms and communities, each with its element and its seats.")
        return nothing(gathered.enter(Resource, why))
    lines = by_element((each.element, each.seats) for each in held)
    block = Block(
        "elements",
        figures=tuple(_figure(gathered, line) for line in lines),
        listings=(_listing(held),),
        rules=(Rule(_("Each resource belongs to the element that its record states."), "002 §IV.D", "paper"),),
        missing=_missing(gathered, lines),
    )
    return Reading(_sentence(lines), (block,))


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
    return told + not_stated(line.silent)


def _missing(gathered: Gathered, lines: list[Element]) -> tuple[Missing, ...]:
    named = gathered.enter(Resource, _("State the element of the resources that have none yet."))
    return (*(named for line in lines if not line.name), *students_missing(gathered))


def _listing(held: list[Resource]) -> Listing:
    return listing(
        "resources",
        _("Resources by element"),
        sorted(held, key=lambda each: (ELEMENTS.index(each.element) if each.element in ELEMENTS else 9, each.title)),
        (
            ("title", _("Resource"), "text", lambda each: each.title),
            ("element", _("Element"), "text", lambda each: element_title(each.element)),
            ("seats", _("Seats"), "number", lambda each: each.seats),
            ("reality", _("Reality"), "text", lambda each: each.get_reality_display() or None),
            ("courses", _("Courses"), "text", lambda each: phrases.in_a_row(each.courses) or None),
        ),
        href=lambda each: each.get_absolute_url(),
    )
