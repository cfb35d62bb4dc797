"""What the preview of an import shows: counts by kind, the first rows, and every refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.demand.readers.postings import ParsedPostings, PostingRow
from competencies.saving.outcome import PostingsOutcome
from competencies.tabular.problems import Problem
from curricula.fields.course import MODES
from curricula.interchange.parsed import CourseRow, MappingRow, ParsedCurriculum, PrerequisiteRow
from curricula.records.outcome import Counts, ImportOutcome

from .posting_uploads import PostingsPreview
from .uploads import Preview

ROWS_SHOWN: Final = 12
NOTICES_SHOWN: Final = 200

LAYOUTS: Final = {
    "teaching_plan": gettext_lazy("teaching plan"),
    "catalogue": gettext_lazy("list of courses"),
    "curricular_analytics": gettext_lazy("Curricular Analytics file"),
    "matrix": gettext_lazy("matrix of courses and abilities"),
    "mapping": gettext_lazy("list of mappings"),
    "workbook": gettext_lazy("several tables"),
    "heliocampus": gettext_lazy("HelioCampus file"),
    "watermark": gettext_lazy("Watermark file"),
}


@dataclass(frozen=True)
class KindCounts:
    title: str
    counts: Counts


@dataclass(frozen=True)
class NoticesShown:
    """The first of many; the rest is counted."""

    first: Sequence[Problem]
    left_out: int

    @classmethod
    def of(cls, notices: Sequence[Problem]) -> NoticesShown:
        return cls(notices[:NOTICES_SHOWN], max(0, len(notices) - NOTICES_SHOWN))


@dataclass(frozen=True)
class CurriculumPreview:
    parsed: ParsedCurriculum
    outcome: ImportOutcome
    columns: dict[str, str]  # the file's header -> what it was taken for
    layout: str
    kinds: tuple[KindCounts, ...]
    courses: Sequence[CourseRow]
    modes: tuple[str, ...]  # those that the file states
    prerequisites: Sequence[PrerequisiteRow]
    mappings: Sequence[MappingRow]
    refusals: NoticesShown
    warnings: NoticesShown


def curriculum_preview(found: Preview) -> CurriculumPreview:
    parsed, outcome = found.parsed, found.outcome
    kinds = (
        KindCounts(_("Courses"), outcome.courses),
        KindCounts(_("Prerequisites"), outcome.prerequisites),
        KindCounts(_("Mappings"), outcome.mappings),
    )
    return CurriculumPreview(
        parsed=parsed,
        outcome=outcome,
        columns=dict(parsed.columns),
        layout=str(LAYOUTS.get(parsed.layout, parsed.layout)),
        kinds=kinds,
        courses=parsed.courses[:ROWS_SHOWN],
        modes=tuple(mode for mode in MODES if any(mode in course.hours for course in parsed.courses)),
        prerequisites=parsed.prerequisites[:ROWS_SHOWN],
        mappings=parsed.mappings[:ROWS_SHOWN],
        refusals=NoticesShown.of(outcome.refusals),
        warnings=NoticesShown.of(outcome.warnings),
    )


POSTING_FIELDS: Final = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "employer": gettext_lazy("employer"),
    "region": gettext_lazy("region"),
    "published": gettext_lazy("day of publication"),
    "salary": gettext_lazy("salary"),
    "salary_low": gettext_lazy("lowest salary"),
    "salary_high": gettext_lazy("highest salary"),
    "skills": gettext_lazy("labels of skills"),
}


@dataclass(frozen=True)
class PostingsShown:
    parsed: ParsedPostings
    outcome: PostingsOutcome
    columns: dict[str, str]  # the file's header -> what it was taken for
    postings: Sequence[PostingRow]
    refusals: NoticesShown
    warnings: NoticesShown


def postings_preview(found: PostingsPreview) -> PostingsShown:
    outcome = found.outcome
    return PostingsShown(
        parsed=found.parsed,
        outcome=outcome,
        columns={header: str(POSTING_FIELDS.get(name, name)) for header, name in found.parsed.columns.items()},
        postings=found.parsed.rows[:ROWS_SHOWN],
        refusals=NoticesShown.of(outcome.refusals),
        warnings=NoticesShown.of(outcome.warnings),
    )
