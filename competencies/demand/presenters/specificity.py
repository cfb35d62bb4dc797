from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from competencies.analysis.specificity import Specificity, specificity
from competencies.demand.queries.posting_frames import DemandChoice, chosen_frames, computed_once
from competencies.demand.queries.postings_chosen import postings_chosen
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import Framework, Position
from competencies.wording import UNDEFINED

from .filters import DemandHead, ability_titles, demand_head, postings_address, rows_of

STRONGEST = 4.0  # a ratio from which the colour grows no stronger


@dataclass(frozen=True)
class SpecificCell:
    ratio: float | None
    mentions: int
    sure: bool  # differs from 1 by more than chance
    href: str
    strength: float  # of the colour, 0 to 1


@dataclass(frozen=True)
class SpecificRow:
    code: str
    title: str
    cells: list[SpecificCell]


@dataclass(frozen=True)
class SpecificColumn:
    code: str
    title: str
    postings: int
    undefined: str  # why no ratio of the position is defined; "" where they are
    unknown: str  # too_few_employers where nothing is sure of it

    @property
    def reason(self) -> str:
        return str(UNDEFINED.get(self.undefined, ""))


@dataclass(frozen=True)
class SpecificityPage:
    head: DemandHead
    columns: list[SpecificColumn]
    rows: list[SpecificRow]  # abilities that some posting with a position mentions
    unasked: int
    fits: bool  # whether any posting is chosen

    @property
    def undefined(self) -> list[SpecificColumn]:
        return [column for column in self.columns if column.undefined]

    @property
    def undefined_words(self) -> list[str]:
        """Each with its reason."""
        words = _("%(position)s (%(reason)s)")
        return [words % {"position": column.title, "reason": column.reason} for column in self.undefined]


def specificity_page(demand: ReadableDemand, choice: DemandChoice) -> SpecificityPage:
    """Abilities × positions: where each is asked for more than elsewhere."""
    framework = demand.framework
    positions = list(framework.positions.order_by("order", "code"))

    def compute() -> Specificity:
        return specificity(chosen_frames(demand, choice), [position.code for position in positions])

    found = computed_once(demand, "specificity", choice, compute)
    titles = ability_titles(framework)
    ratios, mentions, sure = (dict(rows_of(table.T)) for table in (found.ratios, found.mentions, found.sure))
    cells = {
        code: {name: (ratios[code][name], mentions[code][name], sure[code][name]) for name in ratios[code]}
        for code in ratios
        if code not in found.abilities_undefined
    }
    return SpecificityPage(
        head=demand_head(demand, choice),
        columns=[_column(position, found) for position in positions],
        rows=[SpecificRow(code, titles[code], _cells(code, row, framework, choice)) for code, row in cells.items()],
        unasked=len(found.abilities_undefined),
        fits=postings_chosen(demand, choice).exists(),
    )


def _column(position: Position, found: Specificity) -> SpecificColumn:
    undefined = found.positions_undefined.get(position.code, "")
    postings = int(found.postings[position.code])
    return SpecificColumn(position.code, position.title, postings, undefined, found.unknown[position.code])


def _cells(ability: str, row: dict[str, Any], framework: Framework, choice: DemandChoice) -> list[SpecificCell]:
    return [
        SpecificCell(
            ratio=None if math.isnan(ratio) else float(ratio),
            mentions=int(mentions),
            sure=bool(sure),
            href=postings_address(framework, replace(choice, position=position), ability=ability),
            strength=_strength(ratio),
        )
        for position, (ratio, mentions, sure) in row.items()
    ]


def _strength(ratio: float) -> float:
    """Nothing up to 1, which is "as everywhere"; full from STRONGEST on."""
    return 0.0 if math.isnan(ratio) else min(max((ratio - 1) / (STRONGEST - 1), 0.0), 1.0)
