"""The words that postings are searched for: what they are, what changed, and which postings wait for a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from competencies.ability_tree import framework_leaves
from competencies.demand.queries.ability_evidence import LANGUAGES
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import Ability, AbilityTerm, DemandSource, Framework, OwnTerm, VocabularyChange, owner_model

from .filters import ability_titles

CHANGES_SHOWN = 40


@dataclass(frozen=True)
class TermLine:
    term: AbilityTerm
    mentions: int  # found by these words, as they stand in the texts, in any case
    shared: list[Ability]  # other abilities that are found by the same words

    @property
    def language(self) -> str:
        return str(LANGUAGES.get(self.term.language, self.term.language))


@dataclass(frozen=True)
class Waiting:
    source: DemandSource
    postings: int  # searched with former terms


@dataclass(frozen=True)
class ChangeLine:
    change: VocabularyChange
    title: str  # of the ability, or its code where it is gone


@dataclass(frozen=True)
class VocabularyPage:
    framework: Framework
    ability: Ability | None
    lines: list[TermLine]
    waiting: list[Waiting]
    changes: list[ChangeLine]
    terms: int
    without: int  # abilities without any term


def vocabulary_page(demand: ReadableDemand, *, ability: str = "") -> VocabularyPage:
    """The vocabulary of a framework, and the terms of one ability where one is chosen."""
    framework = demand.framework
    chosen = framework.abilities.filter(code=ability).first() if ability else None
    titles = ability_titles(framework)
    changes = framework.vocabulary_changes.select_related("user")[:CHANGES_SHOWN]
    return VocabularyPage(
        framework=framework,
        ability=chosen,
        lines=_lines(chosen, demand) if chosen else [],
        waiting=_waiting(demand),
        changes=[ChangeLine(change, titles.get(change.ability_code, change.ability_code)) for change in changes],
        terms=AbilityTerm.objects.filter(ability__framework=framework).count(),
        without=framework.abilities.leaves().filter(terms__isnull=True).count(),
    )


def _lines(ability: Ability, demand: ReadableDemand) -> list[TermLine]:
    terms = list(ability.terms.order_by("language", "text"))
    texts = [term.text for term in terms]
    others = AbilityTerm.objects.filter(ability__framework=ability.framework_id, text__in=texts)
    shared: dict[str, list[Ability]] = {}
    for other in others.exclude(ability=ability).select_related("ability__framework"):
        shared.setdefault(other.text, []).append(other.ability)
    found: dict[str, int] = {}
    mentions = demand.mentions.filter(ability=ability).order_by().values_list("term")
    for term, count in mentions.annotate(count=Count("pk")):
        found[term.lower()] = found.get(term.lower(), 0) + count
    return [TermLine(term, found.get(term.text.lower(), 0), shared.get(term.text, [])) for term in terms]


def _waiting(demand: ReadableDemand) -> list[Waiting]:
    former = demand.postings.filter(vocabulary_version__lt=demand.framework.vocabulary_version).order_by()
    counted = dict(former.values_list("source").annotate(count=Count("pk")))
    return [Waiting(source, counted[source.pk]) for source in demand.sources if source.pk in counted]


def own_terms(ability: Ability, user: Any) -> QuerySet[OwnTerm]:
    """The words of the user's own schools for an ability."""
    schools = owner_model().objects.with_member(user)
    return ability.own_terms.filter(owner__in=schools).select_related("owner")


def abilities_named(demand: ReadableDemand, words: str) -> QuerySet[Ability]:
    """The abilities whose title, code or terms hold all the words."""
    found = framework_leaves(demand.framework, words=words, sources=demand.ids)
    return found.order_by("parent__order", "order", "code")
