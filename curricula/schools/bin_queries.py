"""What is in the bin, and what would go there with a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.models import KEPT_REMOVED, DemandSource
from curricula.models import Course, Curriculum, Mapping, Program, Scenario, School, school_records

Hanging = list[tuple[str, int]]  # what it is called, and how many


@dataclass(frozen=True)
class Removed:
    """One thing that was removed by itself, with all that went with it."""

    kind: str  # a code among those that can be brought back
    what: str
    name: str
    record: Any

    @property
    def removed_at(self) -> datetime:
        return self.record.removed_at

    @property
    def kept_until(self) -> datetime:
        return self.removed_at + KEPT_REMOVED


def bin_of(school: School) -> list[Removed]:
    """What a school can bring back, newest first."""
    found = [*_programs(school), *_plans(school), *sources_of(school)]
    return sorted(found, key=lambda each: each.removed_at, reverse=True)


def _programs(school: School) -> Iterator[Removed]:
    gone = Program.everything.filter(school=school, removed_at__isnull=False).select_related("removed_by")
    for program in gone:
        yield Removed("program", _named(program), str(program), program)


def _plans(school: School) -> Iterator[Removed]:
    """Versions that went together are one plan; what went with its program comes back with that."""
    gone = Curriculum.everything.filter(program__school=school, removed_at__isnull=False)
    ordered = gone.select_related("program__school", "removed_by").order_by(
        "program", "year", "removed_at", "-version"
    )
    for _key, versions in groupby(ordered, key=lambda plan: (plan.program_id, plan.year, plan.removed_at)):
        newest, *earlier = versions
        if newest.removed_at != newest.program.removed_at:
            first = earlier[-1].version if earlier else newest.version
            numbers = f"{first}–{newest.version}" if earlier else f"{newest.version}"
            name = _("%(plan)s, version %(version)s") % {"plan": newest.name, "version": numbers}
            yield Removed("plan", _named(newest), name, newest)


def sources_of(school: School | None) -> Iterator[Removed]:
    """Of a school, or of the site, which staff bring back."""
    gone = DemandSource.everything.filter(owner=school, removed_at__isnull=False).select_related("removed_by")
    for source in gone:
        yield Removed("source", _named(source), str(source), source)


def _named(record: Any) -> str:
    return capfirst(str(record._meta.verbose_name))


def removed_schools() -> QuerySet[School]:
    return School.everything.filter(removed_at__isnull=False).select_related("removed_by").order_by("-removed_at")


def hanging_on_plans(plans: QuerySet[Curriculum]) -> Hanging:
    courses = Course.objects.filter(curriculum__in=plans)
    return _counted(courses, Mapping.objects.filter(course__in=courses), Scenario.objects.filter(curriculum__in=plans))


def hanging_on_program(program: Program) -> Hanging:
    plans = Curriculum.objects.filter(program=program)
    return [*_counted(plans), *hanging_on_plans(plans)]


def hanging_on_school(school: School) -> Hanging:
    plans = Curriculum.objects.filter(program__school=school)
    records = (model.objects.filter(school=school) for model in school_records().values())
    own = _counted(school.programs.all(), plans, school.memberships.all(), school.demandsources.all(), *records)
    return [*own, *hanging_on_plans(plans)]


def hanging_on_source(source: DemandSource) -> Hanging:
    rows = _counted(source.postings.all(), source.answers.all(), source.figures.all())
    judged = source.curricula.newest().count()
    return [*rows, (_("Plans that are judged by it"), judged)] if judged else rows


def _counted(*records: QuerySet[Any]) -> Hanging:
    counts = ((capfirst(str(found.model._meta.verbose_name_plural)), found.count()) for found in records)
    return [(name, count) for name, count in counts if count]
