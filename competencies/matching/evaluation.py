"""How good a way from text to abilities is, against a gold file that a person made.

Precision and recall judge what is stated without being asked; the others judge an ordered list of proposals and
are means over the texts that have a match. Every figure comes with a bootstrap interval over texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

DRAWS = 2_000
LEVEL = 0.95


@dataclass(frozen=True)
class Answer:
    """What one method says of one text: what it proposes, best first, and which of it it would state itself."""

    proposed: Sequence[str] = ()
    stated: frozenset[str] | None = None  # None: the method proposes only


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """One method on one gold file; None where there is nothing to divide by.

    precision  of what was stated over all texts, the part that is in the gold: 0 … 1
    recall     of what is in the gold, the part that was stated: 0 … 1
    hit_1/5/10 texts with a gold ability among the first 1, 5, 10 proposals: 0 … 1
    rp_5       gold abilities among the first five ÷ min(5, gold abilities): 0 … 1
    mrr        1 ÷ the rank of the first gold ability, 0 where it is not proposed: 0 … 1
    """

    precision: Estimate | None
    recall: Estimate | None
    hit_1: Estimate | None
    hit_5: Estimate | None
    hit_10: Estimate | None
    rp_5: Estimate | None
    mrr: Estimate | None


MEASURES = tuple(field.name for field in fields(Quality))


def quality(
    gold: Sequence[frozenset[str]], answers: Sequence[Answer], *, draws: int = DRAWS, seed: int = 0
) -> Quality:
    """`gold[i]` are the abilities of text i, none for "no match"; `answers[i]` is what the method says of it.

    >>> quality([frozenset("ab")], [Answer(["c", "a"])]).rp_5
    Estimate(value=0.5, low=0.5, high=0.5)
    """
    over, under = _parts(gold, answers)
    if not gold:
        return Quality(*[None] * len(MEASURES))
    times = np.random.default_rng(seed).multinomial(len(gold), np.full(len(gold), 1 / len(gold)), draws)
    return Quality(*map(_estimate, over.sum(0), under.sum(0), (times @ over).T, (times @ under).T))


def difference(
    gold: Sequence[frozenset[str]],
    answers: Sequence[Answer],
    others: Sequence[Answer],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Quality:
    """How much better the first method is than the other, paired: both are judged on the same draws of texts.

    >>> difference([frozenset("a")], [Answer(["a"])], [Answer(["b", "a"])]).mrr
    Estimate(value=0.5, low=0.5, high=0.5)
    """
    parts = [_parts(gold, given) for given in (answers, others)]
    if not gold:
        return Quality(*[None] * len(MEASURES))
    times = np.random.default_rng(seed).multinomial(len(gold), np.full(len(gold), 1 / len(gold)), draws)
    values = np.subtract(*(_ratios(over.sum(0), under.sum(0)) for over, under in parts))
    drawn = np.subtract(*(_ratios(times @ over, times @ under) for over, under in parts))
    return Quality(*map(_paired, values, drawn.T))


def _ratios(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Not a number where there is nothing to divide by."""
    return np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0)


def _paired(value: float, drawn: np.ndarray) -> Estimate | None:
    if np.isnan(value):
        return None
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(value), float(low), float(high))


def _parts(gold: Sequence[frozenset[str]], answers: Sequence[Answer]) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and denominators, texts × measures; summed over texts, their ratio is the measure."""
    rows = [_parts_of_text(abilities, answer) for abilities, answer in zip(gold, answers, strict=True)]
    both = np.array(rows, dtype=float).reshape(len(rows), 2, len(MEASURES))
    return both[:, 0], both[:, 1]


def _parts_of_text(gold: frozenset[str], answer: Answer) -> tuple[list[float], list[float]]:
    stated = answer.stated or frozenset()
    right, asked = float(len(gold & stated)), float(len(gold) if answer.stated is not None else 0)
    matched = float(bool(gold))
    over = [right, right, *(float(hit(gold, answer.proposed, first=n)) for n in (1, 5, 10))]
    over += [r_precision(gold, answer.proposed, first=5), reciprocal_rank(gold, answer.proposed)]
    return over, [float(len(stated)), asked, *[matched] * 5]


def hit(gold: frozenset[str], proposed: Sequence[str], *, first: int) -> bool:
    return not gold.isdisjoint(proposed[:first])


def r_precision(gold: frozenset[str], proposed: Sequence[str], *, first: int) -> float:
    return len(gold.intersection(proposed[:first])) / min(first, len(gold)) if gold else 0.0


def reciprocal_rank(gold: frozenset[str], proposed: Sequence[str]) -> float:
    return next((1 / rank for rank, ability in enumerate(proposed, start=1) if ability in gold), 0.0)


def _estimate(over: float, under: float, drawn_over: np.ndarray, drawn_under: np.ndarray) -> Estimate | None:
    if not under:
        return None
    # A draw in which nothing is left to divide by says nothing of the measure.
    drawn = drawn_over[drawn_under > 0] / drawn_under[drawn_under > 0]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(over / under), float(low), float(high))
