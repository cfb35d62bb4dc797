"""What every reader of a framework file gives back: checked rows, warnings and refusals, never model objects.

Rows refer to one another by code. Each carries the names of the model's own fields, so that saving compares them
field by field; `row` counts from 1 within its list, for notices.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from competencies.tabular.problems import Problem


@dataclass(frozen=True)
class FrameworkRow:
    slug: str
    title_en: str = ""
    title_zh: str = ""
    version: str = "1"
    language: str = "en"
    publisher: str = ""
    licence: str = ""
    status: str = "published"
    source: str = ""
    sources: tuple[dict[str, str], ...] = ()
    note_en: str = ""
    note_zh: str = ""


@dataclass(frozen=True)
class AbilityRow:
    row: int
    code: str
    parent: str = ""  # the code of its area; an area has none
    title_en: str = ""
    title_zh: str = ""
    statement_en: str = ""
    statement_zh: str = ""
    kind: str = "professional"
    horizon: str = "core"
    citation: str = ""
    note_en: str = ""
    note_zh: str = ""


@dataclass(frozen=True)
class TermRow:
    row: int
    ability: str
    text: str
    language: str


@dataclass(frozen=True)
class PositionRow:
    row: int
    code: str
    title_en: str = ""
    title_zh: str = ""
    direction: str = ""
    degree: str = ""
    layer: str = ""
    echelon: str = ""
    trade_model: str = ""
    occupation_codes: tuple[str, ...] = ()
    title_terms: tuple[dict[str, str], ...] = ()
    citation: str = ""


@dataclass(frozen=True)
class CareerEntryRow:
    row: int
    code: str
    direction: str
    degree: str
    title_en: str = ""
    title_zh: str = ""
    position: str = ""
    citation: str = ""


@dataclass(frozen=True)
class RequirementRow:
    row: int
    position: str
    ability: str
    item: int = 1
    weight: float = 1
    level: str = ""
    level_assumed: bool = False
    statement_en: str = ""
    statement_zh: str = ""
    citation: str = ""


@dataclass(frozen=True)
class CertificationRow:
    row: int
    code: str
    title_en: str = ""
    title_zh: str = ""
    degree: str = ""
    citation: str = ""


@dataclass(frozen=True)
class ReferenceCourseRow:
    row: int
    code: str
    title_en: str = ""
    title_zh: str = ""
    citation: str = ""
    abilities: tuple[str, ...] = ()


@dataclass(frozen=True)
class CertificationCourseRow:
    row: int
    certification: str
    course: str
    direction: str = ""
    citation: str = ""


@dataclass(frozen=True)
class CrosswalkRow:
    row: int
    ability: str
    framework: str  # the slug of the other framework
    to: str  # the code of the ability there
    relation: str
    citation: str = ""


@dataclass(frozen=True)
class ParsedFramework:
    """One framework, read whole. Nothing may be saved while `refusals` is not empty."""

    framework: FrameworkRow
    abilities: tuple[AbilityRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    positions: tuple[PositionRow, ...] = ()
    career_entries: tuple[CareerEntryRow, ...] = ()
    requirements: tuple[RequirementRow, ...] = ()
    certifications: tuple[CertificationRow, ...] = ()
    reference_courses: tuple[ReferenceCourseRow, ...] = ()
    certification_courses: tuple[CertificationCourseRow, ...] = ()
    crosswalks: tuple[CrosswalkRow, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())
    refusals: tuple[Problem, ...] = field(default=())
