"""Everything the matrix shows: courses, leaf abilities by area, and the cells that hold something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Final

import pandas as pd
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from competencies.models import Ability, in_reader_language
from competencies.request_numbers import key_of
from curricula.analysis.exposure import completed_shares
from curricula.evaluation.unsettled import judged_by_raters, unsettled_cells
from curricula.models import Comment, Course, Curriculum, Mapping
from curricula.queries import courses_called

MOST_DRAWN: Final = 1_000  # courses; of more the page takes megabytes
MOST_CELLS_DRAWN: Final = 5_000  # that hold something, of the plan and of its raters


@dataclass(frozen=True)
class MatrixCourse:
    pk: int
    code: str
    title: str
    module: str
    term: str
    hours: float | None
    url: str


@dataclass(frozen=True)
class MatrixAbility:
    pk: int
    code: str
    title: str
    statement: str
    area: str
    url: str


@dataclass(frozen=True)
class MatrixCell:
    course: int
    ability: int
    level: str
    share: float | None
    provenance: str
    evidence: str
    state: str
    rater: str
    strength: str


@dataclass(frozen=True)
class PlainCell:
    """A mapped cell as a row of the plain table."""

    course: MatrixCourse
    ability: MatrixAbility
    cell: MatrixCell


@dataclass(frozen=True)
class Matrix:
    courses: list[MatrixCourse]
    abilities: list[MatrixAbility]
    cells: list[MatrixCell]  # of leaf abilities
    given: dict[tuple[int, int], float]  # course and ability -> what the course gives, in percent
    raters: list[str]
    others: list[MatrixCell]  # what the raters say where the plan is shown; a rater does not see the others

    @property
    def unmapped_courses(self) -> int:
        return len({course.pk for course in self.courses} - {cell.course for cell in self.cells})

    @property
    def unmapped_abilities(self) -> int:
        return len({ability.pk for ability in self.abilities} - {cell.ability for cell in self.cells})

    @property
    def by_course(self) -> list[tuple[MatrixCourse, int]]:
        """Each course with the number of its abilities: the way in for a phone."""
        counts = Counter(cell.course for cell in self.cells)
        return [(course, counts[course.pk]) for course in self.courses]

    @property
    def plain(self) -> list[PlainCell]:
        courses = {course.pk: course for course in self.courses}
        abilities = {ability.pk: ability for ability in self.abilities}
        return [PlainCell(courses[cell.course], abilities[cell.ability], cell) for cell in self.cells]


@dataclass(frozen=True)
class Part:
    """The courses of a plan that a page is asked to draw, and how much that is."""

    found: QuerySet[Course]
    courses: int
    cells: int
    whole: bool  # all that the plan has

    @property
    def fits(self) -> bool:
        return self.courses <= MOST_DRAWN and self.cells <= MOST_CELLS_DRAWN

    @property
    def drawn(self) -> QuerySet[Course]:
        return self.found if self.fits else self.found.none()

    @property
    def most(self) -> int:
        return MOST_DRAWN

    @property
    def most_cells(self) -> int:
        return MOST_CELLS_DRAWN


def part_of(curriculum: Curriculum, *, words: str = "", course: str = "") -> Part:
    """The courses of these words; without words all, or where they are too many the one of this key."""
    part = _part(courses_called(curriculum.courses.all(), words), whole=not words)
    if part.fits or words or not course.isdecimal():
        return part
    return _part(curriculum.courses.filter(pk__in=[key_of(course)]), whole=False)


def _part(courses: QuerySet[Course], *, whole: bool) -> Part:
    return Part(courses, courses.count(), Mapping.objects.filter(course__in=courses).count(), whole)


def matrix_of(curriculum: Curriculum, courses: QuerySet[Course], *, rater: str = "") -> Matrix:
    """These courses of the matrix as the plan has it, or as one rater has entered it."""
    abilities = matrix_abilities(curriculum)
    leaves = {ability.pk for ability in abilities}
    order = ("course__order", "course__code", "ability__order", "rater")
    rows = Mapping.objects.filter(course__in=courses).handed_in().order_by(*order).values_list(*_CELL)
    cells = [cell for cell in (MatrixCell(*row) for row in rows) if cell.ability in leaves]
    shown = [cell for cell in cells if cell.rater == rater]
    return Matrix(
        courses=_courses(curriculum, courses),
        abilities=abilities,
        cells=shown,
        given=_given(shown),
        raters=sorted({cell.rater for cell in cells} - {""}),
        others=[cell for cell in cells if cell.rater and not rater],
    )


def unsettled_in(curriculum: Curriculum, matrix: Matrix) -> list[list[int]]:
    """Course and ability of the cells that a meeting has to settle, among those that are drawn."""
    courses = {course.code: course.pk for course in matrix.courses}
    abilities = {ability.code: ability.pk for ability in matrix.abilities}
    open_cells = unsettled_cells(curriculum, judged_by_raters(curriculum) if matrix.others else pd.DataFrame())
    return sorted([courses[c], abilities[a]] for c, a in open_cells if c in courses and a in abilities)


def open_threads(curriculum: Curriculum, matrix: Matrix) -> list[list[int]]:
    """Course, ability and how many open threads of comments are on this cell."""
    courses = {course.code: course.pk for course in matrix.courses}
    threads = Comment.objects.of_plan(curriculum).threads().filter(resolved=None, ability__isnull=False)
    counted = threads.exclude(course="").order_by().values_list("course", "ability").annotate(number=Count("pk"))
    return [[courses[code], ability, number] for code, ability, number in counted if code in courses]


_CELL = ("course", "ability", "level", "share", "provenance", "evidence", "state", "rater", "strength")


def given_by(course: Course, *, rater: str = "") -> dict[int, float]:
    """What the course gives to each ability, in percent; to what is only proposed or disputed it gives nothing yet."""
    return given_to(course.curriculum, [course.pk], rater=rater)[course.pk]


def given_to(curriculum: Curriculum, courses: Collection[int], *, rater: str = "") -> dict[int, dict[int, float]]:
    """The same of several courses of one plan."""
    leaves = curriculum.framework.abilities.leaves().values("pk")
    rows = Mapping.objects.filter(course__in=courses, rater=rater, ability__in=leaves).values_list(*_CELL)
    found: dict[int, dict[int, float]] = {course: {} for course in courses}
    for (course, ability), percent in _given(MatrixCell(*row) for row in rows).items():
        found[course][ability] = percent
    return found


def _given(cells: Iterable[MatrixCell]) -> dict[tuple[int, int], float]:
    counted = [cell for cell in cells if cell.state == Mapping.State.ACCEPTED]
    frame = pd.DataFrame(counted, columns=[each.name for each in fields(MatrixCell)])
    percents = (100 * completed_shares(frame)["share"]).round(9).tolist()
    return {(cell.course, cell.ability): percent for cell, percent in zip(counted, percents, strict=True)}


def _courses(curriculum: Curriculum, courses: QuerySet[Course]) -> list[MatrixCourse]:
    return [
        MatrixCourse(
            pk=course.pk,
            code=course.code,
            title=course.title,
            module=course.module,
            term=term_text(course),
            hours=_hours(course),
            url=curriculum.page("course", course.pk),
        )
        for course in courses.defer("description", "note")
    ]


def term_text(course: Course) -> str:
    return _("Term %(number)s") % {"number": course.term} if course.term else ""


def _hours(course: Course) -> float | None:
    stated = [hours for hours in course.hours.values() if hours is not None]
    return sum(stated) if stated else None


def matrix_abilities(curriculum: Curriculum) -> list[MatrixAbility]:
    """Leaf abilities, those of one area side by side."""
    nodes = {node.pk: node for node in Ability.objects.filter(framework=curriculum.framework)}
    parents = {node.parent_id for node in nodes.values()}
    place = {pk: number for number, pk in enumerate(nodes)}
    flat = parents <= {None}
    leaves = [node for node in nodes.values() if node.pk not in parents and (flat or node.parent_id)]
    leaves.sort(key=lambda node: (place[_top(node, nodes).pk], place[node.pk]))
    return [_ability(node, _top(node, nodes), curriculum) for node in leaves]


def _top(node: Ability, nodes: dict[int, Ability]) -> Ability:
    while node.parent_id is not None:
        node = nodes[node.parent_id]
    return node


def _ability(node: Ability, top: Ability, curriculum: Curriculum) -> MatrixAbility:
    return MatrixAbility(
        pk=node.pk,
        code=node.code,
        title=in_reader_language(node.title_en, node.title_zh) or node.code,
        statement=node.statement,
        area="" if top is node else top.title,
        url=curriculum.page("curriculum-ability", node.code),
    )
