from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competencies.demand.actions.posting_position import correct_position
from competencies.demand.actions.retagging import retag_source
from competencies.demand.actions.sources import correct_source, held_source, publish_source
from competencies.demand.forms import SourceForm
from competencies.demand.presenters.near_duplicates import near_page
from competencies.demand.presenters.overview import lines_of_source
from competencies.demand.queries.sources import (
    corrections_of,
    demand_sources_summary,
    posting_page,
    postings_of,
    readable_postings,
)
from competencies.models import DemandSource
from competencies.opened import is_ready, seen
from competencies.permissions import CHANGE_SOURCE, expect_may
from competencies.wording import NEAR_REASONS

from .vocabulary import searched_again

ON_PAGE = 25
ASKED_SHOWN = 15
STATES_SHOWN = 20


@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    """The sources of demand evidence, and how far each reaches."""
    summaries = sorted(demand_sources_summary(request.user), key=lambda summary: summary.source.framework.slug)
    groups = groupby(summaries, key=lambda summary: summary.source.framework)
    context = {
        "section": "demand",
        "groups": [(framework, list(of_framework)) for framework, of_framework in groups],
        "sample": any(summary.source.sample for summary in summaries),
    }
    return render(request, "competencies/demand/sources.html", context)


@require_safe
def demand_source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source: what its postings ask for, and the postings themselves."""
    summaries = demand_sources_summary(request.user, slug=slug)
    if not summaries:
        raise Http404
    source = summaries[0].source
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "ability", "position", "sort")}
    found = postings_of(
        source, words=asked["q"], ability=asked["ability"], position=asked["position"], sort=asked["sort"]
    )
    shown: dict[str, Any] = {
        "summary": summaries[0],
        "only": [source],
        "asked": asked,
        "lines": lines_of_source(source)[:ASKED_SHOWN],
        "ability": source.framework.abilities.filter(code=asked["ability"]).first(),
        "positions": source.framework.positions.all(),
        **_of_those_who_change(request, source),
        "postings": Paginator(found, ON_PAGE).get_page(request.GET.get("page")),
    }
    return _render(request, "source", source, **shown)


def _of_those_who_change(request: HttpRequest, source: DemandSource) -> dict[str, Any]:
    may_change = request.user.has_perm(CHANGE_SOURCE, source)
    states = source.history.select_related("history_user")[:STATES_SHOWN] if may_change else ()
    corrections = corrections_of(source)[:STATES_SHOWN] if may_change else ()
    return {"may_change": may_change, "history": states, "corrections": corrections}


def _render(
    request: HttpRequest, template: str, source: DemandSource, *, status: int = 200, **shown: Any
) -> HttpResponse:
    shared = {"section": "demand", "source": source, "sample": source.sample}
    return render(request, f"competencies/demand/{template}.html", shared | shown, status=status)


def _source_to_change(request: HttpRequest, slug: str) -> DemandSource:
    source = get_object_or_404(DemandSource.objects.readable_by(request.user), slug=slug)
    expect_may(request.user, CHANGE_SOURCE, source)
    return source


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said of a source: its name, region, licence, day and note."""
    source = _source_to_change(request, slug)
    with transaction.atomic():
        if request.method == "POST":
            source = held_source(pk=source.pk)  # one writer at a time
        before = source.collected
        form = SourceForm(request.POST or None, instance=source)
        if is_ready(request, form):
            correct_source(form.save(commit=False), collected_before=before)
            messages.success(request, _("“%(record)s” is saved.") % {"record": source})
            return redirect(source)
    status = 422 if form.is_bound else 200
    return _render(request, "source_edit", source, status=status, form=form, seen=seen(form))


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens a school's source to all, or to its members alone again."""
    source = _source_to_change(request, slug)
    publish_source(source, published=request.POST.get("published") == "yes")
    messages.success(request, _("The source is now: %(whose)s.") % {"whose": source.whose})
    return redirect(source)


@require_POST
def search_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Searches a source's postings with the terms of today; every reader's figures may change."""
    source = _source_to_change(request, slug)
    messages.success(request, searched_again(retag_source(source)))
    return redirect(source)


@require_safe
def duplicates(request: HttpRequest, slug: str) -> HttpResponse:
    """Postings of a source that nearly repeat each other, with where they differ."""
    source = get_object_or_404(DemandSource.objects.readable_by(request.user).select_related("framework"), slug=slug)
    page = near_page(source, number=request.GET.get("page"))
    return _render(request, "duplicates", source, framework=source.framework, page=page, reasons=NEAR_REASONS)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting, the words that were found in it marked."""
    page = posting_page(request.user, pk)
    if page is None:
        raise Http404
    source = page.posting.source
    shown: dict[str, Any] = {
        "page": page,
        "reasons": NEAR_REASONS,
        "chosen": request.GET.get("ability", ""),
        "may_change": request.user.has_perm(CHANGE_SOURCE, source),
        "positions": source.framework.positions.all(),
        "corrections": page.posting.corrections.select_related("before", "after", "user"),
    }
    return _render(request, "posting", source, **shown)


@require_POST
def posting_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the position that a person read from a posting."""
    posting = get_object_or_404(readable_postings(request.user), pk=pk)
    expect_may(request.user, CHANGE_SOURCE, posting.source)
    code = request.POST.get("position", "")
    position = get_object_or_404(posting.source.framework.positions, code=code) if code else None
    correct_position(posting, position, user=request.user)
    messages.success(request, _("The position was set; a search of the titles leaves it alone."))
    return redirect(posting)
