"""The committee edition on paper: A4, the matrix on a landscape page."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from curricula.reports.pdf_report import printed_table, script, settable, typeset
from curricula.reports.tables import Table
from curricula.wording import formats

from .edition import CommitteeEdition, section_titles
from .matrix import Matrix
from .words import fixed_words, sample_words, signature_cells, title_of

TEMPLATE: Final = Path(__file__).with_name("committee.typ")
MOST_CHANGES: Final = 22  # what a page holds; the workbook has all of them
MOST_TITLE: Final = 38  # letters of an ability above its narrow column


def committee_pdf(edition: CommitteeEdition) -> bytes:
    with override(edition.report.subject.language):
        data = settable(_printed(edition)) | {"logo": list(edition.choices.logo)}
    return typeset(data, template=TEMPLATE)


def _printed(edition: CommitteeEdition) -> dict[str, Any]:
    report, subject, made = edition.report, edition.report.subject, formats.day(edition.report.subject.day)
    return {
        **script(subject.language),
        "title": title_of(edition),
        "heading": subject.program,
        "school": subject.school,
        "date": [subject.day.year, subject.day.month, subject.day.day],
        "footer": f"{subject.school} · {title_of(edition)} · {made}",
        "sample": sample_words(edition),
        "cautions": [],
        "cover": [list(fact) for fact in edition.cover],
        "sentence": [asdict(part) for part in report.sentence_parts],
        "sections": edition.shown,
        "titles": section_titles(),
        "why": list(edition.why),
        "evidence": list(edition.evidence),
        "changes": printed_table(first_rows(edition.changes)) if edition.changes else None,
        "changes_told": list(edition.changes_told),
        "changes_labels": [asdict(each) for each in edition.changes_labels],
        "credits": [printed_table(table) for table in edition.credits],
        "matrix": _matrix(edition.matrix.for_paper()),
        "findings": [asdict(line) for line in edition.findings],
        "findings_told": list(edition.findings_told),
        "opinions": [[formats.day(each.day), each.about, each.words, each.followed] for each in edition.opinions],
        "signatures": [signature_cells(line) for line in edition.signatures],
        "words": fixed_words(),
    }


def first_rows(table: Table) -> Table:
    """As many as a page holds, and how many more there are."""
    left = len(table.rows) - MOST_CHANGES
    if left <= 0:
        return table
    said = ngettext("%(n)s further change is in the workbook.", "%(n)s further changes are in the workbook.", left) % {
        "n": formats.count(left)
    }
    return replace(table, rows=table.rows[:MOST_CHANGES], notes=(*table.notes, said))


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
    said = ngettext(
        "%(n)s ability of %(all)s is served by no course.",
        "%(n)s abilities of %(all)s are served by no course.",
        empty,
    )
    return [said % {"n": formats.count(empty), "all": formats.count(len(matrix.columns))}] if empty else []


def _short(text: str) -> str:
    """A title above a narrow column; letters of Chinese are twice as wide."""
    width = 0
    for place, letter in enumerate(text):
        width += 2 if ord(letter) > 0x2E7F else 1
        if width > MOST_TITLE:
            return text[: place - 1].rstrip() + "…"
    return text
