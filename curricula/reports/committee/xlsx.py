"""The committee edition as a workbook: every change, the credits, the matrix as a sheet, the findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from competencies.tabular.writing import TEXT_IS_TEXT
from curricula.reports.table import Cells, Table, in_order, table_of
from curricula.reports.xlsx_report import for_paper, sheet_name, table_sheet
from curricula.wording import formats, phrases

from .edition import CommitteeEdition, section_titles
from .matrix import Matrix
from .words import fixed_words, title_of

Book = Any  # xlsxwriter brings no types
Sheet = Any
TITLES: Final = 150  # points, of the titles above narrow columns
LINE: Final = 15


def committee_xlsx(edition: CommitteeEdition) -> bytes:
    """One workbook of the chosen sections; every text is written as text, whatever it begins with."""
    content, subject = BytesIO(), edition.report.subject
    with override(subject.language), xlsxwriter.Workbook(content, TEXT_IS_TEXT) as book:
        made = subject.created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": title_of(edition), "company": subject.school, "created": made})
        table_sheet(book, _cover(edition))
        for table in _tables(edition):
            table_sheet(book, table)
        if edition.shows("matrix") and edition.matrix.rows:
            matrix_sheet(book, edition.matrix)
    return content.getvalue()


def _cover(edition: CommitteeEdition) -> Table:
    facts = [*edition.cover, (_("Finding"), edition.report.sentence)]
    if edition.shows("why"):
        facts += [(section_titles()["why"], line) for line in (*edition.why, *edition.evidence)]
    facts += [(_("Sample data"), said) for said in filter(None, (edition.report.sample_note,))]
    return table_of("cover", fixed_words()["edition"], facts, *in_order(fact=_("Fact"), value=_("Value")))


def _tables(edition: CommitteeEdition) -> Iterator[Table]:
    if edition.shows("changes") and edition.changes:
        yield edition.changes
    if edition.shows("credits"):
        yield from edition.credits
    if edition.shows("findings"):
        yield _findings(edition)
    if edition.shows("opinions") and edition.opinions:
        yield _opinions(edition)


def _opinions(edition: CommitteeEdition) -> Table:
    say = fixed_words()
    return table_of(
        "opinions",
        section_titles()["opinions"],
        edition.opinions,
        Cells("day", say["date"], of=lambda each: formats.day(each.day)),
        Cells("about", _("About")),
        Cells("words", _("Opinion")),
        Cells("followed", say["followed"]),
    )


def _findings(edition: CommitteeEdition) -> Table:
    return table_of(
        "findings",
        section_titles()["findings"],
        edition.findings,
        Cells("ability", _("Ability")),
        Cells("label", _("Finding"), of=lambda line: line.label_text),
        Cells("facts", _("Facts")),
        Cells("meaning", _("Meaning"), of=lambda line: phrases.meaning_text(line.label)),
        Cells("proposed", _("Proposed"), of=lambda line: phrases.in_parts(line.proposals)),
    )


def matrix_sheet(book: Book, matrix: Matrix) -> None:
    """Courses down, abilities across, the counts of each column below."""
    title = section_titles()["matrix"]
    sheet = book.add_worksheet(sheet_name(book, Table("matrix", title, (), ())))
    turned = book.add_format({"rotation": 90, "text_wrap": True, "valign": "bottom", "align": "center", "border": 1})
    cell = book.add_format({"align": "center", "border": 1, "border_color": "#D5DBE2"})
    strong = book.add_format({"bold": True, "top": 1})
    number = book.add_format({"bold": True, "top": 1, "align": "center"})
    sheet.set_row(0, TITLES)
    sheet.write_string(0, 0, _("Code"), strong)
    sheet.write_string(0, 1, _("Course"), strong)
    for place, column in enumerate(matrix.columns, start=2):
        sheet.write_string(0, place, f"{column.code} {column.title}", turned)
    for line, row in enumerate(matrix.rows, start=1):
        sheet.write_string(line, 0, row.code)
        sheet.write_string(line, 1, row.title)
        for place, letter in enumerate(row.cells, start=2):
            _letter(sheet, line, place, letter, cell)
    _counts(sheet, matrix, strong, number)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, len(matrix.columns) + 1, 3.4)
    sheet.freeze_panes(1, 2)
    for_paper(sheet)
    sheet.fit_to_pages(1, 1)


def _letter(sheet: Sheet, line: int, place: int, letter: str, style: Any) -> None:
    if letter:
        sheet.write_string(line, place, letter, style)
    else:
        sheet.write_blank(line, place, None, style)


def _counts(sheet: Sheet, matrix: Matrix, strong: Any, number: Any) -> None:
    last = len(matrix.rows)
    several = matrix.letters if len(matrix.letters) > 1 else ()
    for below, letter in enumerate(several, start=last + 1):
        sheet.write_string(below, 1, letter, strong)
        for place, column in enumerate(matrix.columns, start=2):
            sheet.write_number(below, place, column.counts[below - last - 1], number)
    below = last + len(several) + 1
    sheet.write_string(below, 1, _("Courses"), strong)
    for place, column in enumerate(matrix.columns, start=2):
        sheet.write_number(below, place, column.total, number)
    for line, said in enumerate((*matrix.legend, *matrix.notes), start=below + 2):
        sheet.write_string(line, 1, said)
