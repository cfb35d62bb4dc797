"""Advice by hours in words: what it reaches, what a course gives up for it, and what is left."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose, isnan
from typing import Any

from django.utils.translation import gettext as _

from curricula.analysis.optimise.optimiser import HoursPlan, Left, Line
from curricula.analysis.scenarios.effects import Change

from . import formats, phrases
from .edit_sentences import course_words
from .names import Names


def summary_words(plan: HoursPlan) -> str:
    """What is reached, by how much, and at what price."""
    if not plan.targets:
        return _("By its share of hours no ability is short for certain, so none have to move.")
    if not plan.edits:
        return formats.plural(
            "Hours alone do not help the %(targets)s ability that is surely short.",
            "Hours alone help none of the %(targets)s abilities that are surely short.",
            len(plan.targets),
            targets=len(plan.targets),
        )
    parts = (
        _("%(cured)s of %(targets)s no longer short") % {"cured": len(plan.cured), "targets": len(plan.targets)},
        formats.plural(
            "%(hours)s hours re-purposed in %(count)s course",
            "%(hours)s hours re-purposed in %(count)s courses",
            len(plan.courses),
            hours=formats.hours(plan.hours),
        ),
        _("plan total unchanged"),
        *([] if plan.cured else [_("they cure nothing and only make what is missing smaller")]),
    )
    return _("%(statement)s.") % {"statement": phrases.in_parts(parts)}


def left_words(left: Left, names: Names) -> str:
    """What an ability still lacks, and what would do beyond the hours that the courses have."""
    said = [_("%(hours)s short.") % {"hours": changed(_shortage(left), formats.hours, formats.in_hours)}]
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


def _shortage(left: Left) -> Change[float]:
    return Change(left.before if left.lessened else left.hours, left.hours)


def purpose_words(plan: HoursPlan, line: Line) -> str:
    """What a course gives an ability more for; "" where it gives it no more."""
    if not line.gains:
        return ""
    if line.ability in plan.cured:
        return _("so that it is no longer short")
    found = next((left for left in plan.left if left.ability == line.ability and left.lessened), None)
    return _("so that less is missing: %(hours)s") % {"hours": changed_hours(_shortage(found))} if found else ""


def done_words(plan: HoursPlan, ability: str) -> str:
    """What hours alone do for one ability, in few words; "" where it is none of the targets."""
    told = [_gained(line) for line in plan.lines if line.ability == ability and line.gains]
    if ability in plan.cured:
        return phrases.headed(_("By hours alone"), phrases.in_parts(told))
    if any(left.ability == ability for left in plan.left):
        return phrases.headed(_("By hours alone"), phrases.in_parts([*told, _("still short")]))
    return ""


def _gained(line: Line) -> str:
    """Hours in the course, and practice beside them where theory becomes practice too."""
    told = [f"{line.course} {changed_hours(line.exposed)}"]
    if not isclose(line.practised.after * line.exposed.before, line.practised.before * line.exposed.after):
        told.append(_("practice %(hours)s") % {"hours": changed_hours(line.practised)})
    return phrases.in_clauses(told)


def changed_hours(hours: Change[float]) -> str:
    """ "12 → 18 h", and "12 h" where they stay."""
    return changed(hours, formats.hours, formats.in_hours)


def changed(values: Change[Any], *written: Callable[[Any], str]) -> str:
    """Before and after, the second written as the last of `written`; one number where both read alike."""
    before, after = written[0](values.before), written[0](values.after)
    end = written[-1](values.after)
    return end if before == after else _("%(before)s → %(after)s") % {"before": before, "after": end}


def size_words(line: Line) -> str:
    """What the plan as a whole gives an ability beside what employers ask for: by that it is judged who may give."""
    size, practice = (changed(each, formats.share) for each in (line.size, line.practice))
    values = {"size": size, "practice": practice, "demanded": formats.share(line.demanded)}
    if isnan(line.practice.after):
        return _("In the plan: %(size)s of all hours, for %(demanded)s of demand") % values
    return _("In the plan: %(size)s of all hours, %(practice)s of practice, for %(demanded)s of demand") % values
