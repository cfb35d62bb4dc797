"""What a school's own words find in postings, beyond the terms of their framework; for its own plans only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from competencies.demand.actions.tagging import Tagger
from competencies.models import OwnTerm, Posting, PostingMention

from .posting_frames import DemandChoice, computed_once
from .readable import ReadableDemand


class OwnMention(NamedTuple):
    posting: int
    ability: str  # its code


def own_mentions(owner: Any, demand: ReadableDemand) -> list[OwnMention]:
    """Pairs that the framework's terms do not find themselves; nothing where the school has no words."""
    words = list(OwnTerm.objects.filter(owner=owner, ability__framework=demand.framework).select_related("ability"))
    if not words:
        return []
    return computed_once(demand, f"own-words-{owner.pk}", DemandChoice(), lambda: list(_found(words, demand)))


def _found(words: list[OwnTerm], demand: ReadableDemand) -> Iterator[OwnMention]:
    codes = {word.ability_id: word.ability.code for word in words}
    mentions = PostingMention.objects.filter(posting__source__in=demand.ids, ability__in=codes)
    stored = set(mentions.values_list("posting", "ability"))
    tagger = Tagger(demand.framework, own=words)
    postings = Posting.objects.filter(source__in=demand.ids).order_by()
    for pk, title, text in postings.values_list("pk", "title", "text").iterator():
        for tag in tagger.tags(title=title, text=text):
            if tag.ability_id in codes and (pk, tag.ability_id) not in stored:
                yield OwnMention(pk, codes[tag.ability_id])
