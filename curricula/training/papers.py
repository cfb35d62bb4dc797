"""What the five papers describe, each with the section and the screen that shows it: the one table of `/papers/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from curricula.evaluation.training.panels import PANELS
from curricula.models import Curriculum
from curricula.queries import curricula_of


@dataclass(frozen=True)
class Described:
    """`page` names a page of a plan, or of the site where it begins with “/”; "" where a panel names the id."""

    id: str
    section: str  # like "003 §2.1"; several by "; "
    text: Any
    page: str = ""


PAPERS: Final[dict[str, Any]] = {
    "000": _("Ecosystem of talent cultivation (Zhao and Yu, Zhengzhou)"),
    "001": _("Three contradictions and three paths (Luo, Zhejiang)"),
    "002": _("Capabilities and training modes (Luan and others, Shanghai)"),
    "003": _("School–enterprise collaboration, courses with competitions (Jiang and Li, Shandong)"),
    "004": _("Vocational colleges, integration of production and education"),
}

DESCRIBED: Final[tuple[Described, ...]] = (
    Described("0.1", "000 §V.A", _("Add the new, fill the leaks, remove the stale"), "advice"),
    Described("0.2", "000 §IV.A", _("Breadth: many kinds of ability")),
    Described("0.3", "000 §IV.B", _("Layers: managers and specialists")),
    Described("0.4", "000 §IV.C; 000 §V.A", _("Forward look: emerging abilities")),
    Described("0.5", "000 §V.B; 001 §4.2", _("The board of actors")),
    Described("0.6", "000 §V.C", _("Flows of talent, knowledge and information")),
    Described("0.7", "000 §V", _("Feedback: which gaps closed after which actions"), "loop"),
    Described("0.8", "000 §III", _("Cooperation that is only formal")),
    Described("0.9", "000 §III", _("What stakeholders say: a questionnaire")),
    Described("1.1", "001 §3.1", _("Lag in time, in quantity, in quality")),
    Described("1.2", "001 §3.2", _("Maturity of the training system, and teachers with three no")),
    Described("1.3", "001 §3.3", _("Demand by echelon against exposure by echelon")),
    Described("1.4", "001 §4.1; 001 §4.2", _("Contributions of school, government, industry and enterprises")),
    Described("1.5", "001 §4.3", _("An echelon in three stages")),
    Described("1.6", "001 §4.1; 001 §3.2", _("The named courses and practice topics"), "certificates"),
    Described("2.1", "002 §III", _("Five capabilities and their contents"), "abilities"),
    Described("2.2", "002 §III", _("Career entries by direction and degree"), "framework"),
    Described("2.3", "002 §III", _("Thirteen positions and their requirements"), "positions"),
    Described("2.4", "002 §IV.C", _("Two certificates and their courses"), "certificates"),
    Described("2.5", "002 §IV.A", _("Five in one: from theory to certification assessment")),
    Described("2.6", "002 §IV.A", _("Profile by module")),
    Described("2.7", "002 §IV.B", _("The ecological alliance and what each partner brings")),
    Described("2.8", "002 §IV.C", _("Double certificate: the audit of graduation")),
    Described("2.9", "002 §IV.D", _("Creating space: resources by four elements")),
    Described("2.10", "002 §II", _("Rival lists of capabilities"), "compare-frameworks"),
    Described("3.1", "003 §2", _("Four difficulties: teachers, equipment, practice, currency")),
    Described("3.2", "003 §4.1", _("Theory, experiment and practice apart")),
    Described("3.3", "003 §2.4; 003 §4.5", _("New modes as emerging abilities"), "abilities"),
    Described("3.4", "003 §3; 003 §4.3", _("Courses joined with competitions")),
    Described("3.5", "003 §4.4", _("Mentors of school and enterprise")),
    Described("3.6", "003 §4.2", _("Incentives in writing")),
    Described("3.7", "003 §2.3; 003 §4.5", _("Practice by reality, seats a student")),
    Described("4.1", "004 §2", _("Professional, social and methodological abilities"), "abilities"),
    Described("4.2", "004 §4.1", _("Profile by type of course")),
    Described("4.3", "004 §3.1", _("The host major tilts the content")),
    Described("4.4", "004 §3.2", _("Teachers without operation, experience or theory, by course")),
    Described("4.5", "004 §3.3", _("Simulation is not operation"), "courses"),
    Described("4.6", "004 §4.5", _("Practice counts in the grade")),
    Described("4.7", "004 §1.1", _("Modes of practice: apprenticeship, teaching factory, entrepreneurial")),
    Described("4.8", "004 §2; 004 §4.1", _("Trade models: B2B, B2C, C2C")),
    Described("4.9", "004 §4.4", _("Placements are evaluated")),
)


def panel_of(thing: Described) -> str:
    """The name of the panel that shows it, "" where a page does or nothing yet."""
    return next((panel.name for panel in PANELS if thing.id in panel.papers), "")


def address_of(thing: Described, plan: Curriculum) -> str:
    """The screen that shows it for a plan, "" where there is none."""
    if panel := panel_of(thing):
        return plan.page("training", panel)
    if thing.page == "framework":
        return plan.framework.get_absolute_url()
    if thing.page == "compare-frameworks":
        return f"{reverse('compare-frameworks')}?c={plan.key}"
    return plan.page(thing.page) if thing.page else ""


@dataclass(frozen=True)
class Shown:
    described: Described
    href: str


@dataclass(frozen=True)
class PaperLines:
    title: Any
    lines: tuple[Shown, ...]


def paper_lines(plan: Curriculum | None) -> Iterator[PaperLines]:
    """The things of each paper, with their screens where there is a plan to show."""
    for paper, title in PAPERS.items():
        own = (thing for thing in DESCRIBED if int(thing.id[0]) == int(paper))
        yield PaperLines(title, tuple(Shown(thing, address_of(thing, plan) if plan else "") for thing in own))


def demo_plan(user: Any, *, came_from: str = "") -> Curriculum | None:
    """The plan of a school of sample data that the reader comes from, or else the one with the most mapped courses."""
    plans: list[Any] = [plan for plan in curricula_of(user) if plan.program.school.sample]
    return max(plans, key=lambda plan: (plan.key == came_from, plan.mapped_count, plan.year), default=None)
