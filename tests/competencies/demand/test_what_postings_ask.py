"""Education, experience, pay and place of postings: read, kept, shown, filtered by; and filled by a better file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from competencies.demand.places import place_of, place_title
from competencies.demand.queries.posting_frames import DemandChoice, chosen_frames
from competencies.demand.queries.postings_chosen import postings_chosen
from competencies.demand.readers.posting_demands import EDUCATION, Years, education, experience
from competencies.demand.readers.posting_values import UnreadableCell
from competencies.demand.readers.postings import ParsedPostings, read_postings
from competencies.models import Posting
from competencies.saving.outcome import PostingsOutcome
from tests.competencies.demand.saving import save_postings
from tests.places import SHARED
from tests.universe import Universe, all_demand

DAY = date(2026, 11, 28)
CASES = SHARED / "cases"
HEADER = "职位名称,公司名称,城市,学历要求,工作经验,薪资,职位描述\n"
ROWS = """营销员,甲公司,杭州,本科,1-3年,8-12K·13薪,搜索广告
营销员,乙公司,Hangzhou,大专,经验不限,面议,直播销售
分析员,丙公司,杭州·余杭区,硕士及以上,5年以上,30万/年,统计
分析员,丁公司,北京,,,,建模
"""


def read(text: str) -> ParsedPostings:
    return read_postings(text.encode(), name="p.csv", today=DAY)


def save(universe: Universe, text: str) -> PostingsOutcome:
    return save_postings(read(text), source_slug="board", framework=universe.framework, collected=DAY)


@pytest.mark.parametrize(
    ("cell", "least"),
    [
        ("本科及以上", "bachelor"),
        ("大专/本科", "college"),
        ("硕士研究生", "master"),
        ("学历不限", "none"),
        ("不限（本科优先）", "bachelor"),
        ("中专/中技", "secondary"),
        ("Bachelor's or Master's degree", "bachelor"),
        ("PhD", "doctor"),
        ("Undergraduate", "bachelor"),
        ("", ""),
    ],
)
def test_the_least_education_of_several_is_asked_for(cell: str, least: str) -> None:
    assert education(cell) == least


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("1-3年", (1, 3)),
        ("3年以上", (3, None)),
        ("三年以上", (3, None)),
        ("2年经验", (2, None)),
        ("1年以下", (0, 1)),
        ("10年以上", (10, None)),
        ("经验不限", (0, None)),
        ("无需经验", (0, None)),
        ("在校/应届", (0, None)),
        ("5+ years", (5, None)),
        ("2 to 4 years", (2, 4)),
        ("-", (None, None)),
    ],
)
def test_years_of_experience(cell: str, years: tuple[int | None, int | None]) -> None:
    assert experience(cell) == Years(*years)


@pytest.mark.parametrize("reader", [education, experience])
def test_a_cell_that_says_something_else_is_told(reader: Any) -> None:
    with pytest.raises(UnreadableCell):
        reader("see below")


def test_levels_of_the_reader_are_those_of_the_records() -> None:
    assert list(EDUCATION) == Posting.Education.values


@pytest.mark.parametrize("name", ["杭州", "Hangzhou", "hangzhou city", "Hangzhou, Zhejiang, China"])
def test_a_city_is_one_place_however_it_is_written(name: str) -> None:
    assert place_of(name) == "Hangzhou"
    with override("zh-hans"):
        assert place_title(place_of(name)) == "杭州"


def test_what_is_no_known_city_is_itself() -> None:
    assert [place_of(name) for name in ("Reno", "不限", "", "Xian")] == ["Reno", "不限", "", "Xi'an"]


@pytest.mark.skipif(not CASES.exists(), reason="the cases lie beside the project")
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("zh_16_postings_generic.csv", [("bachelor", 1, 3), ("college", 0, None), ("bachelor", 3, 5)]),
        ("zh_17_postings_zhilian_gb18030.csv", [("bachelor", 1, 3), ("college", 0, None), ("bachelor", 3, 5)]),
        ("zh_18_postings_boss.csv", [("bachelor", 1, 3), ("college", 0, None), ("bachelor", 3, 5)]),
        ("zh_19_postings_51job.csv", [("bachelor", 2, None), ("college", 0, None)]),
    ],
)
def test_files_of_job_boards(name: str, asked: list[Any]) -> None:
    parsed = read_postings(CASES / name, name=name, today=DAY)
    assert [(row.education, *row.years) for row in parsed.rows][: len(asked)] == asked


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("薪资", "8-12K·13薪", (8_000, 12_000, True)),
        ("年薪", "120000", (10_000, 10_000, True)),
        ("薪资", "200-300元/天", (4_350, 6_525, True)),
        ("salary", "90000", (90_000, 90_000, False)),
        ("annual_salary", "90000", (7_500, 7_500, True)),
        ("salary", "$20 per hour", (3_480, 3_480, True)),
    ],
)
def test_pay_is_a_months_where_the_period_is_known(header: str, cell: str, expected: Any) -> None:
    (row,) = read(f"title,{header}\nClerk,{cell}\n").rows
    assert (row.salary_low, row.salary_high, row.pays_a_month) == expected
    assert row.salary == cell


# Kept, shown and filtered by


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"education": "bachelor"}, {"甲公司"}),
        ({"education": "college"}, {"乙公司"}),
        ({"experience": "0"}, {"乙公司"}),
        ({"experience": "1"}, {"甲公司"}),
        ({"experience": "5"}, {"丙公司"}),
        ({"pay": "8000"}, {"甲公司"}),
        ({"pay": "20000"}, {"丙公司"}),
        ({"region": "杭州"}, {"甲公司", "乙公司", "丙公司"}),
        ({"region": "Hangzhou", "education": "master"}, {"丙公司"}),
        ({"pay": "nonsense"}, set()),
    ],
)
def test_the_list_and_the_figures_count_the_same(choice: dict[str, str], expected: set[str], universe: Universe):
    save(universe, HEADER + ROWS)
    demand, wished = all_demand(universe.framework), DemandChoice.of(choice)
    assert {posting.employer for posting in postings_chosen(demand, wished)} == expected
    assert set(chosen_frames(demand, wished).postings["employer"]) == expected


@pytest.mark.django_db
def test_the_page_offers_what_the_postings_say(universe: Universe, as_user: Any) -> None:
    save(universe, HEADER + ROWS)
    client: Client = as_user(universe.viewer)
    head = client.get(reverse("demand-overview", args=["trade"])).context["head"]
    assert [(each.value, each.title, each.postings) for each in head.regions] == [
        ("Hangzhou", "Hangzhou", 3),
        ("Beijing", "Beijing", 1),
    ]
    offered = {each.name: {option.value: option.postings for option in each.options} for each in head.others}
    assert offered == {
        "education": {"college": 1, "bachelor": 1, "master": 1},
        "experience": {"0": 1, "1": 1, "5": 1},
        "pay": {"8000": 1, "20000": 1},
    }
    posting = Posting.objects.get(employer="甲公司")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(posting.get_absolute_url()).content.decode()))
    assert "Education bachelor Experience 1 to 3 years Salary 8-12K·13薪 8,000 – 12,000 a month" in shown


@pytest.mark.django_db
def test_nothing_is_offered_that_no_posting_says(universe: Universe, as_user: Any) -> None:
    save(universe, "title,text\nClerk,statistics\n")
    assert as_user(universe.viewer).get(reverse("demand-overview", args=["trade"])).context["head"].others == []


# A better file


@pytest.mark.django_db
def test_a_file_with_a_known_header_fills_what_was_missing(universe: Universe) -> None:
    rows = "Marketer,search advertising,28.09.2026,Alpha,本科\nCook,statistics,27.09.2026,Beta,大专\n"
    save(universe, "title,text,x,y,z\n" + rows)
    assert not Posting.objects.exclude(published=None).exists()
    again = save(universe, "title,text,Posted on,company,学历\n" + rows)
    assert (again.created, again.changed, again.unchanged) == (0, 2, 0)
    posting = Posting.objects.get(title="Marketer")
    assert (posting.published, posting.employer, posting.education) == (date(2026, 9, 28), "Alpha", "bachelor")
    once_more = save(universe, "title,text,Posted on,company,学历\n" + rows)
    assert (once_more.changed, once_more.unchanged) == (0, 2)


@pytest.mark.django_db
def test_what_stands_is_left_and_a_new_text_is_searched(universe: Universe) -> None:
    rows = "Marketer,We want search advertising,Alpha\n"
    save(universe, "title,x,company\n" + rows)
    Posting.objects.update(employer="Corrected")
    assert save(universe, "title,description,company\n" + rows).changed == 1
    posting = Posting.objects.get()
    assert (posting.employer, posting.text) == ("Corrected", "We want search advertising")
    assert [mention.ability.code for mention in posting.mentions.all()] == ["MK.1"]


@pytest.mark.django_db
def test_a_district_that_was_stored_becomes_its_city(universe: Universe) -> None:
    save(universe, HEADER + ROWS)
    Posting.objects.filter(employer="丙公司").update(region="杭州·余杭区")
    assert save(universe, HEADER + ROWS).changed == 1
    assert Posting.objects.get(employer="丙公司").region == "杭州"


@pytest.mark.django_db
@pytest.mark.skipif(not CASES.exists(), reason="the cases lie beside the project")
def test_a_second_import_of_postings_without_dates_fills_150(universe: Universe) -> None:
    name = "postings_posted_on.xlsx"
    parsed = read_postings(CASES / name, name=name, today=DAY)
    save_postings(parsed, source_slug="board", framework=universe.framework, collected=DAY)
    Posting.objects.update(published=None)
    again = save_postings(parsed, source_slug="board", framework=universe.framework, collected=DAY)
    assert (again.changed, Posting.objects.exclude(published=None).count()) == (150, 150)
