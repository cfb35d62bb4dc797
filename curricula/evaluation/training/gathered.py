"""The records of a school that touch one plan, each kind read once however many panels read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from curricula.analysis.frames import CurriculumFrames, GapAnalysis
from curricula.fields.training_rules import Thresholds
from curricula.models import Cohort, Course, Curriculum, Outcome, School, SchoolRecord, TrainingRules
from curricula.reports.panels import Missing
from curricula.wording.names import Names

Record = TypeVar("Record", bound=SchoolRecord)


@dataclass
class Gathered:
    """What every panel reads of one plan. Nothing is read before a panel asks for it."""

    curriculum: Curriculum
    analyse: Callable[[Curriculum], tuple[CurriculumFrames, GapAnalysis]]
    name: Callable[[Curriculum], Names]
    today: date = field(default_factory=timezone.localdate)
    _held: dict[type[SchoolRecord], list[Any]] = field(default_factory=dict)

    @property
    def school(self) -> School:
        return self.curriculum.program.school

    @cached_property
    def rules(self) -> Thresholds:
        """The thresholds that hold in the school: `rules["teacher_months"]`."""
        return TrainingRules.of(self.school)

    @cached_property
    def courses(self) -> dict[str, Course]:
        """The courses of the plan by their codes."""
        return {course.code: course for course in self.curriculum.courses.all()}

    @cached_property
    def names(self) -> Names:
        """What codes of abilities, courses and positions are called in the reader's language."""
        return self.name(self.curriculum)

    @cached_property
    def _analysed(self) -> tuple[CurriculumFrames, GapAnalysis]:
        return self.analyse(self.curriculum)

    @property
    def frames(self) -> CurriculumFrames:
        """What the analysis read, without its postings."""
        return self._analysed[0]

    @property
    def analysis(self) -> GapAnalysis:
        return self._analysed[1]

    def everything(self, model: type[Record]) -> list[Record]:
        """All records of a kind that the school keeps."""
        if model not in self._held:
            self._held[model] = list(model.objects.filter(school=self.school))
            for record in self._held[model]:
                record.school = self.school  # known already, and asked for by each address
        found: list[Record] = self._held[model]
        return found

    def of(self, model: type[Record]) -> list[Record]:
        """Those that touch the plan: they name a course of it or none, and its program or none."""
        return [record for record in self.everything(model) if self._touches(record)]

    def _touches(self, record: SchoolRecord) -> bool:
        if isinstance(record, Cohort | Outcome):
            return not record.program.strip() or self.is_program(record.program)
        named = record.kind.courses_named(record)
        return not named or not self.courses.keys().isdisjoint(named)

    def is_program(self, text: str) -> bool:
        """Whether a record that names a program by title or short name means the one of the plan."""
        program = self.curriculum.program
        called = (program.slug, program.title_en, program.title_zh)
        return text.strip().casefold() in {name.casefold() for name in called if name}

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """Numbers of students of the years of entry that still study: the newest ones, as many as years of study."""
        stated = [each for each in self.of(Cohort) if each.students is not None and each.year[:4].isdigit()]
        newest = max((int(each.year[:4]) for each in stated), default=0)
        first = newest - int(self.rules["years_of_study"]) + 1
        return [each for each in stated if int(each.year[:4]) >= first]

    @property
    def students(self) -> int | None:
        """How many students the program has; None where nobody stated it."""
        return sum(each.students or 0 for each in self.cohorts) if self.cohorts else None

    def ability_page(self, code: str) -> str:
        return self.curriculum.page("curriculum-ability", code)

    def listed(self, model: type[SchoolRecord], **chosen: str) -> str:
        """The address of the list of a kind of record, filtered by its choices and words (`q`)."""
        address = reverse("records", args=[self.school.slug, model.kind.name])
        return f"{address}?{urlencode(chosen)}" if chosen else address

    def enter(self, model: type[SchoolRecord], why: str = "") -> Missing:
        """What to say where records of a kind are missing."""
        kind = model.kind
        text = why or _("Enter %(records)s first.") % {"records": kind.plural}
        return Missing(kind.name, text, self.listed(model), str(capfirst(kind.plural)))
