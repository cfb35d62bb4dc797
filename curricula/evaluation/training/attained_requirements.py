"""The part of the panel of attainment on graduation requirements: the weakest indicator point of each."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from curricula.analysis.training.attained_requirements import PointAttained, RequirementAttained
from curricula.models import Attainment
from curricula.reports.panels import Block, Figure, Listing, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .attained_words import VERDICTS, interval_of, notes_of
from .gathered import Gathered


def requirement_block(gathered: Gathered, found: Sequence[RequirementAttained]) -> Block:
    """Each requirement of which the sheets name indicator points, by its weakest one."""
    title = _("By graduation requirement")
    rules = (
        Rule(
            _(
                "A graduation requirement is attained as far as its weakest indicator point. It stands beside the "
                "lowest value to be expected if all its points were equally good; requirements with different "
                "numbers of points are not compared."
            ),
            "",
            "method",
        ),
    )
    if not found:
        why = _("Write the indicator point, such as 3.1, into each row of the sheets of attainment.")
        return Block("requirements", title, rules=rules, missing=(gathered.enter(Attainment, why),))
    missed = [each for each in found if each.verdict == "not_met"]
    figures = (
        Figure("requirements", _("Requirements of which sheets name points"), len(found), href="#requirements"),
        Figure(
            "missed", _("with a point that is not met"), len(missed), href="#requirements",
            tone="gap" if missed else "", verdict=_("not met") if missed else "",
        ),
    )  # fmt: skip
    return Block("requirements", title, figures=figures, listings=(_listing(gathered, found),), rules=rules)


def _listing(gathered: Gathered, found: Sequence[RequirementAttained]) -> Listing:
    columns = (
        Column("requirement", _("Graduation requirement"), "text"),
        Column("weakest", _("Weakest point"), "text"),
        Column("attained", _("Attainment"), "index"),
        Column("interval", _("Interval"), "text"),
        Column("target", _("Target"), "index"),
        Column("verdict", _("Verdict on the requirement"), "text"),
        Column("expected", _("Lowest to be expected if all were alike"), "index"),
        Column("points", _("Points"), "text"),
        Column("courses", _("Courses"), "text"),
        Column("notes", _("Notes"), "text"),
    )
    hrefs = (gathered.listed(Attainment),) * len(found)
    rows = tuple(_row(gathered, each) for each in found)
    return Listing(Table("requirements", _("Graduation requirements"), columns, rows), hrefs)


def _row(gathered: Gathered, each: RequirementAttained) -> tuple[Value, ...]:
    lowest, names = each.lowest, gathered.names
    shown = lowest.shown if lowest else None
    value = shown.value if shown else None
    expected = each.weakest.expected if each.weakest else None
    courses = lowest.courses if lowest else ()
    return (
        Value(_title(gathered, each.requirement)),
        Value(lowest.point if lowest else None),
        Value(value.value if value else None, "index"),
        Value(interval_of(shown) if shown else None),
        Value(shown.target if shown else None, "index"),
        Value(_(VERDICTS[each.verdict])),
        Value(expected, "index"),
        Value(phrases.in_a_row(map(_point, each.points))),
        Value(phrases.in_a_row(names.courses.get(code, code) for code in courses) or None),
        Value(phrases.in_parts(_notes(each)) or None),
    )


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
