"""A reading of the analysis as a figure of a panel: its value with its interval, or the reason for having none."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from curricula.analysis.training.flows import Age
from curricula.analysis.training.readings import Reading as Number
from curricula.reports.panels import Figure
from curricula.wording import formats, phrases
from curricula.wording.training import no_interval, reason

from .words import months

DECIMALS: Final = 2  # of plain numbers


def figure_of(name: str, label: str, number: Number, kind: formats.Kind, *, note: str = "", href: str = "") -> Figure:
    """The number, and beside it its interval or why it has none."""
    if number.value is None:
        return Figure(name, label, None, kind, reason(number.undefined), href)
    said = no_interval(number.no_interval) or interval(number.low, number.high, kind)
    value = round(number.value, DECIMALS) if kind == "number" else number.value
    return Figure(name, label, value, kind, phrases.space().join(filter(None, (note, said))), href)


def interval(low: float | None, high: float | None, kind: formats.Kind) -> str:
    """Both ends; an open one is said."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least %(low)s: some courses state neither practice nor a total") % {"low": _shown(low, kind)}
    return _("between %(low)s and %(high)s") % {"low": _shown(low, kind), "high": _shown(high, kind)}


def _shown(value: float | None, kind: formats.Kind) -> str:
    return formats.show(value, kind)


def age_figure(name: str, label: str, age: Age) -> Figure:
    """The day of the newest record, how old it is, and whether that is too old by the school's limit."""
    if age.newest is None or age.months is None:
        return Figure(name, label, None, "date", _("no day is recorded"), tone="na", verdict=str(_("no date")))
    words = _("%(months)s ago; stale after %(limit)s")
    note = words % {"months": months(age.months), "limit": months(age.limit)}
    tone, verdict = ("gap", _("stale")) if age.is_stale else ("ok", _("current"))
    return Figure(name, label, age.newest, "date", note, tone=tone, verdict=verdict)
