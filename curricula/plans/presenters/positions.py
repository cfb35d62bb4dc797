"""One position, or the certificates, and what the plan does for each requirement."""

from __future__ import annotations

from dataclasses import dataclass

from competencies.models import CareerEntry, Certification, CertificationCourse, Position, ReferenceCourse, Requirement
from curricula.models import Course, CourseEquivalence, Curriculum
from curricula.reports.gap_report import AbilityLine, GapReport, PositionLine


@dataclass(frozen=True)
class RequirementLine:
    requirement: Requirement
    line: AbilityLine | None


@dataclass(frozen=True)
class PositionPage:
    position: Position
    readiness: PositionLine
    requirements: list[RequirementLine]
    careers: list[CareerEntry]


def position_page(curriculum: Curriculum, report: GapReport, code: str) -> PositionPage | None:
    """One position's requirements and what the plan does for each; None when there is no such position."""
    position = curriculum.framework.positions.filter(code=code).first()
    readiness = next((line for line in report.positions if line.code == code), None)
    if position is None or readiness is None:
        return None
    lines = {line.code: line for line in report.abilities}
    items = position.requirements.select_related("ability").order_by("item")
    return PositionPage(
        position=position,
        readiness=readiness,
        requirements=[RequirementLine(item, lines.get(item.ability.code)) for item in items],
        careers=list(position.career_entries.all()),
    )


@dataclass(frozen=True)
class CertificateRow:
    """`namesake`: a course of the plan that has the same title, where nobody has said what stands for it."""

    entry: CertificationCourse
    offered: Course | None
    namesake: Course | None = None


@dataclass(frozen=True)
class CertificateTable:
    certification: Certification
    prepared: bool
    rows: list[CertificateRow]

    @property
    def named(self) -> int:
        """Courses, not lines: one that several directions ask for counts once, as in the report."""
        return len({row.entry.course_id for row in self.rows})

    @property
    def offered(self) -> int:
        return len({row.entry.course_id for row in self.rows if row.offered is not None})


def certificate_tables(curriculum: Curriculum) -> list[CertificateTable]:
    """Each certificate's courses by direction, and the course of the plan that stands for each."""
    courses = list(curriculum.courses.select_related("curriculum__program__school"))
    titled = {title.casefold(): course for course in reversed(courses) for title in _titles(course)}
    links = CourseEquivalence.objects.of(curriculum)
    offered = {
        link.reference_course_id: link.course for link in links.select_related("course__curriculum__program__school")
    }
    prepared = set(curriculum.certifications.values_list("pk", flat=True))
    certificates = curriculum.framework.certifications.prefetch_related("courses__course")
    return [
        CertificateTable(
            certification=certificate,
            prepared=certificate.pk in prepared,
            rows=[_certificate_row(entry, offered, titled) for entry in certificate.courses.all()],
        )
        for certificate in certificates
    ]


def _certificate_row(
    entry: CertificationCourse, offered: dict[int, Course], titled: dict[str, Course]
) -> CertificateRow:
    course = offered.get(entry.course_id)
    alike = (titled.get(title.casefold()) for title in _titles(entry.course))
    return CertificateRow(entry, course, namesake=None if course else next(filter(None, alike), None))


def _titles(course: Course | ReferenceCourse) -> list[str]:
    return [title for title in (course.title_en, course.title_zh) if title]
