"""Why no change of hours does it, and which bound is to blame, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curricula.analysis.frames import Notice
from curricula.analysis.optimise.infeasibility import Blame, Conflict

from . import formats

SMALL: Final = 1e-6
REASONS: Final[Mapping[str, Any]] = {
    "beyond_hours": ngettext_lazy(
        "Hours cannot bring the chosen ability into line.",
        "Hours cannot bring any of the %(abilities)s chosen abilities into line.",
        "n_abilities",
    ),
    "bounds_too_tight": _("Impossible within the bounds."),
    "targets_conflict": ngettext_lazy(
        "Impossible whatever the bounds: %(abilities)s of %(of)s abilities cannot be brought into line with the "
        "others.",
        "Impossible whatever the bounds: %(abilities)s of %(of)s abilities cannot be brought into line together.",
        "n_abilities",
    ),
    "out_of_time": _("The search ended after %(seconds)s seconds without an answer: choose fewer abilities."),
}

BOUNDS: Final[Mapping[str, Any]] = {
    "course_hours": _("A course may hold %(bound)s hours at most."),
    "course_credits": _("A course may hold %(bound)s credits at most."),
    "course_loss": _("A course may lose %(bound)s %% of its hours at most."),
    "term_hours": _("A term may hold %(bound)s hours at most."),
    "term_credits": _("A term may hold %(bound)s credits at most."),
    "total_change": _("The plan may grow or shrink by %(bound)s hours."),
    "locked": _("The locked courses must stay as they are."),
}
ENOUGH: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("course_hours", "term_hours", "total_change"), _("With %(needed)s hours it would be possible.")),
    **dict.fromkeys(("course_credits", "term_credits"), _("With %(needed)s credits it would be possible.")),
    "course_loss": _("With %(needed)s %% it would be possible."),
    "locked": _("If one of them might change by %(needed)s hours it would be possible."),
}


def reason_words(reason: Notice) -> str:
    numbers = {f"n_{name}": int(value) for name, value in reason.values.items()}
    written = {name: formats.number(float(value)) for name, value in reason.values.items()}
    return str(REASONS[reason.code] % {**numbers, **written})


def blame_words(blame: Blame) -> str:
    """The bound to blame, and what would do in its place: rounded up, so that it does."""
    said = [BOUNDS[blame.kind] % {"bound": formats.number(blame.bound)}]
    if not blame.settled:
        said.append(_("What would do in its place was not settled in time."))
    elif blame.needed is None:
        said.append(_("No other number here would do alone."))
    else:
        said.append(ENOUGH[blame.kind] % {"needed": formats.number(_rounded_up(blame.needed))})
    return " ".join(map(str, said))


def several_words(conflicts: int) -> str:
    """Said where more than one set of bounds is to blame."""
    said = _("There are %(n)s reasons, each enough by itself; what would do is told as if the others gave way.")
    return str(said % {"n": conflicts}) if conflicts > 1 else ""


def conflict_words(conflict: Conflict) -> str:
    """What holds for the bounds of one conflict together, "" for a single one."""
    many = len(conflict.bounds) > 1
    if many and conflict.smallest:
        return str(_("Each of these bounds could be kept by itself; together they cannot. One has to give way."))
    return "" if conflict.smallest else str(_("Whether fewer of these bounds are to blame was not settled in time."))


def _rounded_up(needed: float) -> float:
    return math.ceil(needed * 10 - SMALL) / 10
