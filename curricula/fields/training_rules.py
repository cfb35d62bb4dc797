"""The thresholds by which conditions of training get their words: declared once, changed by a school.

The papers describe what is missing and give hardly any number. Where one gives none, the threshold is the school's:
what stands here is where a school starts, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from .values import Words


@dataclass(frozen=True)
class Threshold:
    """One number, or one list of words. `unit` is "share" (0 to 1), "number" or "words"."""

    name: str
    label: Words
    start: float | tuple[str, ...]
    panel: str  # name of the panel that reads it
    source: str  # the section that speaks of it, like "003 §2.1"
    unit: str = "number"
    least: float = 0.0
    most: float = 1000.0
    whose: str = "school"  # "paper" where the section itself gives the number

    @property
    def limits(self) -> tuple[float, float]:
        return (0.0, 1.0) if self.unit == "share" else (self.least, self.most)


_FIELDS_OF_STUDY: Final = (
    *("跨境电子商务", "电子商务", "国际贸易", "国际经济与贸易", "国际商务", "商务英语", "市场营销"),
    *("e-commerce", "trade", "marketing", "international business"),
)

THRESHOLDS: Final = (
    Threshold("teacher_months", _("months in an enterprise that count as practice"), 6, "conditions", "003 §2.1"),
    Threshold("teacher_years", _("years in the industry that count as experience"), 1, "conditions", "001 §3.2"),
    Threshold(
        "teacher_fields",
        _("fields of study that count as knowledge of the subject"),
        _FIELDS_OF_STUDY,
        "conditions",
        "001 §3.2",
        "words",
    ),
    Threshold(
        "teachers_practised",
        _("teachers with practice, part of those who teach in the plan"),
        0.5,
        "conditions",
        "003 §2.1",
        "share",
    ),
    Threshold(
        "teachers_from_outside",
        _("part-time teachers, part of those who teach in the plan"),
        0.1,
        "conditions",
        "001 §3.2",
        "share",
    ),
    Threshold("seats_per_student", _("seats for practice a student"), 0.5, "conditions", "003 §2.2", most=100),
    Threshold(
        "courses_with_room",
        _("practised courses with a room or software, part of the practised courses"),
        0.8,
        "conditions",
        "003 §2.2",
        "share",
    ),
    Threshold("real_seats_per_student", _("real accounts a student"), 0.05, "conditions", "003 §2.3", most=100),
    Threshold(
        "students_placed",
        _("students in a placement or project beyond orientation, part of the students"),
        0.25,
        "conditions",
        "003 §2.3",
        "share",
    ),
    Threshold(
        "emerging_left_out",
        _("emerging abilities that demand asks for and no hour teaches, at most"),
        0,
        "conditions",
        "003 §2.4",
        most=100,
    ),
    Threshold("plan_years", _("years since the plan's year of entry, at most"), 2, "conditions", "003 §2.4", most=20),
    Threshold(
        "years_of_study",
        _("years of study: how many years of entry are students"),
        4,
        "conditions",
        "",
        least=1,
        most=8,
    ),
    Threshold("talent_months", _("months after which records of graduates are stale"), 18, "flows", "000 §V.C.1"),
    Threshold("knowledge_months", _("months after which staff exchanges are stale"), 24, "flows", "000 §V.C.2"),
    Threshold("information_months", _("months after which postings are stale"), 12, "flows", "000 §V.C.2"),
    Threshold(
        "fewest_people",
        _("people below whom no figure on outcomes or grades is shown"),
        10,
        "",
        "",
        least=10,
        most=100,
    ),
)
BY_NAME: Final[Mapping[str, Threshold]] = {each.name: each for each in THRESHOLDS}


class Thresholds:
    """The numbers that hold in one school: what it said, and the start for the rest."""

    def __init__(self, said: Mapping[str, Any] | None = None) -> None:
        self._said = said or {}

    def __getitem__(self, name: str) -> float:
        return float(self._said.get(name, BY_NAME[name].start))

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self._said.get(name, BY_NAME[name].start))

    def changed(self, name: str) -> bool:
        """Whether the school said another number than the one it started with."""
        held = self._said.get(name, BY_NAME[name].start)
        return (tuple(held) if isinstance(held, list) else held) != BY_NAME[name].start
