"""Elective groups of a file into one curriculum."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from curricula.interchange.parsed import ElectiveGroup as GroupRow
from curricula.interchange.parsed import ParsedCurriculum
from curricula.models import Course, Curriculum, ElectiveGroup

from .names import apply, finder
from .outcome import Counts

RULES = ("choose", "credits", "hours")


def save_groups(
    curriculum: Curriculum,
    parsed: ParsedCurriculum,
    courses: Mapping[str, Course],
    *,
    unknown: Callable[[int, str], None],
) -> Counts:
    """Groups by their titles. A file states the whole rule of a group, and its courses where it lists any."""
    held = {group.title: group for group in curriculum.elective_groups.all()}
    made = [
        ElectiveGroup(curriculum=curriculum, title=row.title, order=len(held) + place, **_rule(row))
        for place, row in enumerate(parsed.groups)
        if row.title not in held
    ]
    changed = {row.title for row in parsed.groups if row.title in held and apply(held[row.title], _rule(row))}
    bulk_create_with_history(made, ElectiveGroup)
    if changed:
        bulk_update_with_history([held[title] for title in changed], ElectiveGroup, list(RULES))
    groups = held | {group.title: group for group in made}
    changed |= _set_courses(parsed, groups, courses, unknown) - {group.title for group in made}
    return Counts(len(made), len(changed), len(parsed.groups) - len(made) - len(changed))


def _rule(row: GroupRow) -> dict[str, float | None]:
    return {name: getattr(row, name) for name in RULES}


def _set_courses(
    parsed: ParsedCurriculum,
    groups: Mapping[str, ElectiveGroup],
    courses: Mapping[str, Course],
    unknown: Callable[[int, str], None],
) -> set[str]:
    """Titles of the groups that a course came into or left."""
    find = finder(courses.values(), unknown)
    named = [(find(row.row, name), row.title) for row in parsed.groups for name in row.courses]
    wanted = {course.pk: title for course, title in named if course is not None}
    stated = {groups[row.title].pk: row.title for row in parsed.groups if row.courses}
    listed = {row.code for row in parsed.courses} or set(courses)
    moved, touched = [], set[str]()
    for course in courses.values():
        before = stated.get(course.elective_group_id or 0)
        if (after := wanted.get(course.pk)) != before and (after or course.code in listed):
            course.elective_group = groups[after] if after else None
            moved.append(course)
            touched |= {title for title in (before, after) if title}
    if moved:
        bulk_update_with_history(moved, Course, ["elective_group"], batch_size=500)
    return touched
