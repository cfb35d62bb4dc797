"""What a framework's postings ask for: the overview, its postings, trends, specificity, quality, official figures."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from competencies.analysis.frames import MIN_POSTINGS
from competencies.demand.figures import asked_figure, trends_figure
from competencies.demand.presenters.filters import demand_head
from competencies.demand.presenters.overview import overview_page, trends_page
from competencies.demand.presenters.quality import quality_page
from competencies.demand.presenters.specificity import specificity_page
from competencies.demand.queries.evidence import figures_page
from competencies.demand.queries.posting_frames import DemandChoice
from competencies.demand.queries.postings_chosen import facts_of, postings_chosen
from competencies.demand.queries.readable import ReadableDemand, readable_demand
from competencies.permissions import framework_for
from competencies.wording import NO_TREND

DRAWN = 20  # rows of a chart; the table has all
ON_PAGE = 25


def _demand(request: HttpRequest, slug: str) -> ReadableDemand:
    return readable_demand(framework_for(request.user, slug), request.user)


def _render(request: HttpRequest, template: str, demand: ReadableDemand, page: Any, **shown: Any) -> HttpResponse:
    """The page has a head of its own, unless it is one."""
    head = getattr(page, "head", page)
    shared = {"section": "demand", "framework": demand.framework, "min_postings": MIN_POSTINGS}
    shared |= {"tab": f"demand-{template}", "page": page, "head": head, "sample": head.sample}
    return render(request, f"competencies/demand/{template}.html", shared | shown)


@require_safe
def demand_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked for, by position, region, period and source, each rate with its interval."""
    demand = _demand(request, slug)
    page = overview_page(demand, DemandChoice.of(request.GET))
    known = page.evidence if not page.unknown else None  # what is unknown draws no mark
    figure = asked_figure(page.lines[:DRAWN], postings=known.postings) if known else None
    return _render(request, "overview", demand, page, figure=figure, drawn=DRAWN)


@require_safe
def demand_postings(request: HttpRequest, slug: str) -> HttpResponse:
    """The postings behind a figure: how many, from whom, from when, and each to be read."""
    demand = _demand(request, slug)
    choice, words = DemandChoice.of(request.GET), request.GET.get("q", "").strip()
    code = request.GET.get("ability", "")
    ability = get_object_or_404(demand.framework.abilities, code=code) if code else None
    found = postings_chosen(demand, choice, ability=code, words=words)
    shown = {
        "ability": ability,
        "words": words,
        "facts": facts_of(found),
        "postings": Paginator(found, ON_PAGE).get_page(request.GET.get("page")),
    }
    return _render(request, "postings", demand, demand_head(demand, choice), tab="demand-overview", **shown)


@require_safe
def trends(request: HttpRequest, slug: str) -> HttpResponse:
    """What rises, what falls and what is new, within one vocabulary."""
    demand = _demand(request, slug)
    page = trends_page(demand, DemandChoice.of(request.GET))
    figure = trends_figure(page.moved[: 2 * DRAWN]) if page.moved else None
    return _render(request, "trends", demand, page, figure=figure, no_trend=NO_TREND.get(page.trends.reason, ""))


@require_safe
def specific(request: HttpRequest, slug: str) -> HttpResponse:
    """Which abilities belong to which positions: a map of ratios with the counts behind them."""
    demand = _demand(request, slug)
    return _render(request, "specificity", demand, specificity_page(demand, DemandChoice.of(request.GET)))


@require_safe
def quality(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each source can be trusted, and what to collect next."""
    demand = _demand(request, slug)
    return _render(request, "quality", demand, quality_page(demand, today=timezone.localdate()))


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Openings and graduates as official statistics count them."""
    demand = _demand(request, slug)
    return _render(request, "figures", demand, figures_page(demand))
