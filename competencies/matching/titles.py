"""The position that a posting is for, read from its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .terms import Term, TermMatcher


@dataclass(frozen=True)
class TitleTerm:
    """Words by which a posting's title names a position."""

    text: str
    position: str
    language: str = ""


class TitleMatcher:
    """Assigns a position where one position's term is the longest in the title; a tie of two assigns none."""

    def __init__(self, terms: Iterable[TitleTerm]) -> None:
        self._matcher = TermMatcher(Term(term.text, term.position, term.language) for term in terms)

    def position(self, title: str) -> str | None:
        occurrences = self._matcher.occurrences(title)
        longest = max((-minus_end - start for start, minus_end, *_ in occurrences), default=0)
        positions = {
            position
            for start, minus_end, _, owners in occurrences
            if -minus_end - start == longest
            for position, _ in owners
        }
        return positions.pop() if len(positions) == 1 else None
