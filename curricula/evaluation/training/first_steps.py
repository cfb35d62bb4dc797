"""What a panel asks for before it can say anything of a plan."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.readings import because
from curricula.models import Cohort, Teacher
from curricula.reports.panels import Missing, Reading
from curricula.wording.training import reason

from .gathered import Gathered
from .panel import nothing

BUTTONS: Final = {
    "courses": gettext_lazy("Courses"),
    "matrix": gettext_lazy("Matrix"),
    "curriculum-settings": gettext_lazy("Settings"),
    "loop": gettext_lazy("Loop"),
}


def on_page(gathered: Gathered, page: str, text: str) -> Missing:
    """What to do on a page of the plan."""
    return Missing("", text, gathered.curriculum.page(page), str(BUTTONS[page]))


def import_plan(gathered: Gathered) -> Missing:
    return on_page(gathered, "courses", _("Import the teaching plan."))


def map_courses(gathered: Gathered) -> Missing:
    return on_page(gathered, "matrix", _("Map the courses to abilities, and sign the mapping off."))


def finish_mapping(gathered: Gathered) -> Missing:
    return on_page(gathered, "matrix", _("Finish the mapping of courses and abilities, or sign it off."))


def state_hours(gathered: Gathered) -> Missing:
    return on_page(gathered, "courses", _("State the hours of the courses that serve abilities."))


def choose_postings(gathered: Gathered) -> Missing:
    """Where a plan says by which postings it is judged."""
    return on_page(gathered, "curriculum-settings", _("Choose the postings by which the plan is judged."))


def enter_teachers(gathered: Gathered) -> Missing:
    why = _("Enter the teachers: what they studied, where they practised, which courses they teach.")
    return gathered.enter(Teacher, why)


def enter_students(gathered: Gathered) -> Missing:
    return gathered.enter(Cohort, _("Enter how many students the program has in each year of entry."))


def students_missing(gathered: Gathered) -> tuple[Missing, ...]:
    return (enter_students(gathered),) if gathered.students is None else ()


def nothing_yet(gathered: Gathered, *, mapped: bool = False) -> Reading | None:
    """The empty reading of a plan without courses; where it needs the mapping, of an unfinished one or of no hours."""
    if not gathered.courses:
        return nothing(import_plan(gathered))
    if mapped and gathered.analysis.unfinished:
        return nothing(map_courses(gathered), why=reason(because("mapping_unfinished")))
    if mapped and not gathered.analysis.abilities["exposure_hours"].any():
        return nothing(state_hours(gathered), why=_("No course that serves an ability states hours."))
    return None
