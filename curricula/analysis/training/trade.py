"""Trade models that positions and postings name (paper 004 §2, §4.1): B2B, B2C, C2C and their kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from competencies.analysis.demand import wilson_interval
from curricula.analysis.frames import Notice

from .readings import because

MODELS: Final = ("B2B", "B2C", "C2C", "O2O", "D2C", "M2C")
_NAMED: Final = re.compile(r"(?<![A-Za-z0-9])([BCOMD])\s?(?:2|to|-to-)\s?([BCO])(?![A-Za-z0-9])", re.IGNORECASE)


def models_in(text: str) -> frozenset[str]:
    """The trade models that a text names, in whatever spelling; "外贸" alone names none.

    >>> sorted(models_in("负责B2B平台和b to c独立站；web2.0, AB2C"))
    ['B2B', 'B2C']
    """
    found = {f"{seller.upper()}2{buyer.upper()}" for seller, buyer in _NAMED.findall(text)}
    return frozenset(found & set(MODELS))


@dataclass(frozen=True)
class ModelCount:
    model: str
    postings: int
    share: float
    low: float
    high: float
    positions: tuple[str, ...]
    by_position: int  # postings that name no model, for a position that carries this one


@dataclass(frozen=True)
class TradeModels:
    rows: tuple[ModelCount, ...]  # models that anything names, in the order of MODELS
    postings: int
    named: int  # postings that name any
    positions_unstated: tuple[str, ...]
    undefined: Notice | None = None


def trade_models(
    postings: Sequence[tuple[str, frozenset[str]]], positions: Iterable[tuple[str, frozenset[str]]]
) -> TradeModels:
    """How many postings name each trade model, with a Wilson interval; which positions carry it.

    `postings` are (position, "" where the title names none; models that it names). A posting may name several, so
    the shares need not add up, and one that names none says nothing of its model: it is counted apart where its
    position carries one.
    The interval takes postings as independent. Source: 004 §2; Wilson 1927.

    >>> found = trade_models([("", frozenset({"B2B"})), ("P7", frozenset())], [("P7", frozenset({"B2C"}))])
    >>> [(row.model, row.postings, row.by_position) for row in found.rows], found.named
    ([('B2B', 1, 0), ('B2C', 0, 1)], 1)
    """
    stated = list(positions)
    counts = Counter(model for _position, found in postings for model in found)
    of_positions = Counter(
        model for position, found in postings if not found for model in dict(stated).get(position, ())
    )
    carried = {model: tuple(code for code, models in stated if model in models) for model in MODELS}
    rows = []
    for model in MODELS:
        if counts[model] or carried[model]:
            low, high = wilson_interval(counts[model], len(postings))
            share = counts[model] / len(postings) if postings else float("nan")
            rows.append(ModelCount(model, counts[model], share, low, high, carried[model], of_positions[model]))
    unstated = tuple(code for code, models in stated if not models)
    why = None if rows else because("no_trade_model", postings=len(postings))
    return TradeModels(tuple(rows), len(postings), sum(bool(found) for _position, found in postings), unstated, why)
