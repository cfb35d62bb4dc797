"""An attainment in words: its verdict, its interval, and what to know of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curricula.analysis.attainment import verdicts_around
from curricula.analysis.training.attained import SHARE, Shown
from curricula.reports.panels import Item, Told
from curricula.wording import formats

VERDICTS: Final = {
    "met": gettext_noop("met"),
    "not_met": gettext_noop("not met"),
    "open": gettext_noop("undecided"),
    "": gettext_noop("no target stated"),
}
WHY: Final = {
    "no_weights": gettext_noop("neither weights nor full marks are stated"),
    "some_weights": gettext_noop("not every part states its weight"),
    "no_parts": gettext_noop("no part has a result"),
    "no_students": gettext_noop("the number of students is not stated"),
    "no_result": gettext_noop("neither a mean nor an attainment is stated"),
    "above_full": gettext_noop("the mean is above the full mark"),
    "more_than_all": gettext_noop("more reached it than there were students"),
}


def between(low: float, high: float) -> str:
    return _("%(low)s–%(high)s") % {"low": formats.index(low), "high": formats.index(high)}


def interval_of(found: Shown) -> str | None:
    return between(found.value.low, found.value.high) if found.value else None


def value_columns(shown: Callable[[Item], Shown]) -> tuple[Told[Item], ...]:
    """The columns of an attainment: its value, its interval and its target."""
    return (
        ("attained", _("Attainment"), "index", lambda each: shown(each).attained),
        ("interval", _("Interval"), "text", lambda each: interval_of(shown(each))),
        ("target", _("Target"), "index", lambda each: shown(each).target),
    )


def verdict_of(found: Shown) -> str | None:
    """With what it would be 5 points below and above the target, where that differs."""
    if found.value is None or found.target is None:
        untold = VERDICTS[""]
        return _(untold) if found.value else None
    below, at, above = verdicts_around(found.value.low, found.value.high, found.target)
    word = _(VERDICTS[at])
    if below == at == above:
        return word
    said = _("%(verdict)s (5 points lower: %(below)s, higher: %(above)s)")
    return said % {"verdict": word, "below": _(VERDICTS[below]), "above": _(VERDICTS[above])}


def notes_of(found: Shown) -> list[str]:
    notes = [_(WHY[found.reason])] if found.reason else []
    if found.scale == SHARE and found.value:
        notes.append(_("part of the students that reached the threshold"))
    elif found.value and not found.spread_known:
        notes.append(_("spread not recorded: the widest interval that there can be"))
    if found.by_full_marks:
        notes.append(_("weights not stated: by full marks"))
    if found.tuned:
        notes.append(_("target set after the results"))
    return notes
