"""What every reader of a curriculum file gives back: checked rows, refusals and warnings, never model objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.limits import MEGABYTE, Limits
from competencies.tabular.problems import Doubt, Problem
from competencies.tabular.recognised import RecognisedFile

LEVELS = ("I", "D", "A")


@dataclass(frozen=True)
class CourseRow:
    row: int
    code: str
    title_en: str = ""
    title_zh: str = ""
    description: str = ""
    credits: float | None = None
    credits_max: float | None = None  # "3 OR 4 hours." keeps both ends
    term: int | None = None  # 1 is the first term of the first year
    term_last: int | None = None  # where a course runs over several terms
    module: str = ""
    course_type: str = ""
    required: bool | None = None
    department: str = ""
    examination: str = ""
    language_of_instruction: str = ""
    lecturers: Sequence[str] = ()  # codes or names, as the school writes them
    note: str = ""
    total_hours: float | None = None
    hours: Mapping[str, float] = field(
        default_factory=dict
    )  # mode -> hours ≥ 0; a mode that the file does not state is absent
    experiment_hours: float | None = None  # the part of simulation that the file calls 实验 (experiment)
    hours_assumed: bool = False  # made from weeks


@dataclass(frozen=True)
class PrerequisiteRow:
    row: int
    course: str
    requires: str
    kind: str = "pre"  # pre, co, strict-co
    external: bool = False  # the required course is not in the file
    alternative: int = 0  # rows of a course with the same number above 0 are alternatives: one of them is enough


@dataclass(frozen=True)
class MappingRow:
    row: int
    course: str
    ability: str  # a code or a title, as the file writes it
    level: str = ""  # "", I, D, A
    share: float | None = None  # 0…1
    evidence: str = ""
    rater: str = ""
    strength: str = ""  # "", H, M, L: how strongly the course serves the ability, which is no level
    weight: float | None = None  # 0…1, of the ability's column
    provenance: str = ""  # "", declared, syllabus, assessed, artefact
    listed: bool = False  # one of several in a column of a teaching plan, whose names may be the school's own


@dataclass(frozen=True)
class ElectiveGroup:
    """Courses of which a student takes some: so many courses, or so many credits or hours."""

    title: str  # the words of the file
    courses: Sequence[str]  # codes, or titles where a sheet of groups names them
    choose: int | None = None
    credits: float | None = None
    hours: float | None = None
    row: int = 0


@dataclass(frozen=True)
class StatedTotal:
    """A total of the file's own, and the sum of the courses that comes nearest to it."""

    row: int
    sheet: str
    label: str
    field: str  # credits or total_hours
    stated: float
    read: float


@dataclass(frozen=True)
class ParsedCurriculum:
    """One file, read whole. Nothing may be saved while `refusals` is not empty."""

    layout: str  # "teaching_plan", "catalogue", "curricular_analytics", "matrix", "mapping", "workbook", …
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # the file's header -> what it was taken for
    ignored_columns: tuple[str, ...] = ()
    courses: tuple[CourseRow, ...] = ()
    prerequisites: tuple[PrerequisiteRow, ...] = ()
    mappings: tuple[MappingRow, ...] = ()
    groups: tuple[ElectiveGroup, ...] = ()
    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen
    # the CourseRow fields (and "prerequisites") that the file speaks of; the others are unknown, not empty,
    # so that a matrix or a list of titles does not wipe out hours that are already stored
    fields: tuple[str, ...] = ()


LIMITS = Limits(
    max_bytes=50 * MEGABYTE,
    max_unpacked_bytes=400 * MEGABYTE,
    max_rows=50_000,
    max_columns=1_000,
    max_cells=5_000_000,
    max_seconds=60,
)


@dataclass(frozen=True)
class ReadSettings:
    """What a school assumes where its files say nothing, and how much a file may hold."""

    hours_per_week: float = 16  # what a week of practice counts for
    weeks_per_term: float = 16  # what hours a week count for where a file says no weeks
    hours_per_credit: float | None = None  # gives total hours to a course that states credits only
    language: str = ""  # "en" or "zh" where titles should not be judged by their script
    level_letters: Mapping[str, str] | None = None  # the file's letter -> I, D or A, where the set of letters misleads
    limits: Limits = LIMITS
    choices: Choices = NO_CHOICES
