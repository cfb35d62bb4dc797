"""What a school's own words find in postings, beyond the terms of their framework; for its own plans only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Max

from competencies.demand.actions.tagging import Tagger
from competencies.models import OwnTerm

from .posting_frames import DemandChoice, computed_once
from .readable import ReadableDemand

WordsStamp = tuple[int, int]  # how many words there are, and the number of the newest


class OwnMention(NamedTuple):
    posting: int
    ability: str  # its code
    term: str  # as it stands in the posting


def words_stamps(owners: Iterable[int], frameworks: Iterable[int]) -> dict[tuple[int, int], WordsStamp]:
    """By school and framework a stamp of the school's words for it; those without a word are not named.

    Words come with a new number and go for good, so that two sets with the same stamp are the same set. It stands in
    the keys of what is kept of the school's plans, and nobody else's are computed anew.
    """
    words = OwnTerm.objects.filter(owner__in=set(owners), ability__framework__in=set(frameworks)).order_by()
    counted = words.values_list("owner", "ability__framework").annotate(count=Count("pk"), newest=Max("pk"))
    return {(owner, framework): (count, newest) for owner, framework, count, newest in counted}


def own_mentions(owner: Any, demand: ReadableDemand) -> list[OwnMention]:
    """Pairs that the framework's terms do not find themselves; nothing where the school has no words."""
    words = list(OwnTerm.objects.filter(owner=owner, ability__framework=demand.framework).select_related("ability"))
    if not words:
        return []
    stamp = f"{len(words)}-{max(word.pk for word in words)}"
    return computed_once(demand, f"own-words-{owner.pk}-{stamp}", DemandChoice(), lambda: list(_found(words, demand)))


def _found(words: list[OwnTerm], demand: ReadableDemand) -> Iterator[OwnMention]:
    codes = {word.ability_id: word.ability.code for word in words}
    stored = set(demand.mentions.filter(ability__in=codes).values_list("posting", "ability"))
    tagger = Tagger(demand.framework, own=words)
    for pk, title, text in demand.postings.order_by().values_list("pk", "title", "text").iterator():
        for tag in tagger.tags(title=title, text=text):
            if tag.ability_id in codes and (pk, tag.ability_id) not in stored:
                yield OwnMention(pk, codes[tag.ability_id], tag.term)
