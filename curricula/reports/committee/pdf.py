"""The committee edition on paper: A4, the matrix on a landscape page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.reports.pdf_report import printed_table, script, settable, typeset
from curricula.reports.tables import Table
from curricula.wording import formats
from curricula.wording.formats import Value, plural

from .edition import CommitteeEdition, section_titles
from .matrix import Matrix
from .words import fixed_words, opinion_cells, signature_cells, title_of

TEMPLATE: Final = Path(__file__).with_name("committee.typ")
MOST_PAGES: Final = 6  # a committee reads no more; what has no room is counted and stands in the workbook
MOST_TITLE: Final = 38  # letters of an ability above its narrow column


@dataclass(frozen=True)
class Room:
    """How many rows of what can grow are printed."""

    changes: int
    modules: int
    courses: int  # of the matrix
    findings: int
    opinions: int


ROOMS: Final = (  # tried in this order, until six pages are enough
    Room(changes=22, modules=14, courses=56, findings=10, opinions=8),
    Room(changes=16, modules=10, courses=48, findings=8, opinions=5),
    Room(changes=10, modules=6, courses=40, findings=5, opinions=3),
)


def committee_pdf(edition: CommitteeEdition) -> bytes:
    """At most six pages, unless what somebody wrote for it fills more."""
    from pypdf import PdfReader  # a tenth of a second, for this edition alone

    content = b""
    for room in ROOMS:
        with override(edition.report.subject.language):
            data = settable(_printed(edition, room)) | {"logo": list(edition.choices.logo)}
        content = typeset(data, template=TEMPLATE)
        if len(PdfReader(BytesIO(content)).pages) <= MOST_PAGES:
            break
    return content


def _printed(edition: CommitteeEdition, room: Room) -> dict[str, Any]:
    report, subject, made = edition.report, edition.report.subject, formats.day(edition.report.subject.day)
    return {
        **script(subject.language),
        "title": title_of(edition),
        "heading": subject.program,
        "school": subject.school,
        "date": [subject.day.year, subject.day.month, subject.day.day],
        "footer": f"{subject.school} · {title_of(edition)} · {made}",
        "sample": edition.report.sample_note,
        "cautions": [],
        "cover": [list(fact) for fact in edition.cover],
        "sentence": [asdict(part) for part in report.sentence_parts],
        "sections": edition.shown,
        "titles": section_titles(),
        "why": list(edition.why),
        "evidence": list(edition.evidence),
        "changes": printed_table(first_rows(edition.changes, room.changes)) if edition.changes else None,
        "changes_told": list(edition.changes_told),
        "changes_labels": [asdict(each) for each in edition.changes_labels],
        "credits": [printed_table(largest_modules(table, room.modules)) for table in edition.credits],
        "matrix": _matrix(edition.matrix.for_paper(courses=room.courses)),
        "findings": [asdict(line) for line in edition.findings[: room.findings]],
        "findings_told": [*edition.findings_told, *_left_out(edition, room)],
        "opinions": [opinion_cells(each) for each in edition.opinions[: room.opinions]],
        "signatures": [signature_cells(line) for line in edition.signatures],
        "words": fixed_words(),
    }


def first_rows(table: Table, most: int) -> Table:
    """As many as there is room for, and how many more there are."""
    left = len(table.rows) - most
    if left <= 0:
        return table
    said = plural("%(n)s further change is in the workbook.", "%(n)s further changes are in the workbook.", left)
    return replace(table, rows=table.rows[:most], notes=(*table.notes, said))


def largest_modules(table: Table, most: int) -> Table:
    """Those with the most hours, in the order of the plan; the last row is of all together."""
    *modules, together = table.rows or ((),)
    left = len(modules) - most
    if table.key != "by_module" or left <= 0:
        return table
    place = [column.key for column in table.columns].index("hours")
    by_hours = sorted(range(len(modules)), key=lambda row: _figure(modules[row][place]), reverse=True)
    kept = sorted(by_hours[:most])
    said = plural("%(n)s further module is in the workbook.", "%(n)s further modules are in the workbook.", left)
    return replace(table, rows=(*(modules[row] for row in kept), together), notes=(*table.notes, said))


def _figure(value: Value) -> float:
    return value.value if isinstance(value.value, int | float) else 0.0


def _left_out(edition: CommitteeEdition, room: Room) -> Iterator[str]:
    left = len(edition.findings) - room.findings
    if left > 0:
        yield plural("%(n)s of them is in the workbook only.", "%(n)s of them are in the workbook only.", left)


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {
        "columns": [
            {"title": _short(f"{column.code} {column.title}"), "first": column.first} for column in matrix.columns
        ],
        "rows": [[f"{row.code} {row.title}", *row.cells, formats.count(row.total)] for row in matrix.rows],
        "counts": [
            [letter, *(_counted(column.counts[place]) for column in matrix.columns)]
            for place, letter in enumerate(matrix.letters)
            if len(matrix.letters) > 1
        ],
        "totals": [_("Courses"), *(formats.count(column.total) for column in matrix.columns)],
        "legend": list(matrix.legend),
        "notes": [*empty_columns(matrix), *matrix.notes],
    }


def _counted(number: int) -> str:
    return formats.count(number) if number else ""


def empty_columns(matrix: Matrix) -> list[str]:
    """How many abilities no course serves; nothing where each is served."""
    empty = sum(not column.total for column in matrix.columns)
    said = plural(
        "%(n)s ability of %(all)s is served by no course.",
        "%(n)s abilities of %(all)s are served by no course.",
        empty,
        all=formats.count(len(matrix.columns)),
    )
    return [said] if empty else []


def _short(text: str) -> str:
    """A title above a narrow column; letters of Chinese are twice as wide."""
    width = 0
    for place, letter in enumerate(text):
        width += 2 if ord(letter) > 0x2E7F else 1
        if width > MOST_TITLE:
            return text[: place - 1].rstrip() + "…"
    return text
