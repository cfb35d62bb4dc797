"""Abilities proposed for a text, the nearest first, with the words that led there. A person accepts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from .feedback import Experience
from .passages import Passage, passages_of
from .terms import Term, TermMatcher
from .vocabulary import Vocabulary
from .words import stem, stems

DEFAULT, SEMANTIC = "default", "semantic"
LOOKED_AT = 60  # the best so many are ordered with care
MENTIONED = 0.05  # added where a term stands in the passage as it is
PASSAGES_AT_ONCE = 16

Place = tuple[int, int]


class Scorer(Protocol):
    tier: str
    sure: float  # from this score on a proposal would be stated without a person; docs/matching.md says how it was set
    least: float  # below it a proposal is more often in the way than of use; docs/matching.md too
    repeated: float  # what words count for once a better proposal has used them

    def scores(self, passages: Sequence[str]) -> np.ndarray:
        """Passages × abilities of the vocabulary, between 0 and 1."""

    def speaks(self, text: str) -> bool:
        """Whether the scorer knows the language of the text."""

    def nearest_place(self, passage: str, ability: int) -> Place | None:
        """Which words of the passage led to the ability where the two share none."""


@dataclass(frozen=True)
class Candidate:
    """An ability proposed for a text; `places` are where in the text the words stand that led there."""

    ability: str
    score: float
    words: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Ranking:
    tier: str  # which tier was at work
    candidates: tuple[Candidate, ...]
    sure: float
    least: float

    @property
    def stated(self) -> frozenset[str]:
        """What the ranking would state without a person to ask."""
        return frozenset(found.ability for found in self.candidates if found.score >= self.sure)


class Ranker:
    """Ranks the abilities of one vocabulary; made once, used for many texts."""

    def __init__(self, vocabulary: Vocabulary, *, scorers: Sequence[Scorer]) -> None:
        """The first of the scorers that speaks the language of a text is the one at work."""
        self.vocabulary = vocabulary
        self._scorers = scorers
        self._terms = TermMatcher(
            Term(form, naming.ability) for naming in vocabulary.namings for form in naming.forms if form
        )

    def rank(
        self, text: str, *, most: int = 10, experience: Experience | None = None, proposable: bool = False
    ) -> Ranking:
        """`experience` are the school's own decisions on earlier proposals.

        `proposable` leaves out what scores below `least`, as most of a vocabulary does, before its words are sought.
        """
        scorer = next((scorer for scorer in self._scorers if scorer.speaks(text)), self._scorers[-1])
        passages = passages_of(text)
        as_scored = not experience and scorer.repeated == 1
        looked_at = min(most, LOOKED_AT) if as_scored else LOOKED_AT
        # Decisions may raise a score; nothing else does.
        floor = scorer.least if proposable and not experience else 0.0
        candidates = self._candidates(passages, scorer, looked_at=looked_at, floor=floor) if passages else []
        if experience:
            candidates = [_in_the_light_of(experience, found) for found in candidates]
        chosen = _without_repetition(candidates, most=most, repeated=scorer.repeated)
        return Ranking(scorer.tier, tuple(chosen), scorer.sure, scorer.least)

    def words_alone(self) -> Ranker:
        """The ranker without models: itself where it has none."""
        if len(self._scorers) == 1:
            return self
        other = copy(self)
        other._scorers = self._scorers[-1:]
        return other

    def likeness(self, texts: Sequence[str]) -> np.ndarray:
        """Texts × abilities of the vocabulary: the best score of any passage, told at once and without the words."""
        parts = [[passage.text for passage in passages_of(text)] for text in texts]
        rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        best = np.zeros((len(parts), len(self.vocabulary.namings)), dtype=np.float32)
        if len(rows):
            np.maximum.at(best, rows, self._scorers[-1].scores([text for part in parts for text in part]))
        return best

    def mentioned(self, text: str) -> frozenset[str]:
        """The abilities that the text names in the vocabulary's own words."""
        return frozenset(mention.ability for mention in self._terms.find(text))

    def _candidates(
        self, passages: Sequence[Passage], scorer: Scorer, *, looked_at: int, floor: float
    ) -> list[Candidate]:
        best, place = self._best(passages, scorer)
        first = np.argsort(-best, kind="stable")[:looked_at]
        return [
            self._candidate(int(at), score=float(best[at]), passage=passages[place[at]], scorer=scorer)
            for at in first
            if best[at] > 0 and best[at] >= floor
        ]

    def _best(self, passages: Sequence[Passage], scorer: Scorer) -> tuple[np.ndarray, np.ndarray]:
        """For each ability its highest score in any passage, and the passage that gave it."""
        best = np.zeros(len(self.vocabulary.namings), dtype=np.float32)
        place = np.zeros(len(best), dtype=int)
        for begin in range(0, len(passages), PASSAGES_AT_ONCE):
            scores = scorer.scores([passage.text for passage in passages[begin : begin + PASSAGES_AT_ONCE]])
            for row, passage in zip(scores, passages[begin:], strict=False):
                row[[self.vocabulary.at[ability] for ability in self.mentioned(passage.text)]] += MENTIONED
            higher = scores.max(axis=0) > best
            place[higher] = begin + scores.argmax(axis=0)[higher]
            best = np.maximum(best, scores.max(axis=0))
        return best, place

    def _candidate(self, at: int, *, score: float, passage: Passage, scorer: Scorer) -> Candidate:
        places = list(_joined(passage, self._nearest_form(at, passage)))
        if not places and (place := scorer.nearest_place(passage.text, at)):
            places = [place]
        return Candidate(
            ability=self.vocabulary.namings[at].ability,
            score=score,
            words=tuple(dict.fromkeys(passage.text[start:end] for start, end in places)),
            places=tuple((passage.start + start, passage.start + end) for start, end in places),
        )

    def _nearest_form(self, at: int, passage: Passage) -> frozenset[str]:
        """The stems that the passage shares with the ability's form that it covers best."""
        ours = frozenset(stem(word.text) for word in passage.words)
        shared: frozenset[str] = frozenset()
        nearest = 0.0
        for form in self.vocabulary.forms_of(at):
            theirs = _stems_of(form)
            covered = len(theirs & ours) ** 1.5 / (len(theirs) or 1)
            if covered > nearest:
                nearest, shared = covered, theirs & ours
        return shared


