"""How far the mapping of a plan is, by person and by module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from curricula.models import AssignedCourse, Curriculum, Mapping

from .asking_forms import mapping_members
from .assignment_queries import Asked, asked_in


@dataclass(frozen=True)
class ModuleLine:
    """Courses of one module: mapped by anybody, asked for and not done, said to be done by whom they were asked of."""

    title: str
    courses: int
    mapped: int
    waiting: int
    done: int


@dataclass(frozen=True)
class Progress:
    asked: list[Asked]
    closed: list[Asked]
    modules: list[ModuleLine]
    members: list[Any]  # to whom open work can be given
    faculty: list[Any]  # of these, who can be second raters

    @property
    def courses(self) -> int:
        return sum(line.courses for line in self.modules)

    @property
    def mapped(self) -> int:
        return sum(line.mapped for line in self.modules)

    @property
    def late(self) -> int:
        return sum(each.late for each in self.asked)


def progress_of(curriculum: Curriculum) -> Progress:
    return Progress(
        asked=asked_in(curriculum),
        closed=asked_in(curriculum, closed=True),
        modules=_modules(curriculum),
        members=list(mapping_members(curriculum)),
        faculty=list(mapping_members(curriculum, "faculty")),
    )


def _modules(curriculum: Curriculum) -> list[ModuleLine]:
    """In the order in which the plan names them; a second rating is none of the plan's."""
    mapped = set(Mapping.objects.of(curriculum).cells().values_list("course", flat=True))
    lines = AssignedCourse.objects.open().to_map().filter(assignment__curriculum=curriculum)
    waiting: set[int] = set()
    done: set[int] = set()
    for course, moment in lines.values_list("course_id", "done"):
        (done if moment else waiting).add(course)
    found: dict[str, list[int]] = {}
    for pk, module in curriculum.courses.values_list("pk", "module"):
        found.setdefault(module, []).append(pk)
    return [
        ModuleLine(
            title=module,
            courses=len(courses),
            mapped=len(mapped.intersection(courses)),
            waiting=len((waiting - done).intersection(courses)),
            done=len(done.intersection(courses)),
        )
        for module, courses in found.items()
    ]
