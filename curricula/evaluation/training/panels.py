"""Every panel on the conditions of training, once: tabs, pages, report and `/papers/` read this list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .assessment import assessment
from .attainment import attainment
from .breadth import breadth_and_tilt, outlook
from .competitions import competitions
from .conditions import conditions
from .contradictions import contradictions
from .flows import flows
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

# One panel below its comment; whoever adds one writes between two comments, so that two can do so at once.
PANELS: Final[tuple[Panel, ...]] = (
    # Conditions
    Panel(
        name="conditions",
        title=_("Four conditions"),
        group="conditions",
        papers=("3.1",),
        read=conditions,
        question=_("Are the teachers, the equipment, the practice and the courses there that the plan needs?"),
    ),
    # Teachers
    Panel(
        name="teachers",
        title=_("Teachers"),
        group="conditions",
        papers=("4.4",),
        read=teachers,
        question=_("In which courses does nobody who teaches know the trade from practice?"),
    ),
    # Resources
    Panel(
        name="space",
        title=_("Creating space"),
        group="conditions",
        papers=("2.9",),
        read=space,
        question=_("Which of the four elements of a creating space does the school have, for how many students?"),
    ),
    # Incentives
    Panel(
        name="incentives",
        title=_("Incentives"),
        group="conditions",
        papers=("3.6",),
        read=incentives,
        question=_("Which incentives for teachers and students are written down?"),
    ),
    # Maturity
    Panel(
        name="maturity",
        title=_("Maturity"),
        group="conditions",
        papers=("1.2",),
        read=maturity,
        question=_("How far is the training system built?"),
    ),
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
    Panel(
        name="partners",
        title=_("Partners"),
        group="conditions",
        papers=("0.5", "0.8", "1.4", "2.7"),
        read=partners,
        question=_("Who agreed what, and what of it is in place?"),
    ),
    # Contradictions
    Panel(
        name="contradictions",
        title=_("Contradictions"),
        group="demand",
        papers=("1.1", "1.3"),
        read=contradictions,
        question=_("Is training behind the industry in time, in quantity, in quality?"),
    ),
    # Flows
    Panel(
        name="flows",
        title=_("Flows"),
        group="change",
        papers=("0.6", "0.7"),
        read=flows,
        question=_("Do people, knowledge and information flow, and how lately?"),
    ),
    # Layers, echelons, breadth, tilt, forward look
    Panel(
        name="layers",
        title=_("Layers and stages"),
        group="finding",
        papers=("0.3", "1.5"),
        read=layers_and_stages,
        question=_("What does the plan give to managers and specialists, and where does each year of entry stand?"),
    ),
    Panel(
        name="breadth",
        title=_("Breadth and tilt"),
        group="finding",
        papers=("0.2", "4.3"),
        read=breadth_and_tilt,
        question=_("How many areas does the plan reach, and to which side does it lean?"),
    ),
    Panel(
        name="outlook",
        title=_("Look ahead"),
        group="demand",
        papers=("0.4",),
        read=outlook,
        question=_("How much of the growth of demand does no hour touch?"),
    ),
    Panel(
        name="trade",
        title=_("Trade models"),
        group="demand",
        papers=("4.8",),
        read=trade,
        question=_("Which trade models do postings and positions name?"),
    ),
    Panel(
        name="rivals",
        title=_("Rival frameworks"),
        group="finding",
        papers=("2.10",),
        read=rivals,
        question=_("How far do other lists of capabilities reach?"),
    ),
    # Questionnaire
    Panel(
        name="questionnaire",
        title=_("Questionnaire"),
        group="conditions",
        papers=("0.9",),
        read=questionnaire,
        question=_("What do stakeholders want, and which problems do they see?"),
    ),
)
BY_NAME: Final = {panel.name: panel for panel in PANELS}
