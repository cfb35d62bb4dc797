"""What page, print and workbook say beside the figures of abilities: day, version, terms, digits."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from django.test import override_settings
from openpyxl import load_workbook

from curricula.reports.tables import courses_table
from curricula.reports.xlsx_report import xlsx_report
from curricula.wording import formats
from tests.curricula.reports.test_report_pages import page, printed, text_of
from tests.report_universe import frames, report, subject

LATE = subject(created=datetime(2026, 10, 1, 23, 30, tzinfo=UTC))  # in China it is the next day already


@override_settings(TIME_ZONE="Asia/Shanghai")
def test_page_and_print_say_the_day_of_the_sites_time_zone():
    assert "Oct. 2, 2026" in page(subject=LATE)
    assert "Oct. 2, 2026" in text_of(printed(subject=LATE))


def test_page_print_and_workbook_say_which_version_was_judged_and_its_state():
    second = subject(version=2, state="in_review", state_text="in review")
    summary = load_workbook(BytesIO(xlsx_report(report(subject=second)))).worksheets[0]
    assert ("Version", "version 2 · in review") in [(row[0].value, row[1].value) for row in summary.iter_rows()]
    assert "version 2 · in review" in page(subject=second)
    assert "version 2 · in review" in text_of(printed(subject=second))


def test_a_course_over_several_terms_names_all_of_them_and_stated_figures_keep_their_digits():
    courses = frames().courses.assign(term_last=[2.0, 3.0, float("nan"), float("nan")])
    courses.loc["EC201", "credits"] = 20.25
    table = courses_table(report(frames=frames(courses=courses)))
    told = {
        row[0].text: {column.key: cell.text for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    }
    assert [told[code]["term"] for code in ("EC101", "EC201", "EC305", "EC402")] == ["1–2", "3", "5", "–"]
    assert (told["EC201"]["credits"], told["EC201"]["simulation_hours"]) == ("20.25", "10.75")


def test_half_is_rounded_as_spreadsheets_do():
    assert (formats.hours(20.25), formats.hours(-0.25), formats.share(0.00125)) == ("20.3", "−0.3", "0.1\u00a0%")


def test_no_word_of_a_title_is_hyphenated_in_print():
    long = subject(program="Internationalisation of entrepreneurship in representative institutions and enterprises")
    assert "Internationalisation of entrepreneurship in representative institutions" in text_of(printed(subject=long))
