"""The gap report as a workbook: a sheet for each table, numbers as numbers, and the three shares as a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from io import BytesIO
from itertools import chain, count
from math import ceil
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from competencies.tabular.writing import TEXT_IS_TEXT
from curricula.wording import formats
from curricula.wording.formats import Kind, Value

from . import svg_marks
from .drawings import chart_words
from .gap_report import GapReport
from .table import Table
from .tables import report_tables

Book = Any  # xlsxwriter brings no types
Sheet = Any

CHARTED: Final = 12
NARROWEST: Final = 8
WIDEST: Final = 60
LONGEST_NAME: Final = 31  # of a sheet, as spreadsheets allow
LINE: Final = 15  # points
_NUMBERS: Final[Mapping[Kind, str]] = {
    "count": "#,##0",
    "hours": "#,##0.0",
    "number": "#,##0.##",
    "share": "0.0%;-0.0%;0%",
    "percent": "0.0%",
    "points": "+0.0%;-0.0%;0.0%",
    "index": "0.00",
    "date": "yyyy-mm-dd",
}
Series = tuple[tuple[str, dict[str, Any]], ...]
_SERIES: Final[Series] = (  # open, filled and dark, as the marks of theory, practice and demand
    ("taught_share", {"fill": {"color": "#FFFFFF"}, "border": {"color": svg_marks.THEORY, "width": 1.5}}),
    ("practised_share", {"fill": {"color": svg_marks.PRACTICE}, "border": {"none": True}}),
    ("demand_share", {"fill": {"color": svg_marks.INK}, "border": {"none": True}}),
)


def xlsx_report(report: GapReport) -> bytes:
    """One workbook; every text is written as text, whatever it begins with, and what is unknown is left empty."""
    content = BytesIO()
    with override(report.subject.language), xlsxwriter.Workbook(content, TEXT_IS_TEXT) as book:
        book.set_properties(_properties(report))
        tables = report_tables(report)
        # The first sheet is the summary, though its chart needs the sheets that follow.
        summary = book.add_worksheet(_("Summary"))
        sheets = {table.key: table_sheet(book, table) for table in tables}
        _summary_sheet(book, summary, report=report, tables=tables)
        if report.abilities:
            series = _SERIES if report.demand_known else _SERIES[:2]
            title = chart_words(report).title
            chart = _share_chart(book, tables[0], sheet=sheets["abilities"].get_name(), title=title, series=series)
            summary.insert_chart(summary.dim_rowmax + 2, 1, chart)
    return content.getvalue()


def _properties(report: GapReport) -> dict[str, Any]:
    subject = report.subject
    return {
        "title": _("Gap report: %(program)s %(year)s") % {"program": subject.program, "year": subject.year},
        "company": subject.school,
        "keywords": _("invented sample data") if subject.sample else "",
        "comments": report.sample_note or report.sentence,
        "created": subject.created.astimezone(UTC).replace(tzinfo=None),
    }


def _summary_sheet(book: Book, sheet: Sheet, *, report: GapReport, tables: tuple[Table, ...]) -> None:
    sheet.set_column(0, 0, 20, book.add_format({"valign": "top", "font_color": "#566170"}))
    sheet.set_column(1, 1, 100, book.add_format({"valign": "top", "text_wrap": True}))
    sheet.hide_gridlines(2)
    for_paper(sheet)
    strong = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
    for row, (title, text) in enumerate(_summary(report, tables)):
        finding = title == _("Finding")
        sheet.write_string(row, 0, title)
        sheet.write_string(row, 1, text, *([strong] if finding else []))
        sheet.set_row(row, 20 * _lines(text, 72) if finding else LINE * _lines(text, 105))


def _summary(report: GapReport, tables: tuple[Table, ...]) -> Iterator[tuple[str, str]]:
    subject = report.subject
    if subject.sample:
        yield _("Sample data"), report.sample_note
    yield _("Finding"), report.sentence
    yield _("Evidence"), report.evidence
    yield _("School"), subject.school
    plan = _("%(program)s, entry %(year)s") % {"program": subject.program, "year": subject.year}
    yield _("Program"), f"{plan} ({subject.key})"
    yield _("Version"), subject.version_text
    yield _("Framework"), f"{subject.framework_title} {subject.framework_version} ({subject.framework})"
    yield _("Made"), formats.moment(subject.created)
    for table in tables:
        for note in table.notes if table.key != "parameters" else ():
            yield table.title, note


def table_sheet(book: Book, table: Table) -> Sheet:
    """A sheet for a table: numbers as numbers, texts as texts, what is unknown left empty."""
    sheet = book.add_worksheet(sheet_name(book, table))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF0F3"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    looks = dict.fromkeys(_NUMBERS.values())  # in one order, so that the same report is the same file
    styles = {look: book.add_format({"num_format": look, "valign": "top"}) for look in looks}
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.title, head)
        texts = [row[place].text for row in table.rows]
        sheet.set_column(place, place, _fitting(column.title, texts))
    last = len(table.columns) - 1
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            # The last column runs on to the right; wrapped, it would make rows too high to compare.
            _write(sheet, number, place, value, styles=styles, text=wrapped if place < last else top)
        sheet.set_row(number, LINE * max((_lines(value.text, WIDEST) for value in row[:last]), default=1))
    for_paper(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2 if table.columns[0].key == "code" else 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    if table.key == "parameters":
        for number, note in enumerate(table.notes, start=len(table.rows) + 2):
            sheet.write_string(number, 0, note)
    return sheet


def for_paper(sheet: Sheet) -> None:
    """A4 across, as many pages long as it takes."""
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Sheet, row: int, place: int, cell: Value, *, styles: Mapping[str, Any], text: Any) -> None:
    value = cell.value
    if value is None or value == "":
        return
    if isinstance(value, bool | str):
        sheet.write_string(row, place, cell.text, text)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, styles[_NUMBERS["date"]])
    else:
        whole = cell.kind in {"hours", "number"} and float(round(value, 6)).is_integer()
        sheet.write_number(row, place, value, styles["#,##0" if whole else _NUMBERS[cell.kind]])


def sheet_name(book: Book, table: Table) -> str:
    """The title as far as a sheet may bear it; where two are alike, in whatever case, the end of the table's key."""
    name = re.sub(r"[\[\]:*?/\\']", " ", table.title)[:LONGEST_NAME]
    taken = {each.casefold() for each in book.sheetnames}
    names = chain((name, table.key[-LONGEST_NAME:]), (f"{name[: LONGEST_NAME - 5]} {number}" for number in count(2)))
    return next(each for each in names if each.casefold() not in taken)


def _fitting(title: str, texts: list[str]) -> int:
    """Wide enough for the longest text, within bounds; a heading may break between its words."""
    longest = max((formats.width(part) for part in [*title.split(), *texts]), default=0)
    return max(NARROWEST, min(longest + 2, WIDEST))


def _lines(text: str, width: int) -> int:
    # Programs other than Excel do not fit a row's height to its wrapped text by themselves.
    return max(1, ceil(formats.width(text) / width))


def _share_chart(book: Book, table: Table, *, sheet: str, title: str, series: Series) -> Any:
    places = {column.key: place for place, column in enumerate(table.columns)}
    last = min(len(table.rows), CHARTED)

    def cells(key: str) -> list[Any]:
        return [sheet, 1, places[key], last, places[key]]

    chart = book.add_chart({"type": "bar"})
    for key, look in series:
        name = [sheet, 0, places[key]]
        chart.add_series({"name": name, "categories": cells("title"), "values": cells(key), "gap": 60, **look})
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {"min": 0, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#E3E7EC"}}}
    )
    chart.set_legend({"position": "top"})
    chart.set_size({"width": 860, "height": 90 + 44 * last})
    return chart
