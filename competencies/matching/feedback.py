"""What a school decided on earlier proposals, and what it means for the next ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from .words import stems

# As if each ability and word had been taken and left twice before: one decision says little, ten say much.
PRIOR = 2.0


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


class Experience:
    """The decisions of one school as log-odds: of each ability, and of each word for each ability."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._taken: Counter[tuple[str, str]] = Counter()
        self._left: Counter[tuple[str, str]] = Counter()
        for decision in decisions:
            counts = self._left if decision.outcome == Outcome.REJECTED else self._taken
            counts.update((decision.ability, key) for key in ("", *_keys(decision.words)))

    def adjusted(self, score: float, *, ability: str, words: Iterable[str]) -> float:
        """The score, raised where such a proposal was taken before and lowered where it was left; between 0 and 1.

        Nothing is changed where nothing was decided.
        """
        keys = _keys(words)
        shift = self._log_odds(ability, "") / 2
        if keys:
            shift += sum(self._log_odds(ability, key) for key in keys) / len(keys)
        if not shift or not 0 < score < 1:
            return score
        return 1 / (1 + exp(-log(score / (1 - score)) - shift))

    def _log_odds(self, ability: str, key: str) -> float:
        return log((self._taken[ability, key] + PRIOR) / (self._left[ability, key] + PRIOR))


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for stem in stems(word))
