"""Sheets open safely, hold numbers as numbers, and leave what is unknown empty beside its reason."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from curricula.reports import xlsx_report as xlsx
from curricula.reports.csv_report import csv_report
from curricula.reports.table import Table
from curricula.reports.tables import abilities_table, report_tables
from curricula.reports.xlsx_report import xlsx_report
from tests.report_universe import TITLES, abilities, analysis, frames, names, report, subject
from tests.some import some

SHEETS = [
    *("Summary", "Abilities", "Areas", "Alignment", "Positions", "Certificates", "Courses"),
    *("Recommendations", "Evidence", "How the mapping was made", "Method", "What the findings mean", "Warnings"),
]
FORMULAS = {
    "MK.1": '=HYPERLINK("http://example.org","x")',
    "MK.2": "+1+cmd|' /C calc'!A0",
    "MK.3": "@SUM(A1)",
    "DA.1": "-2+3",
    "DA.2": "\t=1+1",
    "DA.3": "\r=1+1",
}


def opened(**changes: Any) -> Workbook:
    return load_workbook(BytesIO(xlsx_report(report(**changes))))


def rows_of_csv(**changes: Any) -> list[dict[str, str]]:
    text = csv_report(report(**changes)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_csv_begins_with_a_mark_that_tells_spreadsheets_it_is_utf_8():
    content = csv_report(report(names=names(abilities=TITLES | {"MK.1": "直播销售"})))
    assert content.startswith(b"\xef\xbb\xbf")
    assert "直播销售" in content.decode("utf-8-sig")


def test_the_csv_is_one_table_with_its_keys_as_the_first_row():
    lines = csv_report(report()).decode("utf-8-sig").splitlines()
    keys = next(csv.reader(lines))
    assert keys == list(dict.fromkeys(keys))
    assert keys[:5] == ["code", "title", "area", "area_title", "label"]
    assert {"theory_hours", "assessment_hours"} <= set(keys)
    assert len(lines) == 1 + 6


def test_the_csv_leaves_unknown_numbers_empty_and_says_why():
    unknown = next(row for row in rows_of_csv() if row["code"] == "DA.3")
    assert [unknown[name] for name in ("demand_mentions", "demand_rate", "demand_share", "change", "gap")] == [""] * 5
    assert unknown["reasons"].startswith("Demand is unknown: postings cannot be searched for it")


def test_the_csv_reads_back_as_numbers():
    frame = pd.read_csv(BytesIO(csv_report(report())), index_col="code")
    assert frame.loc["MK.1", "demand_share"] == 0.1025
    assert frame["taught_hours"].tolist() == [0.0, 24.0, 40.0, 20.0, 0.0, 12.0]


@pytest.mark.parametrize("code", sorted(FORMULAS))
def test_no_text_of_the_csv_starts_a_formula(code):
    row = next(row for row in rows_of_csv(names=names(abilities=FORMULAS)) if row["code"] == code)
    assert row["title"] == "'" + FORMULAS[code]


def test_a_negative_number_stays_a_number():
    assert next(row for row in rows_of_csv() if row["code"] == "MK.1")["gap"] == "-0.1025"


def test_the_workbook_has_a_sheet_for_each_table():
    assert opened().sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS[1:])
def test_every_table_has_a_frozen_head_and_filters(name):
    sheet = opened()[name]
    assert sheet.freeze_panes in {"B2", "C2"}
    assert sheet.auto_filter.ref.startswith("A1:")


def test_every_sheet_agrees_with_its_table_cell_by_cell():
    made = report()
    book = load_workbook(BytesIO(xlsx_report(made)))
    for table, name in some(zip(report_tables(made), SHEETS[1:], strict=True)):
        rows = list(book[name].iter_rows(min_row=1, max_row=1 + len(table.rows), values_only=True))
        assert rows[0] == tuple(column.title for column in table.columns)
        for row, cells in zip(rows[1:], table.rows, strict=True):
            for value, cell in zip(row, cells, strict=True):
                assert plain(value) == in_sheet(cell)


def plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def in_sheet(cell: Any) -> Any:
    if cell.value == "":
        return None
    if isinstance(cell.value, float):
        return pytest.approx(cell.value, rel=1e-14)  # a sheet keeps 16 digits
    return cell.text if isinstance(cell.value, bool) else cell.value


def test_numbers_are_typed_and_written_as_they_are_read():
    sheet = opened()["Abilities"]
    head = {cell.value: cell.column for cell in sheet[1]}
    share, hours = sheet.cell(2, head["Demand share"]), sheet.cell(7, head["Simulation, h"])
    assert (share.value, share.number_format) == (0.1025, "0.0%;-0.0%;0%")
    assert (hours.value, hours.number_format) == (10.5, "#,##0.0")


def test_dates_are_dates():
    rows = {row[0].value: row[1].value for row in opened()["Evidence"].iter_rows(min_row=2)}
    assert plain(rows["From"]) == date(2025, 10, 2)


def test_unknown_cells_are_empty_beside_a_reason():
    sheet = opened()["Abilities"]
    head = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "DA.3")
    assert [row[head[name] - 1].value for name in ("Postings that ask", "Rate", "Demand share")] == [None] * 3
    assert "cannot be searched" in row[head["Reasons"] - 1].value


def test_no_text_of_the_workbook_starts_a_formula():
    book = opened(names=names(abilities=FORMULAS), subject=subject(school="=1+1", program="@x"))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    titles = {row[0].value: row[1].value for row in book["Abilities"].iter_rows(min_row=2)}
    assert titles["MK.1"] == FORMULAS["MK.1"]


def test_the_first_sheet_has_the_finding_and_a_chart_of_the_three_shares():
    sheet = opened()["Summary"]
    assert "This plan practises 2" in " ".join(str(cell.value) for cell in sheet["B"])
    (chart,) = sheet._charts
    letters = {cell.value: cell.column_letter for cell in opened()["Abilities"][1]}
    shares = (letters[title] for title in ("Taught share", "Practised share", "Demand share"))
    assert [series.val.numRef.f for series in chart.series] == [f"Abilities!${one}$2:${one}$7" for one in shares]


def test_sample_data_is_said_on_the_first_sheet_and_in_the_properties():
    book = opened()
    assert book["Summary"]["A1"].value == "Sample data"
    assert "Invented sample data" in book.properties.description
    honest = opened(subject=subject(sample=False))
    assert honest["Summary"]["A1"].value == "Finding"
    assert "nvented" not in honest.properties.description


LAST = get_column_letter(len(abilities_table(report()).columns))  # the reasons


def test_columns_fit_what_they_hold():
    sheet = opened(names=names(abilities=TITLES | {"MK.1": "直播" * 12}))["Abilities"]
    widths = {column: sheet.column_dimensions[column].width for column in ("A", "B", LAST)}
    assert 8 <= widths["A"] < 12
    assert 48 <= widths["B"] <= 61
    assert widths[LAST] >= 60


def test_an_empty_plan_makes_a_workbook_without_a_chart():
    nothing = abilities().assign(counted=False)
    book = opened(analysis=analysis(abilities=nothing, recommendations=()), frames=frames())
    assert book["Summary"]._charts == []
    assert book["Abilities"].max_row == 1


def test_titles_that_no_sheet_may_bear_still_make_a_sheet(monkeypatch):
    def alike(made):
        return tuple(replace(table, title="[All]/" + "x" * 40) for table in report_tables(made))

    monkeypatch.setattr(xlsx, "report_tables", alike)
    assert opened().sheetnames[:3] == ["Summary", " All  " + "x" * 25, "areas"]


def test_titles_alike_but_for_their_case_and_longer_keys_still_make_a_sheet_each():
    """As “Practical part of the grade by course” and “… by ability” are, in the demo's own report."""
    book, titles = (
        xlsxwriter.Workbook(BytesIO()),
        ("Practical part of the grade by COURSE", "Practical part of the Grade by ability"),
    )
    for place in range(4):
        table = Table(f"a_key_longer_than_any_sheet_may_be_named_{place % 2}", titles[place % 2], (), ())
        book.add_worksheet(xlsx.sheet_name(book, table))
    assert list(book.sheetnames) == [
        "Practical part of the grade by ",
        "er_than_any_sheet_may_be_named_1"[-31:],
        "er_than_any_sheet_may_be_named_0"[-31:],
        "Practical part of the Grad 2",
    ]


def test_a_fast_reader_opens_it_too():
    sheets = CalamineWorkbook.from_filelike(BytesIO(xlsx_report(report()))).sheet_names
    assert sheets == SHEETS
