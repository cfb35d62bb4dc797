"""Kinds of columns and cells of postings and surveys that were once lost, each with a small file of its own."""

import datetime

import pytest

from competencies.demand.readers.posting_values import day, place_of_work, salary
from competencies.demand.readers.surveys import read_survey
from tests.posting_files import read

TODAY = datetime.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("23.12.2025", datetime.date(2025, 12, 23)),
        ("2024/9/28", datetime.date(2024, 9, 28)),
        ("1713400000", datetime.date(2024, 4, 18)),
        ("1713400000000.0", datetime.date(2024, 4, 18)),
        ("1.7134E+12", datetime.date(2024, 4, 18)),
        ("09-28发布", datetime.date(2026, 9, 28)),
        ("12-30发布", datetime.date(2025, 12, 30)),
    ],
)
def test_a_day_in_any_form_that_is_clear(said, meant):
    assert day(said, today=TODAY) == meant


@pytest.mark.parametrize(
    "header", ["Posted on", "Date of posting", "Online since", "Advertised on", "职位发布日期", "刊登时间"]
)
def test_a_date_is_found_under_any_name_that_says_so(header):
    (row,) = read(f"Title,Text,{header}\nClerk,Sells,2026-03-01\n").rows
    assert row.published == datetime.date(2026, 3, 1)


@pytest.mark.parametrize("header", ["Deadline date", "Start date", "截止日期", "采集日期"])
def test_another_date_is_not_the_day_of_publication(header):
    (row,) = read(f"Title,Text,{header}\nClerk,Sells,2026-03-01\n").rows
    assert row.published is None


@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("杭州·余杭区·未来科技城", "杭州"),
        ("浙江省杭州市余杭区", "杭州"),
        ("广东-深圳", "深圳"),
        ("北京市", "北京"),
        ("内蒙古自治区呼和浩特市", "呼和浩特"),
        ("Reno, NV", "Reno, NV"),
    ],
)
def test_a_district_belongs_to_its_city(said, city):
    assert place_of_work(said) == city


def test_a_period_in_a_column_of_its_own_makes_salaries_comparable():
    assert (salary("90000", "YEARLY").low, salary("20", "HOURLY").low) == (7500, 3480)
    assert salary("100/day", "YEARLY").low == 2175


def test_a_header_in_the_middle_is_no_posting():
    parsed = read("Title,Text\nClerk,Sells\nTitle,Text\nCook,Cooks\n")
    assert [row.title for row in parsed.rows] == ["Clerk", "Cook"]
    assert [problem.code for problem in parsed.warnings if problem.row] == ["header_again"]


@pytest.mark.parametrize(
    "header", ["How important is it? [SQL]", "Bitte: importance [SQL]", "下列能力的重要程度—SQL", "重要性【SQL】"]
)
def test_a_grid_names_its_ability_behind_the_question(header):
    parsed = read_survey(f"id,{header}\n1,4\n".encode(), name="a.csv", abilities={"sql": "A1"})
    assert [(row.ability, row.importance) for row in parsed.rows] == [("A1", 4)]
