"""The panel of the four lights: teachers, equipment, practice, currency of the curriculum (paper 003 §2)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.checks import Verdict, light
from curricula.models import Placement, Resource, Teacher
from curricula.reports.panels import Block, Reading

from .condition_currency import currency_block
from .condition_means import equipment_block, practice_block
from .condition_teachers import teachers_block
from .gathered import Gathered
from .panel import nothing, panel
from .words import by_tone, light_words


@panel(
    "conditions",
    gettext_lazy("Four conditions"),
    group="conditions",
    papers=("3.1",),
    question=gettext_lazy("Are the teachers, the equipment, the practice and the courses there that the plan needs?"),
    asks=gettext_lazy(
        "This page will show four lights: whether teachers, equipment, practice and courses are what the plan needs."
    ),
    how=(
        gettext_lazy(
            "A light is green where each of its checks that has evidence is met, red where none is, amber where some "
            "are, and grey where nothing was entered: a school that has not entered its records is not accused."
        ),
        gettext_lazy(
            "What a record does not state counts neither as yes nor as no. A check is met only where it holds without "
            "these records, and not met only where it fails even with all of them."
        ),
        gettext_lazy(
            "Paper 003 names the four difficulties and gives no number for any of them, so each threshold is the "
            "school's own; directors change them on the page of the rules, and the history keeps what they were."
        ),
    ),
)
def conditions(gathered: Gathered) -> Reading:
    """Four lights, each with its checks, its rules, its records and what would turn it green."""
    found = [part(gathered) for part in (teachers_block, equipment_block, practice_block, currency_block)]
    blocks = tuple(_lit(block, verdicts) for block, verdicts in found)
    recorded = any(gathered.of(model) for model in (Teacher, Resource, Placement))
    if not recorded and all(block.tone == "na" for block in blocks):
        return nothing(*(each for block in blocks for each in block.missing))
    said = {
        "ok": _("In place: %(parts)s."),
        "part": _("Partly in place: %(parts)s."),
        "gap": _("Not in place: %(parts)s."),
    }
    return Reading(by_tone(blocks, said), blocks)


def _lit(block: Block, verdicts: list[Verdict | None]) -> Block:
    tone, verdict = light_words(light(verdicts))
    return replace(block, tone=tone, verdict=verdict)
