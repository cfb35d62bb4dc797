"""Every step that the analysis advises as a sentence, filled as those of its notices are (`sentences.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

ADVICE: Final[Mapping[str, Any]] = {
    "add_untaught": _("Nothing serves it yet, for %(target_share)s of all demand: with %(hours)s h it is not short."),
    "add_emerging": _(
        "Nothing serves it yet and demand is rising (%(mentions)s of %(postings)s postings, after %(mentions_before)s "
        "of %(postings_before)s), to %(target_share)s of all demand: with %(hours)s h it is not short."
    ),
    "add_required": ngettext_lazy(
        "Nothing serves it yet, and %(positions)s position requires it; %(hours)s h would be a start. How many "
        "are enough cannot be told without demand.",
        "Nothing serves it yet, and %(positions)s positions require it; %(hours)s h would be a start. How many "
        "are enough cannot be told without demand.",
        "n_positions",
    ),
    "practise_required": _(
        "It is only lectured on: %(hours)s of the %(course_theory_hours)s h of theory that the course gives it "
        "could become practice."
    ),
    "shift_to_practice": _(
        "%(share)s of all practice for %(target_share)s of all demand: with %(hours)s h more of practice it is not "
        "short; the course has %(course_theory_hours)s h of theory and %(course_practice_hours)s of practice for it."
    ),
    "give_more_hours": _(
        "%(share)s of all hours for %(target_share)s of all demand: with %(hours)s h more it is not short; the "
        "course gives it %(course_hours)s h now."
    ),
    "raise_level": _("Its level is %(reached)s and should be %(required)s; the course gives it %(course_hours)s h."),
    "assess": _("It is never assessed; the course gives it %(course_hours)s h."),
    "retire_obsolete": _(
        "Demand has faded (%(mentions)s of %(postings)s postings, after %(mentions_before)s of %(postings_before)s): "
        "this frees up to %(course_hours)s h of the %(hours)s, %(share)s of all."
    ),
    "retire_excess": _(
        "It has %(share)s of all hours for a target of %(target_share)s: %(hours)s h can go; the "
        "course gives it %(course_hours)s h."
    ),
}
