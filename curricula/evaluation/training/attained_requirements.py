"""The part of the panel of attainment on graduation requirements: the weakest indicator point of each."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.utils.translation import gettext as _

from curricula.analysis.training.attained_requirements import PointAttained, RequirementAttained
from curricula.models import Attainment
from curricula.reports.panels import Block, Figure, Listing, Rule, listing
from curricula.wording import formats, phrases

from .attained_words import VERDICTS, notes_of, value_columns
from .gathered import Gathered


def requirement_block(gathered: Gathered, found: Sequence[RequirementAttained]) -> Block:
    """Each requirement of which the sheets name indicator points, by its weakest one."""
    title, here = _("By graduation requirement"), "#requirements"
    text = _(
        "A graduation requirement is attained as far as its weakest indicator point. It stands beside the lowest "
        "value to be expected if all its points were equally good; requirements with different numbers of points are "
        "not compared."
    )
    rules = (Rule(text, "", "method"),)
    if not found:
        why = _("Write the indicator point, such as 3.1, into each row of the sheets of attainment.")
        return Block("requirements", title, rules=rules, missing=(gathered.enter(Attainment, why),))
    missed = sum(each.verdict == "not_met" for each in found)
    figures = (
        Figure("requirements", _("Requirements of which sheets name points"), len(found), href=here),
        Figure("missed", _("with a point that is not met"), missed, href=here).flagged("gap", _("not met")),
    )
    return Block("requirements", title, figures=figures, listings=(_listing(gathered, found),), rules=rules)


def _listing(gathered: Gathered, found: Sequence[RequirementAttained]) -> Listing:
    names = gathered.names
    return listing(
        "requirements",
        _("Graduation requirements"),
        found,
        (
            ("requirement", _("Graduation requirement"), "text", lambda each: _title(gathered, each.requirement)),
            ("weakest", _("Weakest point"), "text", lambda each: each.lowest.point if each.lowest else None),
            *value_columns(attrgetter("shown")),
            ("verdict", _("Verdict on the requirement"), "text", lambda each: _(VERDICTS[each.verdict])),
            ("expected", _("Lowest to be expected if all were alike"), "index", _expected),
            ("points", _("Points"), "text", lambda each: phrases.in_a_row(map(_point, each.points))),
            ("courses", _("Courses"), "text", lambda each: names.courses_of(each.courses) or None),
            ("notes", _("Notes"), "text", lambda each: phrases.in_parts(_notes(each)) or None),
        ),
        href=lambda _each: gathered.listed(Attainment),
    )


def _expected(each: RequirementAttained) -> float | None:
    return each.weakest.expected if each.weakest else None


def _title(gathered: Gathered, requirement: str) -> str:
    titled = gathered.names.abilities.get(requirement)
    numbered = _("Requirement %(number)s") % {"number": requirement}
    return phrases.headed(numbered, titled) if titled else numbered


def _point(each: PointAttained) -> str:
    value = formats.index(each.shown.value.value) if each.shown.value else formats.MISSING
    return _("%(point)s: %(value)s") % {"point": each.point, "value": value}


def _notes(each: RequirementAttained) -> list[str]:
    notes = []
    if len(each.valued) < len(each.points):
        told = _("%(count)s points without a value, so that the requirement may be attained less")
        notes.append(told % {"count": len(each.points) - len(each.valued)})
    if each.lowest:
        if len(each.lowest.courses) > 1:
            notes.append(_("its courses count alike: no sheet says what weight each has"))
        notes += notes_of(each.lowest.shown)
    return notes
