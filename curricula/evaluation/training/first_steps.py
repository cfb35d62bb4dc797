"""What a panel asks for before it can say anything of a plan."""

from __future__ import annotations

from django.utils.translation import gettext as _

from curricula.analysis.training.readings import because
from curricula.reports.panels import Missing, Reading
from curricula.wording import phrases
from curricula.wording.training import reason

from .gathered import Gathered


def nothing_yet(gathered: Gathered, asks: str, *, mapped: bool = False) -> Reading | None:
    """The empty reading of a plan without courses; where it needs the mapping, of an unfinished one or of no hours."""
    page = gathered.curriculum.page
    if not gathered.courses:
        step = Missing("", _("Import the teaching plan."), page("courses"), _("Courses"))
        return Reading(asks, missing=(step,), empty=True)
    if mapped and gathered.analysis.unfinished:
        step = Missing("", _("Map the courses to abilities, and sign the mapping off."), page("matrix"), _("Matrix"))
        said = phrases.space().join((asks, reason(because("mapping_unfinished"))))
        return Reading(said, missing=(step,), empty=True)
    if mapped and not gathered.analysis.abilities["exposure_hours"].any():
        step = Missing("", _("State the hours of the courses that serve abilities."), page("courses"), _("Courses"))
        said = phrases.space().join((asks, _("No course that serves an ability states hours.")))
        return Reading(said, missing=(step,), empty=True)
    return None


def choose_postings(gathered: Gathered) -> Missing:
    """Where a plan says by which postings it is judged."""
    page = gathered.curriculum.page("curriculum-settings")
    return Missing("", _("Choose the postings by which the plan is judged."), page, _("Settings"))
