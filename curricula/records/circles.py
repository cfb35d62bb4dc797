"""Courses of a plan that wait for one another, so that none can be taken first."""

from __future__ import annotations

from curricula.analysis.prerequisites import Requirement, find_cycle, pairs_and_choices
from curricula.models import Curriculum, Prerequisite


def circle_in(curriculum: Curriculum) -> list[str]:
    """The codes of one circle that no alternative avoids, of courses that come before each other; [] without one."""
    before = Prerequisite.objects.of(curriculum).binding().filter(kind=Prerequisite.Kind.BEFORE)
    fields = ("requires__code", "course__code", "kind", "alternative")
    rows = [Requirement(*row) for row in before.values_list(*fields)]
    codes = dict.fromkeys(code for row in rows for code in (row.requires, row.course))
    return [str(code) for code in find_cycle(list(codes), *pairs_and_choices(rows))]
