"""One report over all programs of a school: a line each, and the abilities that several of them lack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from competencies.tabular.writing import TEXT_IS_TEXT
from curricula.reports.pdf_report import printed_table, script, settable, typeset
from curricula.reports.render import Rendered, rendered
from curricula.reports.table import Cells, Table, table_of
from curricula.reports.xlsx_report import table_sheet
from curricula.wording import formats, phrases

TEMPLATE: Final = Path(__file__).with_name("school.typ")


@dataclass(frozen=True)
class ProgramLine:
    """The newest plan of a program; None where a number is not known."""

    program: str
    plan: str  # year, version and state
    courses: int
    credits: float | None
    practice_part: float | None
    mapped: int  # courses
    gaps: int | None  # None where none can be measured
    undecided: int | None
    sentence: str


@dataclass(frozen=True)
class LackLine:
    """An ability that is a gap in several programs."""

    ability: str
    programs: tuple[str, ...]


@dataclass(frozen=True)
class SchoolReport:
    slug: str
    school: str
    made: datetime
    day: date
    language: str
    sample: str
    programs: tuple[ProgramLine, ...]
    lacks: tuple[LackLine, ...]
    logo: bytes = b""


def school_tables(report: SchoolReport) -> tuple[Table, ...]:
    """The programs, and what several of them lack, in the language of the moment."""
    program, found = Cells("program", _("Program")), _("What was found")
    unknown = _("A dash: nothing can be measured yet, which is not 0.")
    notes = (unknown,) if any(line.gaps is None for line in report.programs) else ()
    return (
        table_of(
            "programs",
            _("Programs"),
            report.programs,
            program,
            Cells("plan", _("Plan")),
            Cells("courses", _("Courses"), "count"),
            Cells("mapped", _("Mapped"), "count"),
            Cells("credits", _("Credits"), "hours"),
            Cells("practice_part", _("Part that is practice"), "share"),
            Cells("gaps", _("Gaps"), "count"),
            Cells("undecided", _("Inconclusive"), "count"),
            notes=notes,
        ),
        table_of("sentences", found, report.programs, program, Cells("sentence", found)),
        table_of(
            "lacks",
            _("Gaps of several programs"),
            report.lacks,
            Cells("ability", _("Ability")),
            Cells("count", _("Programs"), "count", lambda line: len(line.programs)),
            Cells("programs", _("Which"), of=lambda line: phrases.in_parts(line.programs)),
        ),
    )


def school_pdf(report: SchoolReport) -> bytes:
    with override(report.language):
        tables = [printed_table(table) for table in school_tables(report)]
        heading = _("Programs of the school")
        data: dict[str, Any] = {
            **script(report.language),
            "title": f"{report.school} · {heading}",
            "school": report.school,
            "heading": heading,
            "made": formats.day(report.day),
            "date": [report.day.year, report.day.month, report.day.day],
            "sample": report.sample,
            "cautions": [],
            "tables": tables,
            "words": {
                "page": _("page {page} of {pages}"),
                "nothing": _("Nothing to show."),
                "closing": _("Each program's committee edition and full report say what the numbers rest on."),
            },
        }
        return typeset(settable(data) | {"logo": list(report.logo)}, template=TEMPLATE)


def school_xlsx(report: SchoolReport) -> bytes:
    content = BytesIO()
    with override(report.language), xlsxwriter.Workbook(content, TEXT_IS_TEXT) as book:
        book.set_properties({"title": report.school, "company": report.school, "comments": report.sample})
        for table in school_tables(report):
            table_sheet(book, table)
    return content.getvalue()


_WRITERS: Final[dict[str, Callable[[SchoolReport], bytes]]] = {"pdf": school_pdf, "xlsx": school_xlsx}
SCHOOL_FORMATS: Final = tuple(_WRITERS)


def render_school(report: SchoolReport, wanted: str) -> Rendered:
    """The report in one of SCHOOL_FORMATS. Raises KeyError for any other."""
    return rendered(_WRITERS[wanted](report), name=f"programs-{report.slug}", format=wanted)
