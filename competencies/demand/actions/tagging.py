"""What the terms and the titles of a framework say of a posting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from competencies.matching.terms import Term, TermMatcher, searched_text
from competencies.matching.titles import TitleMatcher, TitleTerm
from competencies.models import AbilityTerm, Framework, OwnTerm, Position, PostingMention

_LONGEST_TERM = PostingMention._meta.get_field("term").max_length or 0


class Tag(NamedTuple):
    """An ability that a text names, by the words as they stand there."""

    ability_id: int
    term: str
    start: int  # in the searched text


class Tagger:
    """One automaton for a framework's terms and one for its positions' titles, built once for an import."""

    def __init__(self, framework: Framework, *, own: Iterable[OwnTerm] = ()) -> None:
        self.version = framework.vocabulary_version
        terms = AbilityTerm.objects.filter(ability__framework=framework)
        stated = terms.values_list("text", "ability_id", "language")
        more = ((term.text, term.ability_id, term.language) for term in own)
        self._terms = TermMatcher(
            Term(text, str(ability), language) for text, ability, language in chain(stated, more)
        )
        self._titles = TitleMatcher(_title_terms(framework))

    def position_id(self, title: str) -> int | None:
        position = self._titles.position(title) if title else None
        return int(position) if position else None

    def tags(self, *, title: str, text: str) -> list[Tag]:
        """One for each ability, at the place where it is named first."""
        searched = searched_text(title=title, text=text)
        first: dict[str, Tag] = {}
        for found in self._terms.find(searched):
            if found.ability not in first:
                term = searched[found.start : found.end][:_LONGEST_TERM]
                first[found.ability] = Tag(int(found.ability), term, found.start)
        return list(first.values())


def _title_terms(framework: Framework) -> Iterator[TitleTerm]:
    for position in Position.objects.filter(framework=framework):
        for term in position.title_terms:
            yield TitleTerm(term["text"], str(position.pk), term.get("language", ""))
