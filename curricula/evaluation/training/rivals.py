"""The panel of rival frameworks: how far each crosswalk reaches, before anybody reads a finding through it."""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from competencies.models import Ability, Crosswalk, Framework
from curricula.analysis.training.crosswalks import Coverage, coverage
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases

from .first_steps import nothing_yet
from .gathered import Gathered
from .words import cells


def rivals(gathered: Gathered) -> Reading:
    """Every framework that a crosswalk ties to that of the plan, with what it covers."""
    asks = _(
        "This page will show how far other lists of capabilities reach, and whether the finding changes under them."
    )
    if (empty := nothing_yet(gathered, asks, mapped=True)) is not None:
        return empty
    found = _coverages(gathered)
    if not found:
        words = _("Import another framework with a crosswalk to that of the plan.")
        return Reading(asks, missing=(Missing("", words, reverse("frameworks"), _("Framework")),), empty=True)
    reached = [each for _framework, each in found if each.hours_part is not None]
    words = _(
        "%(count)s rival frameworks; their crosswalks reach between %(low)s and %(high)s of the plan's mapped hours."
    )
    parts = [each.hours_part or 0.0 for each in reached] or [0.0]
    ends = {"low": formats.share(min(parts)), "high": formats.share(max(parts))}
    return Reading(words % {"count": len(found), **ends}, (_block(gathered, found),), how=_how())


def _coverages(gathered: Gathered) -> list[tuple[Framework, Coverage]]:
    own = gathered.curriculum.framework
    links: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    fields = ("ability__code", "counterpart__code", "relation")
    there = Crosswalk.objects.filter(ability__framework=own).exclude(counterpart__framework=own)
    for code, other, relation, framework in there.values_list(*fields, "counterpart__framework"):
        links[framework].append((code, other, relation))
    here = Crosswalk.objects.filter(counterpart__framework=own).exclude(ability__framework=own)
    for other, code, relation, framework in here.values_list(*fields, "ability__framework"):
        links[framework].append((code, other, relation))
    known = list(Framework.objects.open_to(gathered.school).filter(pk__in=links).order_by("slug"))
    leaves: dict[int, list[str]] = defaultdict(list)
    for framework, code in Ability.objects.filter(framework__in=known).leaves().values_list("framework", "code"):
        leaves[framework].append(code)
    hours = {str(code): float(value) for code, value in gathered.analysis.abilities["exposure_hours"].items()}
    return [(each, coverage(each.slug, links[each.pk], hours, leaves[each.pk])) for each in known]


def _block(gathered: Gathered, found: list[tuple[Framework, Coverage]]) -> Block:
    columns = (
        Column("framework", _("Framework"), "text"),
        Column("linked", _("Abilities here that it reaches"), "text"),
        Column("part", _("of them"), "share"),
        Column("theirs", _("Its abilities with a counterpart"), "text"),
        Column("hours", _("Part of the mapped hours"), "share"),
        Column("relations", _("Links"), "text"),
    )
    of = _("%(k)s out of %(n)s")
    labels = {str(value): str(label) for value, label in Crosswalk.Relation.choices}
    rows = tuple(
        (
            *cells(framework.title, of % {"k": each.linked, "n": each.of}),
            formats.Value(each.part, "share"),
            *cells(of % {"k": each.theirs_linked, "n": each.theirs}),
            formats.Value(each.hours_part, "share"),
            *cells(
                phrases.in_a_row(phrases.counted(labels.get(name, name), n) for name, n in each.by_relation.items())
            ),
        )
        for framework, each in found
    )
    plan = gathered.curriculum.key
    hrefs = tuple(f"{reverse('compare-frameworks')}?plan={plan}&other={framework.slug}" for framework, _each in found)
    rule = Rule(
        _("Links of every relation count, those that are only related too: the kindest reading of a crosswalk."),
        "002 §II",
        "method",
    )
    listing = Listing(Table("rivals", _("Rival frameworks and what their crosswalks reach"), columns, rows), hrefs)
    figures = tuple(
        Figure(
            f"hours_{framework.slug}", framework.title, each.hours_part, "share", _("of the mapped hours"), "#rivals"
        )
        for framework, each in sorted(found, key=lambda pair: -(pair[1].hours_part or 0))
    )
    return Block("rivals", figures=figures, listings=(listing,), rules=(rule,))


def _how() -> tuple[str, ...]:
    return (
        _(
            "A finding that is read through another framework speaks only of what its crosswalk reaches. "
            "Each line opens the "
            "plan on both frameworks side by side; the page of robustness says which gaps stay under all of them."
        ),
    )
