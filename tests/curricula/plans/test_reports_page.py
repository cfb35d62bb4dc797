"""Reports by page: five formats in two languages, always as a download, for members only."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.models import Teacher
from curricula.reports.printed_tables import printed_tables
from curricula.reports.render import FORMATS
from curricula.reports.sections import EVERY_SECTION, section_of
from tests.pages import text_of
from tests.queries import queries_of
from tests.some import some
from tests.universe import add_courses

pytestmark = pytest.mark.django_db
TYPES = {
    "pdf": ("application/pdf", b"%PDF"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    "csv": ("text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    "json": ("application/json", b"{"),
    "html": ("text/html; charset=utf-8", b"<!doctype"),
}


@pytest.fixture
def mapped(universe):
    add_courses(universe.curriculum, 4)
    return universe


def test_each_format_is_a_download_named_after_its_plan(mapped, as_user):
    client = as_user(mapped.viewer)
    assert set(TYPES) == set(FORMATS)
    for name, (content_type, start) in TYPES.items():
        response = client.get(mapped.curriculum.page("report-download", name))
        assert response["Content-Type"] == content_type
        assert response.content.startswith(start)
        assert response["Content-Disposition"] == f'attachment; filename="gap-report-north-sales-2026.{name}"'
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_report_comes_in_the_language_chosen_or_in_the_readers_own(mapped, as_user):
    client = as_user(mapped.viewer)

    def titles(query: str) -> set[str]:
        report = client.get(mapped.curriculum.page("report-download", "json") + query).json()
        return {line["title"] for line in report["abilities"]}

    assert "Search advertising" in titles("")
    assert "搜索广告" in titles("?language=zh-hans")
    client.cookies["django_language"] = "zh-hans"
    assert "搜索广告" in titles("")
    assert "Search advertising" in titles("?language=en")


@pytest.mark.parametrize("address", ["docx", "pdf?language=fr"])
def test_an_unknown_format_or_language_does_not_exist(mapped, as_user, address):
    name, _sign, query = address.partition("?")
    page = mapped.curriculum.page("report-download", name)
    assert as_user(mapped.viewer).get(f"{page}?{query}").status_code == 404


def test_the_page_says_what_the_report_holds_and_by_which_parameters(mapped, as_user):
    page = as_user(mapped.viewer).get(mapped.curriculum.page("reports")).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    report = gap_report_for(mapped.curriculum, language="en")
    for line in some(report.parameters):
        assert line.title in text
    assert report.method[0] in text.replace("&#x27;", "'")
    assert re.findall(r'formaction="[^"]*/reports/(\w+)/"', page) == ["pdf", "xlsx", "html", "csv", "json"]
    assert re.findall(r'type="radio" name="language" value="([\w-]+)"( checked)?', page) == [
        ("en", " checked"),
        ("zh-hans", ""),
    ]


def test_sample_data_is_called_so(mapped, as_user):
    mapped.school.sample = True
    mapped.school.save()
    page = as_user(mapped.viewer).get(mapped.curriculum.page("reports")).content.decode()
    assert "every page says: invented sample data" in page


def test_a_plan_without_mappings_leads_to_its_first_step(universe, as_user):
    add_courses(universe.curriculum, 1, mapped=False)
    page = as_user(universe.faculty).get(universe.curriculum.page("reports")).content.decode()
    assert "Map the courses" in page
    assert "formaction" not in page


@pytest.mark.parametrize("page", ["reports", "report-download"])
def test_more_rows_make_no_more_queries(universe, as_user, page):
    client = as_user(universe.viewer)
    address = universe.curriculum.page(page, *(["json"] if page == "report-download" else []))
    counts = []
    for added in (1, 2):
        add_courses(universe.curriculum, added)
        cache.clear()
        counts.append(queries_of(client.get, address))
    assert counts[1] <= counts[0]  # fewer where less is left to advise on


def test_a_reader_chooses_what_paper_and_web_page_print_and_the_report_says_what_is_left_out(universe, as_user):
    add_courses(universe.curriculum, 2)
    Teacher.objects.create(school=universe.school, code="p-aaaaaaaa", courses=["C1"])
    client = as_user(universe.viewer)
    address = universe.curriculum.page("report-download", "html")
    whole = text_of(client.get(address, {"language": "en"}).content.decode())
    assert "Teachers: Courses and who teaches them" in whole
    assert "Left out by choice" not in whole
    few = {"language": "en", "section": ["method", "conditions"]}
    said = text_of(client.get(address, few).content.decode())
    assert "Teachers: Courses and who teaches them" not in said
    assert "Conditions without evidence" in said
    left = "Abilities and indices, Positions and certificates, Courses, Records of the school, Conditions of training"
    assert f"Left out by choice: {left}: the tables behind them, Proposals, actions and decisions." in said
    assert "Method" in said


def test_files_for_machines_hold_everything_whatever_was_chosen(universe, as_user):
    add_courses(universe.curriculum, 2)
    address = universe.curriculum.page("report-download", "json")
    client = as_user(universe.viewer)
    whole, few = (client.get(address, {"section": section}).json() for section in ([], ["method"]))
    assert {key: value for key, value in few.items() if key != "created"} == {
        key: value for key, value in whole.items() if key != "created"
    }


def test_a_section_that_is_not_there_is_not_found(universe, as_user):
    add_courses(universe.curriculum, 2)
    address = universe.curriculum.page("report-download", "html")
    assert as_user(universe.viewer).get(address, {"section": "poems"}).status_code == 404


def test_every_table_of_the_report_stands_in_a_section_and_the_long_ones_are_not_chosen_at_first(universe, as_user):
    add_courses(universe.curriculum, 2)
    page = as_user(universe.viewer).get(universe.curriculum.page("reports")).content.decode()
    chosen = re.findall(r'name="section" value="(\w+)" checked', page)
    assert chosen == ["abilities", "positions", "courses", "conditions", "proposals"]
    assert '<input type="hidden" name="section" value="method">' in page
    keys = printed_tables(full_report_for(universe.curriculum, language="en"))
    assert {section_of(key) for key in keys} <= set(EVERY_SECTION)
    assert {key for key in keys if section_of(key) == "method"} <= {
        *("evidence", "next_evidence", "credibility", "parameters", "labels"),
    }
