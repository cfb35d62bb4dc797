"""What survey sites export of a questionnaire, in the layouts that they have."""

from __future__ import annotations

from datetime import date

import pytest

from competencies.tabular.problems import UnreadableFile
from curricula.interchange.questionnaire import meaning_of, read_answers


def read(text: str):
    return read_answers(text.encode(), name="answers.csv")


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("3、(1)培养内容不完整", "content"),
        ("Q2. Should schools and enterprises be trained together", "cooperation"),
        ("6(软硬件投入不足)", "equipment"),
        ("师资投入不足", "teacher_numbers"),
        ("师资水平不高", "teacher_quality"),
        ("培养投入不足", "investment"),
        ("理论与实践脱节", "theory_practice"),
        ("目前的主要问题（多选）", "options"),
        ("1、您的身份：", "audience"),
        ("提交答卷时间", "answered"),
        ("来自IP", ""),
        ("您的姓名", ""),
        ("所用时间", ""),
    ],
)
def test_a_header_is_known_by_the_words_of_its_question(header, meaning):
    assert meaning_of(header) == meaning


def test_a_scale_of_five_is_read_as_yes_no_and_cannot_say_and_that_is_told():
    found = read("序号,内容不完整,创新不足\n1,5,1\n2,3,0\n3,2,1\n")
    assert [row.answers["content"] for row in found.rows] == ["yes", "unsure", "no"]
    assert [row.answers["innovation"] for row in found.rows] == ["yes", "no", "yes"]  # 0 and 1 are no scale
    assert [problem.code for problem in found.warnings] == ["scale_read"]


def test_ticked_problems_are_taken_apart_and_what_nobody_ticked_is_not_asked():
    found = read("序号,主要问题\n1,内容不完整┋创新不足\n2,创新不足\n3,以上都没有\n")
    assert [dict(row.answers) for row in found.rows] == [
        {"content": "yes", "innovation": "yes"},
        {"content": "no", "innovation": "yes"},
        {"content": "no", "innovation": "no"},
    ]
    assert found.questions == ("content", "innovation")


def test_addresses_of_machines_and_names_are_dropped_and_told_apart():
    found = read("序号,来自IP,姓名,内容不完整\n1,10.0.0.1,张三,是\n")
    assert {problem.code for problem in found.warnings} == {"machines_dropped", "names_dropped"}
    assert "10.0.0.1" not in str(found)
    assert "张三" not in str(found.rows)


def test_the_day_is_kept_and_not_the_minute():
    found = read("序号,提交答卷时间,内容不完整\n1,2026/6/1 9:30:12,是\n2,someday,是\n")
    assert [row.answered for row in found.rows] == [date(2026, 6, 1), None]
    assert [problem.code for problem in found.warnings] == ["unreadable_date"]


def test_a_number_that_stands_twice_and_an_answer_of_no_meaning_are_refused_by_row():
    found = read("序号,内容不完整\n1,是\n1,否\n2,或许\n")
    assert [(problem.code, problem.row) for problem in found.refusals] == [("number_twice", 3), ("unknown_answer", 4)]


def test_rows_without_an_answer_are_left_out_and_told():
    found = read("序号,内容不完整,来源\n1,是,微信\n2,,链接\n")
    assert len(found.rows) == 1
    assert [problem.code for problem in found.warnings] == ["nothing_answered"]


def test_a_file_without_a_question_is_refused_as_a_whole():
    with pytest.raises(UnreadableFile, match="No column of this questionnaire"):
        read("序号,姓名\n1,张三\n")
