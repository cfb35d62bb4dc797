"""Versions of a curriculum: an approved one is never edited, only revised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from competencies.saving.undoing import Rows
from curricula.models import (
    COPIED,
    AssignedCourse,
    Assignment,
    Course,
    CourseEquivalence,
    Curriculum,
    ElectiveGroup,
    Mapping,
    Prerequisite,
    Rating,
    SuggestionDecision,
)


def touch(curriculum: Curriculum) -> None:
    """Say that what belongs to the curriculum has changed; what was computed from it is no longer read."""
    curriculum.changed = timezone.now()
    Curriculum.objects.filter(pk=curriculum.pk).update(changed=curriculum.changed)


def rows_of_version(curriculum: Curriculum) -> tuple[Rows, ...]:
    """What a file may make, change or remove in a version of a plan; the version itself it can only make."""
    mine = {"course__curriculum": curriculum}
    return (
        Rows(Curriculum.objects.filter(pk=curriculum.pk), names=()),
        Rows(Course.objects.filter(curriculum=curriculum)),
        Rows(ElectiveGroup.objects.filter(curriculum=curriculum)),
        Rows(Prerequisite.objects.filter(**mine)),
        Rows(Mapping.objects.filter(**mine)),
    )


@transaction.atomic
def next_version(curriculum: Curriculum) -> Curriculum:
    """A draft that holds everything the given version holds, one version higher."""
    signed = {"signed_off": curriculum.signed_off, "signed_off_because": curriculum.signed_off_because}
    copy = _copied(curriculum, year=curriculum.year, version=curriculum.version + 1, **signed)
    _move_assignments(curriculum, copy)
    return copy


@transaction.atomic
def next_year(curriculum: Curriculum) -> Curriculum:
    """A draft for those who enter a year later. Its mapping is signed off anew, because courses change with the year;
    what was rejected of the proposals for a course stays rejected, which a version of one year finds by itself."""
    copy = _copied(curriculum, year=curriculum.year + 1, version=1)
    twin = dict(copy.courses.values_list("code", "pk"))
    standing = SuggestionDecision.objects.of(curriculum).filter(undone=False).select_related("course")
    SuggestionDecision.objects.bulk_create(_copy(each, course=twin[each.course.code]) for each in standing)
    return copy


def _copied(curriculum: Curriculum, **stated: Any) -> Curriculum:
    copy = Curriculum.objects.create(
        program=curriculum.program, framework=curriculum.framework, revises=curriculum, **stated
    )
    for links in ("prepares_for", "certifications", "demand_sources"):
        named: Any = Curriculum._meta.get_field(links).related_model
        getattr(copy, links).set(named._base_manager.filter(curricula=curriculum))  # one in the bin may come back
    copy_contents(curriculum, copy)
    return copy


def _move_assignments(source: Curriculum, target: Curriculum) -> None:
    """What is asked and open is asked of the version that is edited from now on; what was closed stays."""
    twin = dict(target.courses.values_list("code", "pk"))
    moved = AssignedCourse.objects.filter(assignment__curriculum=source, assignment__closed=None)
    lines = list(moved.select_related("course"))
    for line in lines:
        line.course_id = twin[line.course.code]
    AssignedCourse.objects.bulk_update(lines, ["course"])
    Assignment.objects.filter(curriculum=source, closed=None).update(curriculum=target)


def copy_contents(source: Curriculum, target: Curriculum) -> None:
    """Elective groups, and courses with their prerequisites, equivalences and mappings, in bulk."""
    groups = _copied_groups(source, target)
    originals = list(source.courses.all())
    copies = bulk_create_with_history(
        [
            _copy(course, curriculum=target, elective_group=groups.get(course.elective_group_id or 0))
            for course in originals
        ],
        Course,
        batch_size=500,
        default_change_reason=COPIED,
    )
    twin = {original.pk: copied for original, copied in zip(originals, copies, strict=True)}
    mine = {"course__curriculum": source}
    bulk_create_with_history(
        [
            _copy(item, course=twin[item.course_id], requires=twin.get(item.requires_id or 0))
            for item in Prerequisite.objects.filter(**mine)
        ],
        Prerequisite,
        batch_size=500,
        default_change_reason=COPIED,
    )
    mappings = _with_course(Mapping.objects.filter(**mine), twin)
    bulk_create_with_history(mappings, Mapping, batch_size=500, default_change_reason=COPIED)
    for kind in (CourseEquivalence, Rating):
        kind.objects.bulk_create(_with_course(kind.objects.filter(**mine), twin))


def _copied_groups(source: Curriculum, target: Curriculum) -> dict[int, ElectiveGroup]:
    originals = list(source.elective_groups.all())
    copies = bulk_create_with_history(
        [_copy(group, curriculum=target) for group in originals], ElectiveGroup, default_change_reason=COPIED
    )
    return {original.pk: copied for original, copied in zip(originals, copies, strict=True)}


def _with_course(records: Iterable[Any], twin: dict[int, Course]) -> list[Any]:
    return [_copy(record, course=twin[record.course_id]) for record in records]


def _copy(record: Any, **changed: Any) -> Any:
    """What it refers to is not read for that: a plan has thousands of mappings."""
    kept = {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key}
    stated = {record._meta.get_field(name).attname: getattr(value, "pk", value) for name, value in changed.items()}
    return type(record)(**kept | stated)
