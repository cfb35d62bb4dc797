"""What a course does for an ability in the whole plan, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.analysis.measures.carriers import Carriers


def said_of(carriers: Carriers) -> str:
    """Of an ability that the course is mapped to; where that is not accepted, what is so without it."""
    if not carriers.serves:
        return _without(carriers)
    if carriers.only_one:
        return (
            _("The only course that practises it, and the only one that serves it.")
            if carriers.practises
            else _("The only course that serves it; it states no practice.")
        )
    if carriers.only_practising:
        others = carriers.serving - 1
        return ngettext(
            "The only one that practises it; %(n)s other course serves it.",
            "The only one that practises it; %(n)s other courses serve it.",
            others,
        ) % {"n": others}
    return _among(carriers)


def _among(carriers: Carriers) -> str:
    words = {"n": carriers.serving, "practising": carriers.practising, "unsure": carriers.unsure}
    if carriers.unsure:
        return (
            _("One of %(n)s courses that serve it: %(practising)s practise it, of %(unsure)s it is not stated.")
            % words
        )
    if not carriers.practising:
        return _("One of %(n)s courses that serve it; none practises it.") % words
    return _("One of %(n)s courses that serve it: %(practising)s practise it.") % words


def _without(carriers: Carriers) -> str:
    n = carriers.serving
    return ngettext(
        "Without this course %(n)s course serves it.", "Without this course %(n)s courses serve it.", n
    ) % {"n": n}
