"""Every panel on the conditions of training, once: tabs, pages, report and `/papers/` read this list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .conditions import conditions
from .panel import Panel

# One panel below its comment; whoever adds one writes between two comments, so that two can do so at once.
PANELS: Final[tuple[Panel, ...]] = (
    # Conditions
    Panel(
        name="conditions",
        title=_("Conditions"),
        group="conditions",
        papers=("3.1", "4.4"),
        read=conditions,
        question=_("Are the teachers, the equipment, the practice and the courses there that the plan needs?"),
    ),
    # Teachers
    # Resources
    # Incentives
    # Maturity
    # Stages, certificates, assessment, attainment
    # Competitions
    # Placements
    # Partners
    # Contradictions
    # Flows
    # Layers, echelons, breadth, tilt, forward look
    # Questionnaire
)
BY_NAME: Final = {panel.name: panel for panel in PANELS}
