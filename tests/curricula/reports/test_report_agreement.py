"""Five renderings of one report, number for number."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from curricula.analysis.frames import MODES
from curricula.reports.printed_tables import printed_tables
from curricula.reports.render import FORMATS, Rendered, render
from curricula.wording import formats
from tests.curricula.reports.test_report_pages import parsed
from tests.report_universe import report
from tests.some import some

HOURS = ("taught_hours", "practised_hours", "assessed_hours")
SHARES = ("taught_share", "practised_share", "exposure_share", "required_share", "demand_share")
RATES = ("demand_rate", "demand_low", "demand_high")
IN_WORKBOOK = {
    "Taught, h": "taught_hours",
    "Practised, h": "practised_hours",
    "Assessed, h": "assessed_hours",
    "Taught share": "taught_share",
    "Practised share": "practised_share",
    "Share of all hours": "exposure_share",
    "Required share": "required_share",
    "Postings that ask": "demand_mentions",
    "Rate": "demand_rate",
    "Rate, low": "demand_low",
    "Rate, high": "demand_high",
    "Demand share": "demand_share",
    **{f"{mode.capitalize()}, h": f"{mode}_hours" for mode in MODES},
}
FIGURES = tuple(IN_WORKBOOK.values())


@pytest.fixture(scope="module")
def rendered() -> dict[str, Rendered]:
    made = report()
    return {name: render(made, name) for name in FORMATS}


@pytest.fixture(scope="module")
def expected(rendered) -> dict[str, dict[str, float | None]]:
    """Every figure of every ability, as the JSON has it."""
    lines = json.loads(rendered["json"].content)["abilities"]
    return {
        line["code"]: {name: line.get(name) for name in FIGURES}
        | {f"{mode}_hours": line["hours"][mode] for mode in MODES}
        for line in lines
    }


def approximately(figures: dict[str, float | None]) -> dict[str, object]:
    return {name: None if value is None else pytest.approx(value, rel=1e-14) for name, value in figures.items()}


def test_the_universe_has_known_zero_and_unknown_figures(expected):
    values = {value for figures in expected.values() for value in figures.values()}
    assert None in values
    assert 0.0 in values
    assert len(expected) == 6


def test_csv_and_json_agree(rendered, expected):
    rows = csv.DictReader(StringIO(rendered["csv"].content.decode("utf-8-sig"), newline=""))
    found = {row["code"]: {name: float(row[name]) if row[name] else None for name in FIGURES} for row in rows}
    assert found == expected


def test_xlsx_and_json_agree(rendered, expected):
    sheet = load_workbook(BytesIO(rendered["xlsx"].content))["Abilities"]
    places = {cell.value: place for place, cell in enumerate(sheet[1])}
    for row in some(sheet.iter_rows(min_row=2, values_only=True)):
        found = {name: row[places[title]] for title, name in IN_WORKBOOK.items()}
        assert found == approximately(expected[row[0]])


def written(name: str, value: float | None) -> str:
    kind = "count" if name == "demand_mentions" else "hours" if name.endswith("_hours") else "share"
    return formats.show(value, kind)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("shares", SHARES),
        ("hours", (*(f"{mode}_hours" for mode in MODES if mode != "assessment"), *HOURS)),
        ("demand", ("demand_mentions", *RATES)),
    ],
)
def test_the_printed_tables_write_the_figures_of_the_json(expected, table, names):
    found = printed_tables(report())[table]
    places = [next(i for i, column in enumerate(found.columns) if column.key == name) for name in names]
    titles = {line.title: line.code for line in report().abilities}
    for row in some(found.rows):
        figures = expected[titles[row[0].text]]
        assert [row[place].text for place in places] == [written(name, figures[name]) for name in names]


def test_the_page_holds_every_printed_row(rendered):
    texts = parsed(rendered["html"].content.decode()).texts
    for table in some(printed_tables(report()).values()):
        for row in table.rows:
            assert contains(texts, [cell.text for cell in row])


def contains(texts: list[str], row: list[str]) -> bool:
    starts = (place for place, text in enumerate(texts) if text == row[0])
    return any(texts[place : place + len(row)] == row for place in starts)


def test_the_print_holds_every_figure_row(rendered):
    pages = PdfReader(BytesIO(rendered["pdf"].content)).pages
    text = squeezed(" ".join(page.extract_text() for page in pages))
    tables = printed_tables(report())
    for key in ("shares", "hours", "demand", "positions", "alignment"):
        for row in some(tables[key].rows):
            # The words of the indices are broken between lines; a row of figures never is.
            line = squeezed("".join(cell.text for cell in row if key != "alignment" or cell.numeric))
            assert line in text, (key, row[0].text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_indices_agree(rendered):
    data = json.loads(rendered["json"].content)["alignment"]
    rows = {row[0].text: row for row in printed_tables(report())["alignment"].rows}
    for line in some(report().indices):
        index = data[line.pair]["index"] if data[line.pair] else None
        assert rows[line.title][1].text == formats.show(index, "index")


@pytest.mark.parametrize(
    ("name", "start", "content_type"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", b"\xef\xbb\xbf", "text/csv; charset=utf-8"),
        ("json", b"{", "application/json"),
        ("html", b"<!doctype html>", "text/html; charset=utf-8"),
    ],
)
def test_each_format_says_what_it_is(rendered, name, start, content_type):
    assert rendered[name].content.startswith(start)
    assert rendered[name].content_type == content_type
    assert rendered[name].filename == f"gap-report-demo-e-commerce-2026.{name}"


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError):
        render(report(), "docx")


def test_no_rendering_writes_what_is_not_a_number(rendered):
    for name in ("csv", "json", "html"):
        words = set(rendered[name].content.decode("utf-8-sig").replace(",", " ").replace('"', " ").split())
        assert not {"nan", "NaN", "None", "inf"} & words
