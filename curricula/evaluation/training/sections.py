"""The panels of one plan, for its page and as sections of its report."""

from __future__ import annotations

from collections.abc import Iterator

from curricula.reports.panels import PanelSection, without_links

from .gathered import Gathered
from .panels import PANELS


def panel_sections(gathered: Gathered) -> Iterator[PanelSection]:
    """One section for each panel, in their order; each kind of record is read once for all of them."""
    for panel in PANELS:
        reading = without_links(panel.read(gathered))
        yield PanelSection(panel.name, str(panel.title), panel.papers, reading)
