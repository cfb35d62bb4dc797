from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from competencies.ability_tree import (
    areas_below,
    framework_leaves,
    framework_tree,
)
from competencies.demand.queries.ability_evidence import ability_evidence
from competencies.demand.queries.readable import readable_demand
from competencies.models import Ability, Direction, Framework, Position
from competencies.tabular.writing import XLSX_TYPE

from .queries import (
    certification_table,
    framework_summaries,
    position_requirements,
)
from .template import template_workbook

ON_PAGE = 100
ABILITY_SORTS = {
    "title": ("title_en", "title_zh"),
    "-requirements": ("-requirement_count", "order"),
    "-terms": ("-term_count", "order"),
    "-mentions": ("-mention_count", "order"),
}


def frameworks(request: HttpRequest) -> HttpResponse:
    """The frameworks that are here and how much each holds."""
    context = {"section": "framework", "frameworks": framework_summaries(request.user)}
    return render(request, "competencies/frameworks/frameworks.html", context)


@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    """The workbook that a framework can be written into."""
    headers = {"Content-Disposition": 'attachment; filename="framework-template.xlsx"'}
    return HttpResponse(template_workbook(), content_type=XLSX_TYPE, headers=headers)


def framework(request: HttpRequest, slug: str) -> HttpResponse:
    """The areas of a framework and the abilities in them; searched, filtered, sorted."""
    found = get_object_or_404(Framework, slug=slug)
    tree = framework_tree(found)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "area", "horizon", "sort")}
    leaves = framework_leaves(
        found,
        sources=readable_demand(found, request.user).ids,
        areas=areas_below(tree, asked["area"]),
        words=asked["q"],
        horizon=asked["horizon"],
    ).order_by(*ABILITY_SORTS.get(asked["sort"], ("parent__order", "order", "code")))
    context = {
        "section": "framework",
        "framework": found,
        "tab": "framework",
        "tree": tree,
        "asked": asked,
        "grouped": asked["sort"] not in ABILITY_SORTS,
        "horizons": Ability.Horizon.choices,
        "abilities": Paginator(leaves, ON_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "competencies/frameworks/framework.html", context)


def ability(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One ability with everything that speaks of it."""
    abilities = Ability.objects.select_related("framework", "parent__framework", "parent__parent")
    found = get_object_or_404(abilities, framework__slug=slug, code=code)
    evidence = ability_evidence(found, readable_demand(found.framework, request.user))
    context = {
        "section": "framework",
        "framework": found.framework,
        "tab": "framework",
        "ability": found,
        "evidence": evidence,
        "sample": evidence.sample,
    }
    return render(request, "competencies/frameworks/ability.html", context)


def positions(request: HttpRequest, slug: str) -> HttpResponse:
    """The positions of a framework, and where graduates enter."""
    found = get_object_or_404(Framework, slug=slug)
    direction = request.GET.get("direction", "")
    listed = position_requirements(found, request.user)
    context = {
        "section": "framework",
        "framework": found,
        "tab": "framework-positions",
        "directions": Direction.choices,
        "direction": direction,
        "positions": listed.filter(direction=direction) if direction in Direction.values else listed,
        "entries": found.career_entries.select_related("position__framework"),
    }
    return render(request, "competencies/frameworks/positions.html", context)


def position(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One position and what it asks for, item by item."""
    framework = get_object_or_404(Framework, slug=slug)
    found: Position = get_object_or_404(position_requirements(framework, request.user), code=code)
    context = {
        "section": "framework",
        "framework": framework,
        "tab": "framework-positions",
        "position": found,
    }
    return render(request, "competencies/frameworks/position.html", context)


def certifications(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificates of a framework and the courses that each names, by direction."""
    found = get_object_or_404(Framework, slug=slug)
    context = {
        "section": "framework",
        "framework": found,
        "tab": "certifications",
        "certifications": certification_table(found),
    }
    return render(request, "competencies/frameworks/certifications.html", context)