@lru_cache(maxsize=20_000)
def _stems_of(form: str) -> frozenset[str]:
    """Kept, because one text after another is compared with the same forms."""
    return frozenset(stems(form))


def _in_the_light_of(experience: Experience, found: Candidate) -> Candidate:
    return replace(found, score=experience.adjusted(found.score, ability=found.ability, words=found.words))


def _joined(passage: Passage, wanted: frozenset[str]) -> Iterator[Place]:
    """Where the wanted words stand; those that touch or overlap, as pairs of characters do, are one."""
    start = end = -1
    for word in passage.words:
        if stem(word.text) not in wanted:
            continue
        if start >= 0 and word.start <= end + 1:
            end = max(end, word.end)
        else:
            if start >= 0:
                yield start, end
            start, end = word.start, word.end
    if start >= 0:
        yield start, end


def _without_repetition(candidates: list[Candidate], *, most: int, repeated: float) -> list[Candidate]:
    """The best one, then the best of those whose words have not led to a better one, and so on.

    A text that asks for three things names each in a few words of its own; without this, ten near synonyms of the
    first would stand before the second.
    """
    used: dict[int, float] = {}
    waiting = list(candidates)
    chosen: list[Candidate] = []
    while waiting and len(chosen) < most:
        scores = [found.score * _freshness(found, used) for found in waiting]
        at = int(np.argmax(scores))
        found = waiting.pop(at)
        chosen.append(replace(found, score=scores[at]))
        for letter in _letters(found):
            used[letter] = used.get(letter, 1.0) * repeated
    return chosen


def _freshness(candidate: Candidate, used: dict[int, float]) -> float:
    letters = _letters(candidate)
    return sum(used.get(letter, 1.0) for letter in letters) / len(letters) if letters else 1.0


def _letters(candidate: Candidate) -> list[int]:
    return [letter for start, end in candidate.places for letter in range(start, end)]
