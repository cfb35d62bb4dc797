"""Advice by hours in words: what it reaches, what a course gives up for it, and what is left."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.analysis.optimise.optimiser import HoursPlan, Left

from . import formats, phrases
from .edit_sentences import course_words
from .names import Names


def summary_words(plan: HoursPlan) -> str:
    """What is reached, by how much, and at what price."""
    if not plan.targets:
        return _("No shortfall is certain in hours, so none have to move.")
    if not plan.edits:
        return _("Hours alone help none of the %(targets)s abilities that are short.") % {"targets": len(plan.targets)}
    courses = len(plan.courses)
    counts = {"cured": len(plan.cured), "targets": len(plan.targets)}
    values = {"hours": formats.hours(plan.hours), "count": courses}
    parts = (
        _("%(cured)s of %(targets)s no longer short") % counts,
        ngettext(
            "%(hours)s hours re-purposed in %(count)s course",
            "%(hours)s hours re-purposed in %(count)s courses",
            courses,
        )
        % values,
        _("plan total unchanged"),
    )
    return _("%(statement)s.") % {"statement": phrases.in_parts(parts)}


def left_words(left: Left, names: Names) -> str:
    """What an ability still lacks, and what would do beyond the hours that the courses have."""
    said = [_("%(hours)s short.") % {"hours": formats.in_hours(left.hours)}]
    locked = phrases.listed([course_words(code, names) for code in left.locked])
    if left.course is not None:
        values = {
            "course": course_words(left.course, names),
            "credit": formats.in_hours(left.credit_hours),
            "reached": formats.in_hours(left.reached),
        }
        said.append(_("One credit more of %(course)s (%(credit)s) would bring it %(reached)s.") % values)
    elif left.locked:
        said.append(_("It is served by what is locked: %(courses)s.") % {"courses": locked})
        said.append(_("Else it takes a new or borrowed course."))
    else:
        said.append(_("It takes a new or borrowed course."))
    return phrases.space().join(said)


def done_words(plan: HoursPlan, ability: str) -> str:
    """What hours alone do for one ability, in few words; "" where it is none of the targets."""
    told = [
        _("%(course)s %(before)s → %(after)s")
        % {
            "course": line.course,
            "before": formats.hours(line.hours.before),
            "after": formats.in_hours(line.hours.after),
        }
        for line in plan.lines
        if line.ability == ability and line.gained > 0
    ]
    if ability in plan.cured:
        return phrases.headed(_("By hours alone"), phrases.in_a_row(told))
    if any(left.ability == ability for left in plan.left):
        return phrases.headed(_("By hours alone"), phrases.in_a_row([*told, _("still short")]))
    return ""
