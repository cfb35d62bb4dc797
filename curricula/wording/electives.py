"""The rule of an elective group in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import formats


def rule_words(group: Any, listed: int) -> str:
    """“2 of 5 courses”; `group` has choose, credits and hours, None where its rule does not count them."""
    courses = formats.plural("%(count)s course", "%(count)s courses", listed)
    words = {"courses": courses if listed else _("courses that are not listed")}
    if group.choose:
        return _("%(chosen)s of %(courses)s") % {**words, "chosen": formats.count(group.choose)}
    if group.credits:
        number = 1 if group.credits == 1 else 2
        said = ngettext("%(credits)s credit of %(courses)s", "%(credits)s credits of %(courses)s", number)
        return said % {**words, "credits": formats.number(group.credits)}
    if group.hours:
        number = 1 if group.hours == 1 else 2
        said = ngettext("%(hours)s hour of %(courses)s", "%(hours)s hours of %(courses)s", number)
        return said % {**words, "hours": formats.hours(group.hours)}
    return _("%(courses)s; how many are chosen is not said") % words
