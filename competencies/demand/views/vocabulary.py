"""The words that postings are searched for: read by all, changed by those whose framework it is."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competencies.demand.actions.retagging import retag_sources
from competencies.demand.actions.terms import TermRefused, add_own_term, add_term, withdraw_own_term, withdraw_term
from competencies.demand.presenters.vocabulary import abilities_named, own_terms, vocabulary_page
from competencies.demand.queries.readable import readable_demand
from competencies.models import AbilityTerm, Framework
from competencies.permissions import CHANGE_SOURCE, CURATE, expect_may, framework_for, owners_for
from competencies.saving.outcome import Outcome

ON_PAGE = 50


@require_safe
def vocabulary(request: HttpRequest, slug: str) -> HttpResponse:
    """The terms of one ability, what changed in the vocabulary, and which postings wait to be searched again."""
    framework = framework_for(request.user, slug)
    words = request.GET.get("q", "").strip()
    demand = readable_demand(framework, request.user)
    page = vocabulary_page(demand, ability=request.GET.get("ability", ""))
    found = abilities_named(demand, words)
    context = {
        "section": "demand",
        "tab": "vocabulary",
        "framework": framework,
        "page": page,
        "words": words,
        "abilities": Paginator(found, ON_PAGE).get_page(request.GET.get("page")),
        "may_curate": request.user.has_perm(CURATE, framework),
        "own_terms": own_terms(page.ability, request.user) if page.ability else (),
        "owners": owners_for(request.user),
        "may_search": any(request.user.has_perm(CHANGE_SOURCE, waiting.source) for waiting in page.waiting),
        "sample": any(waiting.source.sample for waiting in page.waiting),
    }
    return render(request, "competencies/demand/vocabulary.html", context)


@require_POST
def change_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds a term to an ability, or withdraws one."""
    framework = framework_for(request.user, slug)
    expect_may(request.user, CURATE, framework)
    ability = get_object_or_404(framework.abilities, code=request.POST.get("ability", ""))
    if "withdraw" in request.POST:
        term = get_object_or_404(AbilityTerm, pk=_number(request.POST["withdraw"]), ability=ability)
        withdraw_term(term, user=request.user)
        messages.success(request, _("“%(term)s” is no longer looked for.") % {"term": term.text})
    else:
        try:
            term = add_term(ability, request.POST.get("text", ""), user=request.user)
        except TermRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("“%(term)s” is looked for from now on.") % {"term": term.text})
    return _to_page(framework, ability=ability.code)


@require_POST
def change_own_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds a word of one's school to an ability of any framework that one may read, or withdraws one."""
    framework = framework_for(request.user, slug)
    ability = get_object_or_404(framework.abilities, code=request.POST.get("ability", ""))
    if "withdraw" in request.POST:
        term = get_object_or_404(own_terms(ability, request.user), pk=_number(request.POST["withdraw"]))
        expect_may(request.user, CURATE, term)
        withdraw_own_term(term)
        messages.success(request, _("“%(term)s” is no longer counted for your plans.") % {"term": term.text})
        return _to_page(framework, ability=ability.code)
    owner = owners_for(request.user).filter(slug=request.POST.get("owner", "")).first()
    if owner is None:
        raise PermissionDenied
    try:
        term = add_own_term(ability, request.POST.get("text", ""), owner=owner)
    except TermRefused as refused:
        messages.error(request, str(refused))
    else:
        told = _("“%(term)s” counts for the plans of %(school)s from now on.")
        messages.success(request, told % {"term": term.text, "school": owner})
    return _to_page(framework, ability=ability.code)


@require_POST
def search_all_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Searches every posting of one's own sources of a framework with the terms of today."""
    framework = framework_for(request.user, slug)
    demand = readable_demand(framework, request.user)
    own = [source for source in demand.sources if request.user.has_perm(CHANGE_SOURCE, source)]
    if not own:
        raise PermissionDenied
    messages.success(request, searched_again(retag_sources(own)))
    return _to_page(framework, ability=request.POST.get("ability", ""))


def searched_again(outcome: Outcome) -> str:
    counts = {"created": outcome.created, "changed": outcome.changed, "removed": outcome.removed}
    return _("Searched again: %(created)d mentions came, %(changed)d moved, %(removed)d went.") % counts


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def _to_page(framework: Framework, *, ability: str) -> HttpResponseRedirect:
    query = f"?{urlencode({'ability': ability})}" if ability else ""
    return redirect(reverse("vocabulary", args=[framework.slug]) + query)
