from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.ability_tree import areas_below, framework_leaves, framework_tree
from competencies.demand.queries.ability_evidence import ability_evidence
from competencies.demand.queries.readable import readable_demand
from competencies.downloads import download
from competencies.models import Ability, Direction, Framework, Position
from competencies.permissions import COLLECT, CURATE, framework_for
from competencies.tabular.writing import XLSX_TYPE

from .editing.actions import STEP_NAMES, STEPS
from .formats import CellTooLong, formats
from .queries import as_read_by, certification_table, framework_summaries, position_requirements
from .stored import stored_framework
from .template import template_workbook

ON_PAGE = 100
_MEDIA = {
    "xlsx": ("xlsx", XLSX_TYPE),
    "csv": ("zip", "application/zip"),
    "talentgap": ("json", "application/json"),
    "case": ("case.json", "application/json"),
}
ABILITY_SORTS = {
    "title": ("title_en", "title_zh"),
    "-requirements": ("-requirement_count", "order"),
    "-terms": ("-term_count", "order"),
    "-mentions": ("-mention_count", "order"),
}


def _render(
    request: HttpRequest, template: str, framework: Framework, *, tab: str = "framework", **shown: Any
) -> HttpResponse:
    may_edit = request.user.has_perm(CURATE, framework)
    shared = {"section": "framework", "framework": framework, "may_edit": may_edit, "tab": tab}
    return render(request, f"competencies/frameworks/{template}.html", shared | shown)


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """The frameworks that are here and how much each holds."""
    context = {
        "section": "framework",
        "frameworks": framework_summaries(request.user),
        "may_make": request.user.has_perm(COLLECT),
    }
    return render(request, "competencies/frameworks/frameworks.html", context)


@require_safe
def export(request: HttpRequest, slug: str, format_name: str) -> HttpResponse:
    """The framework as a file that the import takes back."""
    framework, written = framework_for(request.user, slug), formats().get(format_name)
    if written is None or written.writes is None:
        raise Http404
    try:
        content = written.writes(as_read_by(request.user, stored_framework(framework)))
    except CellTooLong as error:
        text = _("A text is longer than a cell of a workbook can be: “%(text)s…”. Export to CSV or JSON.")
        messages.error(request, text % {"text": error})
        return redirect(framework)
    suffix, content_type = _MEDIA[format_name]
    return download(content, content_type, f"{slug}.{suffix}")


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """The workbook that a framework can be written into."""
    return download(template_workbook(), XLSX_TYPE, "framework-template.xlsx")


@require_safe
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    """The areas of a framework and the abilities in them; searched, filtered, sorted."""
    found = framework_for(request.user, slug)
    tree = framework_tree(found)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "area", "horizon", "sort")}
    leaves = framework_leaves(
        found,
        sources=readable_demand(found, request.user).ids,
        areas=areas_below(tree, asked["area"]),
        words=asked["q"],
        horizon=asked["horizon"],
    ).order_by(*ABILITY_SORTS.get(asked["sort"], ("parent__order", "order", "code")))
    context: dict[str, Any] = {
        "tree": tree,
        "asked": asked,
        "grouped": asked["sort"] not in ABILITY_SORTS,
        "horizons": Ability.Horizon.choices,
        "abilities": Paginator(leaves, ON_PAGE).get_page(request.GET.get("page")),
        "may_make": request.user.has_perm(COLLECT),
        "steps": [(step, STEP_NAMES[step]) for step in STEPS[found.status]],
    }
    return _render(request, "framework", found, **context)


@require_safe
def ability(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One ability with everything that speaks of it."""
    abilities = Ability.objects.select_related("framework", "parent__framework", "parent__parent")
    found = get_object_or_404(abilities, framework=framework_for(request.user, slug), code=code)
    evidence = ability_evidence(found, readable_demand(found.framework, request.user), user=request.user)
    return _render(request, "ability", found.framework, ability=found, evidence=evidence, sample=evidence.sample)


@require_safe
def positions(request: HttpRequest, slug: str) -> HttpResponse:
    """The positions of a framework, and where graduates enter."""
    found = framework_for(request.user, slug)
    direction = request.GET.get("direction", "")
    listed = position_requirements(found, request.user)
    context: dict[str, Any] = {
        "directions": Direction.choices,
        "direction": direction,
        "positions": listed.filter(direction=direction) if direction in Direction.values else listed,
        "entries": found.career_entries.select_related("position__framework"),
    }
    return _render(request, "positions", found, tab="framework-positions", **context)


@require_safe
def position(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One position and what it asks for, item by item."""
    framework = framework_for(request.user, slug)
    found: Position = get_object_or_404(position_requirements(framework, request.user), code=code)
    return _render(request, "position", framework, tab="framework-positions", position=found)


@require_safe
def certifications(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificates of a framework and the courses that each names, by direction."""
    found = framework_for(request.user, slug)
    return _render(request, "certifications", found, tab="certifications", certifications=certification_table(found))
