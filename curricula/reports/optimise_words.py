"""Why no change of hours does it, and which bound is to blame, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curricula.analysis.frames import Notice
from curricula.analysis.hour_solver import Blame
from curricula.reports import formats
from curricula.reports.gap_report import Names

REASONS: Final[Mapping[str, Any]] = {
    "beyond_hours": ngettext_lazy(
        "Hours cannot bring the chosen ability into line.",
        "Hours cannot bring any of the %(abilities)s chosen abilities into line.",
        "n_abilities",
    ),
    "bounds_too_tight": ngettext_lazy(
        "Impossible within the bounds: this one is to blame.",
        "Impossible within the bounds: these %(bounds)s together are to blame.",
        "n_bounds",
    ),
    "targets_conflict": ngettext_lazy(
        "Impossible whatever the bounds: %(abilities)s of %(of)s abilities cannot be brought into line with the "
        "others.",
        "Impossible whatever the bounds: %(abilities)s of %(of)s abilities cannot be brought into line together.",
        "n_abilities",
    ),
    "out_of_time": _("The search ended after %(seconds)s seconds without an answer: choose fewer abilities."),
}

BLAMED: Final[Mapping[str, Any]] = {
    "course_hours": _("course %(course)s may hold %(bound)s hours, and would need %(needed)s"),
    "course_credits": _("course %(course)s may hold %(bound)s credits, and would need %(needed)s"),
    "term_hours": _("term %(code)s may hold %(bound)s hours, and would need %(needed)s"),
    "term_credits": _("term %(code)s may hold %(bound)s credits, and would need %(needed)s"),
    "total_change": _("the plan may grow or shrink by %(bound)s hours, and would need %(needed)s"),
    "locked": _("course %(course)s must stay as it is, and would have to change by %(needed)s hours"),
}


def reason_words(reason: Notice) -> str:
    numbers = {f"n_{name}": int(value) for name, value in reason.values.items()}
    written = {name: formats.number(float(value)) for name, value in reason.values.items()}
    return str(REASONS[reason.code] % {**numbers, **written})


def blame_words(blame: Blame, names: Names) -> str:
    values = {
        "code": blame.code,
        "course": f"{blame.code} {names.courses.get(blame.code, '')}".strip(),
        "bound": formats.number(blame.bound),
        "needed": formats.number(round(blame.needed, 1)),
    }
    return str(BLAMED[blame.kind] % values)
