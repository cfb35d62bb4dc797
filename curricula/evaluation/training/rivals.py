"""The panel of rival frameworks: how far each crosswalk reaches, before anybody reads a finding through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.models import Ability, Crosswalk, Framework
from curricula.analysis.training.crosswalks import Coverage, coverage
from curricula.reports.panels import Block, Figure, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .first_steps import nothing_yet
from .gathered import Gathered
from .panel import nothing, panel
from .words import out_of


@panel(
    "rivals",
    gettext_lazy("Rival frameworks"),
    group="finding",
    papers=("2.10",),
    question=gettext_lazy("How far do other lists of capabilities reach?"),
    asks=gettext_lazy(
        "This page will show how far other lists of capabilities reach, and whether the finding changes under them."
    ),
    how=(
        gettext_lazy(
            "A finding that is read through another framework speaks only of what its crosswalk reaches. Each line "
            "opens the plan on both frameworks side by side; the page of robustness says which gaps stay under all of "
            "them."
        ),
    ),
)
def rivals(gathered: Gathered) -> Reading:
    """Every framework that a crosswalk ties to that of the plan, with what it covers."""
    if (empty := nothing_yet(gathered, mapped=True)) is not None:
        return empty
    found = _coverages(gathered)
    if not found:
        words = _("Import another framework with a crosswalk to that of the plan.")
        return nothing(Missing("", words, reverse("frameworks"), _("Framework")))
    words = _(
        "%(count)s rival frameworks; their crosswalks reach between %(low)s and %(high)s of the plan's mapped hours."
    )
    parts = [each.hours_part for _framework, each in found if each.hours_part is not None] or [0.0]
    ends = {"low": formats.share(min(parts)), "high": formats.share(max(parts))}
    return Reading(words % {"count": len(found), **ends}, (_block(gathered, found),))


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
    labels = {str(value): str(label) for value, label in Crosswalk.Relation.choices}
    address = f"{reverse('compare-frameworks')}?plan={gathered.curriculum.key}&other="
    theirs = _("Its abilities with a counterpart")
    reach = listing(
        "rivals",
        _("Rival frameworks and what their crosswalks reach"),
        found,
        (
            ("framework", _("Framework"), "text", lambda row: row[0].title),
            ("linked", _("Abilities here that it reaches"), "text", lambda row: out_of(row[1].linked, row[1].of)),
            ("part", _("of them"), "share", lambda row: row[1].part),
            ("theirs", theirs, "text", lambda row: out_of(row[1].theirs_linked, row[1].theirs)),
            ("hours", _("Part of the mapped hours"), "share", lambda row: row[1].hours_part),
            ("relations", _("Links"), "text", lambda row: _links(row[1], labels)),
        ),
        href=lambda row: f"{address}{row[0].slug}",
    )
    figures = tuple(
        Figure(f"hours_{rival.slug}", rival.title, each.hours_part, "share", _("of the mapped hours"), "#rivals")
        for rival, each in sorted(found, key=lambda pair: -(pair[1].hours_part or 0))
    )
    rule = _("Links of every relation count, those that are only related too: the kindest reading of a crosswalk.")
    return Block("rivals", figures=figures, listings=(reach,), rules=(Rule(rule, "002 §II", "method"),))


def _links(found: Coverage, labels: Mapping[str, str]) -> str:
    return phrases.in_a_row(phrases.counted(labels.get(name, name), n) for name, n in found.by_relation.items())
