"""What a school decided on earlier proposals, and what it means for the next ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, log

from .folding import fold
from .words import stems

Weighed = tuple[frozenset[str], float, float]  # stems that led, 1 taken or 0 rejected, part of its title

KAPPA = 8.0  # decisions on the very same words that weigh as much as the score itself; pragmatic


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    CHANGED = "changed"  # the ability was right, its level or share was not
    REJECTED = "rejected"


@dataclass(frozen=True)
class Decision:
    """What a person did with a proposal that some words of a text had led to."""

    ability: str
    words: tuple[str, ...]
    outcome: Outcome
    title: str = ""  # of the course; decisions on one title count once, those without a title each for itself


class Experience:
    """The decisions of one school by ability: which words had led to it, and whether it was taken."""

    def __init__(self, decisions: Iterable[Decision] = (), *, idf: Mapping[str, float] | None = None) -> None:
        """`idf` is how much each stem tells; one that it does not know tells as much as its rarest."""
        self._idf = idf or {}
        self._rarest = max(self._idf.values(), default=1.0)
        self._decided: defaultdict[str, list[Weighed]] = defaultdict(list)
        for (ability, _), alike in _by_title(decisions).items():
            self._decided[ability] += [
                (_keys(one.words), float(one.outcome != Outcome.REJECTED), 1 / len(alike)) for one in alike
            ]

    def __bool__(self) -> bool:
        """Whether anything was decided."""
        return bool(self._decided)

    def adjusted(self, score: float, *, ability: str, words: Iterable[str]) -> float:
        """The score, drawn towards 1 where the same words were taken for the ability and towards 0 where not.

        Nothing is changed where nothing was decided, nor what stands in the text as the framework names it.
        """
        if score >= 1 or ability not in self._decided:
            return score
        keys = _keys(words)
        weighed = [(part * self._likeness(keys, led) ** 2, taken) for led, taken, part in self._decided[ability]]
        return learnt_score(score, weighed)

    def _likeness(self, keys: frozenset[str], led: frozenset[str]) -> float:
        """Jaccard's of two sets of stems, each stem counting as much as it tells; 0 of two empty ones."""
        either = self._told(keys | led)
        return self._told(keys & led) / either if either else 0.0

    def _told(self, keys: Iterable[str]) -> float:
        return sum(self._idf.get(key, self._rarest) for key in keys)


def learnt_score(score: float, decisions: Iterable[tuple[float, float]], *, kappa: float = KAPPA) -> float:
    """(κ·score + Σwᵢyᵢ)/(κ + Σwᵢ): a score after decisions, each with its weight w and outcome y.

    Score, weights and outcomes (1 taken, 0 rejected) lie in [0, 1], and so does the result: the posterior mean of
    a rate that starts as if `kappa` decisions had given the score. Without decisions it is the score itself; their
    order does not matter.
    Source: Goetschalckx, Poupart and Hoey 2011, IJCAI, continuous correlated beta processes.

    >>> learnt_score(0.25, [(1.0, 1.0)] * 4)
    0.5
    """
    pairs = list(decisions)
    weight = fsum(w for w, _ in pairs)
    return (kappa * score + fsum(w * y for w, y in pairs)) / (kappa + weight) if weight else score


def idf_of(titles: Iterable[str]) -> dict[str, float]:
    """How much each stem of these titles tells: 1 where all have it, more the fewer do.

    Source: Spärck Jones 1972, J. Documentation 28, 11-21, smoothed as if one more title had every stem.

    >>> found = idf_of(["Business law", "Business English"])
    >>> found["busi"], round(found["law"], 3)
    (1.0, 1.405)
    """
    found = [_keys([title]) for title in dict.fromkeys(titles)]
    frequency = Counter(stem for stems_of_title in found for stem in stems_of_title)
    return {stem: log((1 + len(found)) / (1 + times)) + 1 for stem, times in frequency.items()}


def _by_title(decisions: Iterable[Decision]) -> dict[tuple[str, object], list[Decision]]:
    found: defaultdict[tuple[str, object], list[Decision]] = defaultdict(list)
    for place, decision in enumerate(decisions):
        found[decision.ability, fold(decision.title).strip() or place].append(decision)
    return found


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for stem in stems(word))
