import datetime
import json

import pytest

from tests.posting_files import one, read


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-01", (2026, 3, 1)),
        ("2026/3/1", (2026, 3, 1)),
        ("2026.3.1", (2026, 3, 1)),
        ("2026年3月1日", (2026, 3, 1)),
        ("2026 年 3 月 1 日 12:30", (2026, 3, 1)),
        ("20260301", (2026, 3, 1)),
        ("2026-03-01 12:30:00", (2026, 3, 1)),
        ("2026-03-01T12:30:00Z", (2026, 3, 1)),
        ("发布于2026-03-01", (2026, 3, 1)),
        ("01.03.2026", (2026, 3, 1)),
        ("13/02/2026", (2026, 2, 13)),
        ("02/13/2026", (2026, 2, 13)),
        ("March 1, 2026", (2026, 3, 1)),
        ("1st Mar 2026", (2026, 3, 1)),
        ("Posted 1 March 2026", (2026, 3, 1)),
        ("46082", (2026, 3, 1)),
        ("1772323200", (2026, 3, 1)),
        ("1772323200000", (2026, 3, 1)),
        ("3 days ago", (2026, 3, 17)),
        ("Posted 2 weeks ago", (2026, 3, 6)),
        ("a month ago", (2026, 2, 18)),
        ("an hour ago", (2026, 3, 20)),
        ("3天前", (2026, 3, 17)),
        ("2周前发布", (2026, 3, 6)),
        ("1个月前", (2026, 2, 18)),
        ("5小时前", (2026, 3, 20)),
        ("昨天", (2026, 3, 19)),
        ("昨天 12:30", (2026, 3, 19)),
        ("前天", (2026, 3, 18)),
        ("今天", (2026, 3, 20)),
        ("刚刚", (2026, 3, 20)),
        ("Yesterday", (2026, 3, 19)),
        ("today", (2026, 3, 20)),
        ("Just posted", (2026, 3, 20)),
        ("12:30发布", (2026, 3, 20)),
        ("3月1日", (2026, 3, 1)),
        ("12月31日", (2025, 12, 31)),
        ("03-01", (2026, 3, 1)),
    ],
)
def test_a_date_is_read_in_the_forms_that_people_write(cell, expected):
    assert one("title,date", "A", cell).published == datetime.date(*expected)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("02/03/2026", "ambiguous_date"),
        ("soon", "unreadable_date"),
        ("2026-13-45", "unreadable_date"),
        ("99999 years ago", "unreadable_date"),
        ("2026-05-01", "future_date"),
    ],
)
def test_a_date_that_cannot_be_trusted_leaves_the_posting_undated_and_says_so(cell, code):
    parsed = read(f"Title,Text,Company,City,Date\nA,B,C,D,{cell}\n")
    assert parsed.rows[0].published is None
    (notice,) = [notice for notice in parsed.warnings if notice.row]  # of the file it is asked, too
    assert (notice.row, notice.column, notice.value, notice.code) == (2, "Date", cell, code)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("15k-30k", 15_000, 30_000),
        ("15K-25K·14薪", 15_000, 25_000),
        ("5-8k", 5_000, 8_000),
        ("8千-1.2万/月", 8_000, 12_000),
        ("8000-1.2万", 8_000, 12_000),
        ("1-1.5万/月", 10_000, 15_000),
        ("24-36万/年", 20_000, 30_000),
        ("年薪12万", 10_000, 10_000),
        ("200元/天", 4_350, 4_350),
        ("￥8,000 - ￥12,000", 8_000, 12_000),
        ("$120,000 - $150,000 a year", 10_000, 12_500),
        ("1万以上", 10_000, None),
        ("up to 50k", None, 50_000),
        ("10000", 10_000, 10_000),
        ("面议", None, None),
        ("薪资面议", None, None),
        ("Competitive", None, None),
        ("nan", None, None),
    ],
)
def test_a_salary_is_read_in_the_forms_that_people_write(cell, low, high):
    row = one("title,salary", "A", cell)
    assert (row.salary_low, row.salary_high) == (low, high)


def test_a_salary_in_two_columns_is_one():
    row = one("title,salary_min,salary_max", "A", "8000", "12000")
    assert (row.salary_low, row.salary_high) == (8_000, 12_000)


def test_a_salary_that_cannot_be_read_is_a_warning():
    parsed = read("Title,Text,Company,City,Date,Salary\nA,B,C,D,2026-03-01,lots\n")
    assert [(notice.column, notice.value, notice.code) for notice in parsed.warnings] == [
        ("Salary", "lots", "unreadable_salary")
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "['SQL', '数据库']",
        '["SQL", "数据库"]',
        "SQL;数据库",
        "SQL，数据库",
        "SQL、数据库、SQL",
        "SQL | 数据库",
        "('SQL', '数据库')",
    ],
)
def test_labels_are_read_from_lists_of_every_kind(cell):
    assert one("title,skillLables", "A", cell).skills == ("SQL", "数据库")


@pytest.mark.parametrize("cell", ["[", "[" * 5_000, "['a'", "__import__('os')", "[1, [2]]", "{1: 2}", "[]"])
def test_a_hostile_list_literal_is_only_text(cell):
    assert all(isinstance(label, str) for label in one("title,skills", "A", cell).skills)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<p>Use <b>SQL</b> &amp; R&D.</p><ul><li>One</li><li>Two</li></ul>", "Use SQL & R&D.\n\nOne\n\nTwo"),
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
        ("&lt;p&gt;SQL&amp;nbsp;Server&lt;/p&gt;", "SQL Server"),
        ("x<script>alert('SQL')</script>y<!-- SQL -->z", "x y z"),
        ("age <35, List<String>, a && b, AT&T", "age <35, List<String>, a && b, AT&T"),
        ("a\u00a0b\u3000c\t\td  \r\n  e\x00\u200b", "a b c d\ne"),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_a_text_is_plain_whatever_it_was_copied_from(cell, expected):
    assert one("title,text", "A", cell).text == expected


@pytest.mark.parametrize("bait", ["<", "<p", "<!--", "<script>", "&lt;", "&#", "\n ", "&amp;lt;p"])
def test_hostile_html_stays_quick(bait):
    parsed = read(json.dumps({"title": "A", "text": bait * (130_000 // len(bait))}), name="a.jsonl")
    assert parsed.rows_read == 1


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("数据分析师", "负责数据分析", "zh"),
        ("数据分析师", "熟悉Python、SQL、Tableau、PowerBI", "zh"),
        ("Analyst", "Use SQL every day in our 北京 office.", "en"),
        ("Analyst", "Café, naïve – “SQL”", "en"),
        ("数据分析师", "", "zh"),
    ],
)
def test_a_posting_is_chinese_where_chinese_dominates(title, text, language):
    assert one("title,text", title, text).language == language
