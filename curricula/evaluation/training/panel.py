"""What a panel is: a reading of the conditions of training that has a page and a section of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from curricula.reports.panels import Missing, Reading
from curricula.wording import phrases

from .gathered import Gathered

Tells = Callable[[Gathered], Reading]


@dataclass(frozen=True)
class Panel:
    """`name` is its address (`training/NAME/`) and its key in JSON; `group` one of those in `tabs.py`."""

    name: str
    title: Any
    group: str  # finding, plan, demand, conditions, change or report
    papers: tuple[str, ...]  # ids of what the papers describe, as "3.1"
    question: Any  # what it answers, shown beside its title on the list of panels
    asks: Any  # what it will show, said while there is no evidence
    how: tuple[Any, ...]  # how to read it, one paragraph each
    tells: Tells

    def read(self, gathered: Gathered) -> Reading:
        """What it says of a plan; without evidence what it will show, and why it cannot yet."""
        found = self.tells(gathered)
        if found.empty:
            return replace(found, sentence=phrases.sentences(str(self.asks), found.sentence))
        return replace(found, how=tuple(map(str, self.how)))


def panel(
    name: str, title: Any, *, group: str, papers: tuple[str, ...] = (), question: Any, asks: Any, how: tuple[Any, ...]
) -> Callable[[Tells], Panel]:
    """Declares the panel that a function tells."""
    return lambda tells: Panel(name, title, group, papers, question, asks, how, tells)


def nothing(*missing: Missing, why: str = "") -> Reading:
    """A reading without evidence: what to enter first, and why nothing can be said where that is not all."""
    return Reading(why, missing=missing, empty=True)
