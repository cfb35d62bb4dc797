import datetime
import json
import tracemalloc
from collections.abc import Sequence

import pytest

from competencies.demand.readers.near_duplicates import difference, first_of_group
from competencies.demand.readers.postings import (
    ParsedPostings,
    PostingRow,
    ReadingNotes,
    advertisement_of,
    iter_postings,
    read_postings,
)
from tests.competencies.demand.saving import taken
from tests.places import SHARED
from tests.posting_files import TODAY, read, refused

DATA = SHARED / "data" / "postings"


# Real files


def real(name: str) -> ParsedPostings:
    path = DATA / name
    if not path.exists():
        pytest.skip("../shared/data is not beside this checkout")
    return read_postings(path, name=name, today=TODAY)


def test_the_google_file_has_its_123_exact_duplicates_and_near_ones_on_top():
    parsed = real("google_job_skills.csv")
    assert (parsed.rows_read, len(parsed.rows), len(parsed.duplicates), parsed.refusals) == (1250, 1127, 123, ())
    assert set(taken(parsed).values()) == {"title", "text", "employer", "region", ""}
    assert parsed.recognised.unused == ["Category"]
    assert [notice.code for notice in parsed.warnings] == ["no_published_column"]
    found = near_among(parsed.rows)
    assert {reason for _row, _first, reason in found} == {"another_place", "small_edits"}
    assert 250 < len(found) < 450


def test_the_lagou_file_has_its_26_exact_duplicates_and_no_text():
    parsed = real("lagou_data_analyst.csv")
    assert (parsed.rows_read, len(parsed.rows), len(parsed.duplicates), parsed.refusals) == (1829, 1803, 26, ())
    assert [notice.code for notice in parsed.warnings] == ["no_text_column", "no_published_column"]
    second = parsed.rows[1]
    assert (second.row, second.title, second.text) == (3, "数据分析师", "")
    assert (second.employer, second.region) == ("北京合生活网络科技有限公司", "北京")
    assert second.skills == ("数据分析", "数据运营", "SQL", "BI")
    assert (second.salary_low, second.salary_high, second.language) == (15_000, 20_000, "zh")
    assert {reason for _row, _first, reason in near_among(parsed.rows)} == {"same_words"}


# Columns


def test_columns_are_found_in_any_order_under_english_and_chinese_names():
    chinese = read(
        "城市,发布时间,任职要求,公司名称,岗位职责,薪资,技能标签,职位名称\n北京,昨天,会SQL,甲公司,写SQL,8千-1.2万/月,SQL;BI,分析师"
    )
    english = read(
        "Skills,Job Title,Requirements,Salary,Company Name,Date Posted,Location,Responsibilities\n"
        "SQL;BI,分析师,会SQL,8k-12k,甲公司,2026-03-19,北京,写SQL"
    )
    (left,), (right,) = chinese.rows, english.rows
    assert left.text == right.text == "会SQL\n写SQL"
    expected = ("分析师", "甲公司", "北京", datetime.date(2026, 3, 19), 8_000, 12_000, ("SQL", "BI"), "zh")
    for row in (left, right):
        facts = (row.title, row.employer, row.region, row.published, row.salary_low, row.salary_high)
        assert (*facts, row.skills, row.language) == expected


def test_the_better_of_two_columns_for_one_thing_is_taken_and_the_other_fills_its_gaps():
    parsed = read("companyShortName,title,companyFullName\n甲,A,甲有限公司\n乙,B,\n")
    assert [row.employer for row in parsed.rows] == ["甲有限公司", "乙"]


def test_what_no_column_is_taken_for_is_listed():
    parsed = read("Title (required),职位描述（必填）,Shoe size\nA,B,44\n")
    assert taken(parsed) == {"Title (required)": "title", "职位描述（必填）": "text", "Shoe size": ""}


def test_a_file_without_title_and_text_is_refused_with_what_was_looked_for_and_found():
    error = refused(b"Name,Ort,13800138000\nA,B,C\n")
    assert error.code == "missing_columns"
    for word in ("positionname", "description", "Name, Ort, [phone]"):
        assert word in str(error)


