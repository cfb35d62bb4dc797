"""Every panel on the conditions of training, once: tabs, pages, report and `/papers/` read this list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .assessment import assessment
from .attainment import attainment
from .competitions import competitions
from .conditions import conditions
from .graduation import graduation
from .panel import Panel
from .placements import placements
from .stages import stages

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
    Panel(
        name="stages",
        title=_("Stages"),
        group="plan",
        papers=("2.5", "2.6", "3.2", "4.2", "4.5"),
        read=stages,
        question=_("How far does training go, from theory to certification, and what stops on the way?"),
    ),
    Panel(
        name="graduation",
        title=_("Graduation"),
        group="plan",
        papers=("2.4", "2.8"),
        read=graduation,
        question=_("Which of the three that the double certificate asks for can a student of the plan meet?"),
    ),
    Panel(
        name="assessment",
        title=_("Assessment"),
        group="plan",
        papers=("4.6",),
        read=assessment,
        question=_("How much of the grade is practical?"),
    ),
    Panel(
        name="attainment",
        title=_("Attainment"),
        group="finding",
        papers=(),
        read=attainment,
        question=_("What did students show of each ability?"),
    ),
    # Competitions
    Panel(
        name="competitions",
        title=_("Competitions"),
        group="conditions",
        papers=("3.4", "3.5"),
        read=competitions,
        question=_("Which courses prepare for which competition, and can each student enter one?"),
    ),
    # Placements
    Panel(
        name="placements",
        title=_("Placements"),
        group="conditions",
        papers=("3.7", "4.7", "4.9"),
        read=placements,
        question=_("In which mode, how real and for how many is there practice, and who evaluates it?"),
    ),
    # Partners
    # Contradictions
    # Flows
    # Layers, echelons, breadth, tilt, forward look
    # Questionnaire
)
BY_NAME: Final = {panel.name: panel for panel in PANELS}
