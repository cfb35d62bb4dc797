"""What a curriculum prepares for and is judged by, and its next version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies.models import Certification, DemandSource, Framework, Position
from curricula.models import CourseEquivalence, Curriculum, Mapping, Prerequisite, SuggestionDecision
from curricula.records.editing import editing, held
from curricula.records.versions import next_version, next_year, touch

from .plan_records import may_change_framework


class FrameworkInUse(ValueError):
    """Something of the plan speaks of the framework's abilities; the message says so."""

    def __init__(self) -> None:
        super().__init__(_("The plan has mappings or scenarios on its framework, so it stays on it."))


class WrongStep(ValueError):
    """A plan that has no next version yet; the message says why."""


def save_settings(
    curriculum: Curriculum,
    *,
    prepares_for: Iterable[Position],
    certifications: Iterable[Certification],
    demand_sources: Iterable[DemandSource],
    signed_off: bool,
    signed_off_because: str = "",
) -> bool:
    """Save what the settings page holds; True when anything changed. Raises ApprovedCurriculum.

    Who does not sign off has no reason for it.
    """
    said = (signed_off, signed_off_because if signed_off else "")
    judging = [*demand_sources, *curriculum.closed_sources]
    wanted = {"prepares_for": prepares_for, "certifications": certifications, "demand_sources": judging}
    with editing(curriculum):
        changed = [_set_links(curriculum, name=name, records=records) for name, records in wanted.items()]
        if (curriculum.signed_off, curriculum.signed_off_because) != said:
            curriculum.signed_off, curriculum.signed_off_because = said
            curriculum.save(update_fields=["signed_off", "signed_off_because", "changed"])
            changed.append(True)
        if any(changed):
            touch(curriculum)
    return any(changed)


def change_framework(curriculum: Curriculum, framework: Framework) -> None:
    """Put a plan that nothing is mapped on yet on another framework; what it named of the former one is let go.

    Raises ApprovedCurriculum and FrameworkInUse.
    """
    with editing(curriculum):
        if not may_change_framework(curriculum):
            raise FrameworkInUse
        for links in (curriculum.prepares_for, curriculum.certifications, curriculum.demand_sources):
            links.clear()
        for records in (CourseEquivalence, SuggestionDecision):
            records.objects.of(curriculum).delete()
        curriculum.framework = framework
        curriculum.save(update_fields=["framework", "changed"])
        touch(curriculum)


def _set_links(curriculum: Curriculum, *, name: str, records: Iterable[Any]) -> bool:
    links = getattr(curriculum, name)
    wanted = {record.pk for record in records}
    if wanted == set(links.values_list("pk", flat=True)):
        return False
    links.set(wanted)
    return True


@transaction.atomic
def start_next_version(curriculum: Curriculum) -> Curriculum:
    """A draft that goes on from an approved version. Raises WrongStep for one that can still be edited."""
    stored = held(curriculum)
    newer = Curriculum.objects.filter(program=stored.program_id, year=stored.year, version__gt=stored.version).exists()
    if stored.editable or newer:
        raise WrongStep(_("Only the newest version makes a next one, and only once it is approved."))
    return next_version(curriculum)


@dataclass(frozen=True)
class CopiedYear:
    """The plan of the next year, what it took along, and what stays with the year before."""

    plan: Curriculum
    taken: dict[str, int]
    left: dict[str, int]


@transaction.atomic
def copy_as_next_year(curriculum: Curriculum) -> CopiedYear:
    """A draft for the year after. Raises WrongStep where the program has a plan of that year."""
    stored = held(curriculum)
    if Curriculum.objects.filter(program=stored.program_id, year=stored.year + 1).exists():
        raise WrongStep(_("The program has a plan of entry %(year)s already.") % {"year": stored.year + 1})
    made = next_year(stored)
    return CopiedYear(made, _counts(_contents(made)), _counts(_of_its_year(stored)))


def _contents(plan: Curriculum) -> Iterable[QuerySet[Any]]:
    mine = {"course__curriculum": plan}
    yield plan.courses.all()
    yield Mapping.objects.filter(**mine)
    yield Prerequisite.objects.filter(**mine)
    yield CourseEquivalence.objects.filter(**mine)
    yield plan.elective_groups.all()
    yield plan.prepares_for.all()
    yield plan.certifications.all()
    yield plan.demand_sources.all()


def _of_its_year(plan: Curriculum) -> Iterable[QuerySet[Any]]:
    """What was said and decided of one year's plan, and is not true of another's."""
    yield plan.scenarios.all()
    yield plan.snapshots.light()
    yield plan.decisions.all()
    yield plan.assignments.all()
    yield plan.evidence_done.all()


def _counts(records: Iterable[QuerySet[Any]]) -> dict[str, int]:
    counted = ((str(each.model._meta.verbose_name_plural), each.count()) for each in records)
    return {name: number for name, number in counted if number}