def test_title_rows_above_the_header_are_skipped_and_rows_are_counted_as_a_spreadsheet_counts():
    parsed = read('Report 2026,,\n,,\nTitle,Text,City\n\n"A","two\nlines",X\n,,\nB,b,Y\n')
    assert [(row.row, row.title, row.text) for row in parsed.rows] == [(5, "A", "two\nlines"), (7, "B", "b")]
    assert parsed.rows_read == 2


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_shows_itself(separator):
    parsed = read(f"title{separator}text\nA{separator}B\n")
    assert [(row.title, row.text) for row in parsed.rows] == [("A", "B")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_and_line_end_reads_the_same(encoding, line_end):
    text = line_end.join(["职位名称,职位描述", "分析师,“会”SQL—𠀀", '运营,"一', '二"', ""])
    parsed = read(text, encoding=encoding)
    assert [(row.title, row.text) for row in parsed.rows] == [("分析师", "“会”SQL—𠀀"), ("运营", "一\n二")]


# Personal data


def test_personal_data_leave_the_reader_nowhere():
    secrets = ["13800138000", "hr@example.com", "zhangsan88", "010-62345678"]
    line = "电话13800138000，邮箱hr@example.com，微信：zhangsan88"
    header = "title,text,company,city,date,salary,skills"
    parsed = read(
        f"{header}\n{line},{line},{line},{line},{line},{line},['{line}']\n"
        f"Call 010-62345678 now,Tel 010-62345678,x,x,010-62345678,,\n{',' * 10}hr@example.com\n"
    )
    assert len(parsed.rows) == 2
    assert len(parsed.refusals) == 1
    assert parsed.rows[0].text == "电话[phone]，邮箱[e-mail]，微信：[messenger]"
    said = f"{parsed.rows} {parsed.warnings} {parsed.refusals} {parsed.recognised}"
    assert not [secret for secret in secrets if secret in said]
    assert {"unreadable_date", "unreadable_salary"} <= {notice.code for notice in parsed.warnings}


# Rows that are refused


def test_a_row_with_neither_title_nor_text_is_refused_and_the_others_are_read():
    parsed = read("Title,Text,City\n,,Bonn\nA,,Bonn\n,B,Bonn\nnan,NaN,Bonn\n")
    assert [(notice.row, notice.code) for notice in parsed.refusals] == [
        (2, "no_title_or_text"),
        (5, "no_title_or_text"),
    ]
    assert [row.row for row in parsed.rows] == [3, 4]


def test_a_row_with_more_cells_than_the_header_is_refused():
    parsed = read("Title,Text\nA,SQL,Python\nB,SQL,\n")
    assert [(notice.row, notice.code) for notice in parsed.refusals] == [(2, "too_many_cells")]
    assert [row.row for row in parsed.rows] == [3]


def test_many_warnings_of_a_kind_are_counted_and_not_all_listed():
    parsed = read("Title,Text,Company,City,Date\n" + "".join(f"A{number},B,C,D,soon\n" for number in range(250)))
    assert [notice.row for notice in parsed.warnings] == [*range(2, 102), 0]
    assert "150" in parsed.warnings[-1].message


# Duplicates

ENGLISH = (
    "We look for a data analyst who turns questions of our shops into numbers. You write SQL against the warehouse, "
    "build dashboards in Tableau, test changes of the checkout with experiments, and explain what you found to people "
    "who do not like numbers. You bring three years of practice, a degree or what replaces it, and patience."
)
CHINESE = (
    "负责电商平台的数据分析工作，搭建并维护数据指标体系，监控业务异动并给出原因；使用SQL和Python完成取数与建模，"
    "通过A/B实验评估活动效果；与运营、产品团队合作，推动分析结论落地；三年以上相关经验，具备良好的沟通能力。"
)


Near = tuple[int, int, str]  # row, first row of its group, where they differ


def near_among(rows: Sequence[PostingRow]) -> list[Near]:
    firsts = [rows[first] for first in first_of_group(row.sketch for row in rows)]
    return [
        (row.row, first.row, difference(advertisement_of(row), first=advertisement_of(first)))
        for row, first in zip(rows, firsts, strict=True)
        if row is not first
    ]


def near(*postings: tuple[str, str, str, str]) -> list[Near]:
    """What is found among postings given as text, day, place and employer."""
    lines = (
        json.dumps({"title": "Analyst", "text": text, "date": day, "city": city, "company": employer})
        for text, day, city, employer in postings
    )
    return near_among(read("\n".join(lines), name="near.jsonl").rows)


def test_identical_rows_are_removed_and_listed_with_the_first_of_them():
    parsed = read("title,text,id\nA,B,1\nC,D,1\nA,B,1\nA,B,2\nA,B,1\n")
    assert [row.row for row in parsed.rows] == [2, 3, 5]
    assert parsed.duplicates == ((4, 2), (6, 2))
    assert parsed.rows[0].fingerprint != parsed.rows[2].fingerprint


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_the_same_advertisement_on_several_days_is_found_kept_and_marked(text):
    day_1, day_2 = ("A", "2026-03-01", "X", "Y"), ("A", "2026-03-02", "X", "Y")
    found = near((text, *day_1[1:]), ("Something else", *day_1[1:]), (text, *day_2[1:]), (text.upper(), *day_1[1:]))
    assert found == [(3, 1, "another_day"), (4, 1, "same_words")]


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        (ENGLISH, [("three years", "five years")]),
        (ENGLISH, [("shops", "stores"), ("patience", "humour")]),
        (CHINESE, [("三年", "五年")]),
        (CHINESE, [("三年", "五年"), ("良好", "优秀")]),
        (
            "Write SQL, build dashboards in Tableau, test our checkout, and explain numbers to those who fear them.",
            [("checkout", "basket")],
        ),
        ("使用SQL和Python完成取数与建模，评估活动效果，与运营团队合作。", [("评估", "分析")]),
    ],
)
def test_a_text_with_small_edits_is_found(text, edits):
    edited = text
    for old, new in edits:
        edited = edited.replace(old, new)
    assert near((text, "", "X", "Y"), (edited, "", "X", "Y")) == [(2, 1, "small_edits")]


