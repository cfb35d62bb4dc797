"""What a panel is: a reading of the conditions of training that has a page and a section of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from curricula.reports.panels import Reading

from .gathered import Gathered


@dataclass(frozen=True)
class Panel:
    """`name` is its address (`training/NAME/`) and its key in JSON; `group` one of those in `tabs.py`."""

    name: str
    title: Any
    group: str  # finding, plan, demand, conditions, change or report
    papers: tuple[str, ...]  # ids of what the papers describe, as "3.1"
    read: Callable[[Gathered], Reading]
    question: Any = ""  # what it answers, shown beside its title on the list of panels
