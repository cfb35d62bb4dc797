from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from curricula.models import Course, Curriculum, Lecturer, School


@dataclass(frozen=True)
class NamedLecturer:
    """A name that stands in the plans of a school."""

    name: str
    courses: int  # of the newest plans
    membership: int | None  # the member that it means, where somebody said so


def lecturers_of(school: School) -> list[NamedLecturer]:
    """Every name in the newest plans, and those tied before that stand in none any more."""
    newest = Curriculum.objects.filter(program__school=school).newest()
    stated = Course.objects.filter(curriculum__in=newest).exclude(lecturers=[]).values_list("lecturers", flat=True)
    courses = Counter(name for names in stated for name in names)
    tied = dict(Lecturer.objects.filter(school=school).values_list("name", "membership"))
    return [NamedLecturer(name, courses[name], tied.get(name)) for name in sorted({*courses, *tied})]
