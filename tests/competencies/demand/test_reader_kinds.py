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
        ("湖南长沙", "长沙"),
        ("吉林市", "吉林"),
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
    rows = read("title,text,salary_min,salary_max,salary_type\na,b,60000,72000,annual\nc,d,15,18,per hour\n").rows
    assert [row.salary_low for row in rows] == [5000, 2610]


@pytest.mark.parametrize(
    "header",
    [
        "招聘岗位名称,岗位描述及要求",
        "职位名,职位简介",
        "招聘职位,职位描述与任职要求",
        "Vacancy,Requirements & Skills",
        "Job,Your tasks",
    ],
)
def test_titles_and_texts_may_be_called_by_words_put_together(header):
    (row,) = read(f"{header}\nClerk,Sells\n").rows
    assert (row.title, row.text) == ("Clerk", "Sells")


def test_objects_within_objects_are_read_and_a_list_of_them_within_one():
    posting = (
        '{"@type": "JobPosting", "title": "Clerk", "description": "Sells", '
        '"jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Graz"}}}'
    )
    assert [row.region for row in read(posting, name="a.json").rows] == ["Graz"]
    for indented in ("", "\n"):
        listed = f'{{{indented}"total": 1, "data": [{posting}]}}'
        assert [(row.title, row.region) for row in read(listed, name="a.json").rows] == [("Clerk", "Graz")]


def test_failed_cells_of_a_table_are_blank_and_told():
    parsed = read("Title,Text,Company\nClerk,Sells,#N/A\nCook,#REF!,Inn\n")
    assert [(row.text, row.employer) for row in parsed.rows] == [("Sells", ""), ("", "Inn")]
    assert [(w.row, w.column) for w in parsed.warnings if w.code == "error_cell"] == [(2, "C"), (3, "B")]


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


@pytest.mark.parametrize(
    "lines",
    [
        "Respondent,How important is it?,,How well do graduates perform?,\n,SQL,Talk,SQL,Talk\nE1,5,4,3,2\n",
        "序号,3、能力的重要程度(1)SQL,3、(2)Talk,4、掌握程度(1)SQL,4、(2)Talk\nE1,5,4,3,2\n",
        "Q1,Q1_1,Q1_2,Q2_1,Q2_2\n"
        "Response,Importance? - SQL,Importance? - Talk,How well do they? - SQL,How well do they? - Talk\n"
        '"{""ImportId"":""a""}","{""ImportId"":""b""}",,,\nE1,5,4,3,2\n',
    ],
)
def test_questions_stand_once_over_several_abilities(lines):
    parsed = read_survey(lines.encode(), name="a.csv", abilities={"sql": "A1", "talk": "A2"})
    assert parsed.refusals == ()
    assert [(r.ability, r.importance, r.competence) for r in parsed.rows] == [("A1", 5, 3), ("A2", 4, 2)]


def test_one_answer_far_above_all_others_is_none_unless_somebody_says_so():
    lines = "id,importance: SQL,competence: SQL\nE1,7,4\nE2,6,5\nE3,4,99\n"
    parsed = read_survey(lines.encode(), name="a.csv", abilities={"sql": "A1"})
    assert (parsed.scale, parsed.rows[2].competence) == ((1, 7), None)
    assert "rare_outlier" in [doubt.code for doubt in parsed.doubts]
