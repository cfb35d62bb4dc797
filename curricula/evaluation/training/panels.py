"""Every panel on the conditions of training, once: tabs, pages, report and `/papers/` read this list in its order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from curricula.reports.panels import PanelSection, without_links

from .assessment import assessment
from .attainment import attainment
from .breadth import breadth_and_tilt, outlook
from .competitions import competitions
from .conditions import conditions
from .contradictions import contradictions
from .flows import flows
from .gathered import Gathered
from .graduation import graduation
from .incentives import incentives
from .layers import layers_and_stages
from .maturity import maturity
from .panel import Panel
from .partners import partners
from .placements import placements
from .rivals import rivals
from .space import space
from .stages import stages
from .stakeholders import questionnaire
from .teachers import teachers
from .trade import trade

PANELS: Final[tuple[Panel, ...]] = (
    *(conditions, teachers, space, incentives, maturity),
    *(stages, graduation, assessment, attainment),
    *(competitions, placements, partners),
    *(contradictions, flows, layers_and_stages, breadth_and_tilt, outlook, trade, rivals),
    questionnaire,
)
BY_NAME: Final = {panel.name: panel for panel in PANELS}


def panel_sections(gathered: Gathered) -> Iterator[PanelSection]:
    """One section of the report for each panel, in their order; each kind of record is read once for all of them."""
    for panel in PANELS:
        yield PanelSection(panel.name, str(panel.title), panel.papers, without_links(panel.read(gathered)))