def test_the_reason_says_what_differs():
    found = near(
        (ENGLISH, "", "X", "Y"), (ENGLISH, "", "Z", "Y"), (ENGLISH, "", "X", "W"), (ENGLISH, "2026-03-01", "Z", "W")
    )
    assert [reason for _row, _first, reason in found] == ["another_place", "another_employer", "undated"]


def test_different_postings_of_one_employer_are_no_near_duplicates():
    assert near((ENGLISH, "", "X", "Y"), (CHINESE, "", "X", "Y"), ("Short one", "", "X", "Y")) == []


def test_near_duplicates_form_one_group_named_by_its_first_row():
    lines = "".join(f'"{ENGLISH}",{day}\n' for day in ("2026-03-01", "2026-03-02", "2026-03-03"))
    parsed = read(f"text,date\nother,2026-03-01\n{lines}")
    assert [(row, first) for row, first, _reason in near_among(parsed.rows)] == [(4, 3), (5, 3)]


def test_groups_do_not_depend_on_how_many_postings_pass_at_once():
    texts = [f"{number} {ENGLISH if number % 2 else CHINESE} {chr(97 + number % 7) * 9}" for number in range(4_000)]
    found = near(*((text, "", str(number), "Y") for number, text in enumerate(texts)))
    assert len(found) == 4_000 - 2
    assert {first for _row, first, _reason in found} == {1, 2}


# Length


def test_reading_one_by_one_gives_what_reading_whole_gives():
    text = "title,text\nA,B\nA,B\n,\nC,\n"
    notes = ReadingNotes()
    rows = tuple(iter_postings(text.encode(), name="a.csv", today=TODAY, notes=notes))
    parsed = read(text)
    assert rows == parsed.rows
    assert (tuple(notes.duplicates), notes.rows_read) == (parsed.duplicates, parsed.rows_read)


def test_memory_hardly_grows_with_the_number_of_postings(tmp_path):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        path.write_text("title,text\n" + "".join(f"A {number},{number} {ENGLISH * 4}\n" for number in range(count)))
        tracemalloc.start()
        for _row in iter_postings(path, name=path.name, today=TODAY):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(3_000), peak(9_000)
    assert (many - few) / 6_000 < 500  # bytes a posting, whose text has 1,300
