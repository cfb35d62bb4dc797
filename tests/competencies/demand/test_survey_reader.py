from __future__ import annotations

from typing import Any

import pytest

from competencies.demand.readers.surveys import ParsedSurvey, read_survey
from competencies.tabular.column_names import unambiguous
from competencies.tabular.problems import UnreadableFile
from tests.competencies.demand.saving import taken

ABILITIES = unambiguous(
    [
        ("MK.1", "MK.1"),
        ("Search advertising", "MK.1"),
        ("搜索广告", "MK.1"),
        ("DA.1", "DA.1"),
        ("Statistics", "DA.1"),
        ("统计", "DA.1"),
        ("Twice", "DA.1"),
        ("twice", "MK.1"),
    ]
)
WIDE = """respondent,importance: Search advertising,competence: MK.1,Statistics (importance),DA.1 - competence
E1,5,3,4,4
E2,4,,3,2
"""
ANSWERS = [("E1", "MK.1", 5, 3), ("E1", "DA.1", 4, 4), ("E2", "MK.1", 4, None), ("E2", "DA.1", 3, 2)]


def read(text: str, *, name: str = "survey.csv", **options: Any) -> ParsedSurvey:
    return read_survey(text.encode(), name=name, abilities=ABILITIES, **options)


def answers(parsed: ParsedSurvey) -> list[tuple[str, str, float | None, float | None]]:
    return [(row.respondent, row.ability, row.importance, row.competence) for row in parsed.rows]


def refused(text: str, **options: Any) -> list[tuple[int, str, str, str]]:
    return [(n.row, n.column, n.value, n.code) for n in read(text, **options).refusals]


def test_two_columns_an_ability_are_read_whichever_way_they_are_named() -> None:
    parsed = read(WIDE)
    assert answers(parsed) == ANSWERS
    assert (parsed.rows_read, parsed.respondents, parsed.refusals) == (2, 2, ())


def test_chinese_headers_with_their_scale_are_read() -> None:
    parsed = read(
        "编号,搜索广告重要性（1-5）,搜索广告掌握程度（1-5）,重要性：统计,掌握程度-统计\nE1,5,3分,4,4\nE2,4,,非常重要(3),2\n"
    )
    assert answers(parsed) == ANSWERS
    assert (parsed.scale, parsed.scale_assumed) == ((1, 5), False)


def test_a_header_of_two_rows_is_joined() -> None:
    parsed = read(
        "Survey of employers 2026,,,,\n"
        "respondent,Search advertising,,统计,\n"
        ",importance,competence,importance,competence\nE1,5,3,4,4\nE2,4,,3,2\n"
    )
    assert answers(parsed) == ANSWERS


def test_one_row_a_respondent_and_an_ability_says_the_same() -> None:
    rows = "".join(f"{who},{what},{i},{c if c is not None else ''}\n" for who, what, i, c in ANSWERS)
    assert answers(read("respondent,ability,importance,competence\n" + rows)) == ANSWERS


@pytest.mark.parametrize(
    ("values", "scale"), [("4,2", (1, 5)), ("0,5", (0, 5)), ("7,1", (1, 7)), ("10,1", (1, 10)), ("70,0", (0, 100))]
)
def test_a_scale_that_nobody_states_is_the_first_usual_one_that_fits_and_is_called_assumed(
    values: str, scale: tuple[int, int]
) -> None:
    parsed = read(f"id,importance: MK.1,competence: MK.1\n1,{values}\n")
    assert (parsed.scale, parsed.scale_assumed) == (scale, True)
    assert "scale_assumed" in [notice.code for notice in parsed.warnings]


def test_an_answer_outside_the_stated_scale_refuses_the_file() -> None:
    text = "id,importance: MK.1,competence: MK.1\n1,6,3\n"
    assert refused(text, scale=(1, 5)) == [(2, "importance", "6", "outside_scale")]
    assert refused(text, scale=(1, 7)) == []


@pytest.mark.parametrize(("header", "stated"), [("importance: MK.1", (-2, 2)), ("importance: MK.1 (-2 to 2)", None)])
def test_a_scale_below_0_is_refused_with_what_to_add(header: str, stated: tuple[int, int] | None) -> None:
    parsed = read(f"id,{header}\n1,-1\n2,2\n", scale=stated)
    assert [(notice.value, notice.code) for notice in parsed.refusals] == [("-2–2", "scale_below_0")]
    assert "Add 2 to every answer, so that the scale goes from 0 to 4" in parsed.refusals[0].message


def test_what_cannot_be_an_answer_is_refused_with_its_place() -> None:
    text = "id,importance: MK.1,importance: Nothing\n1,very,4\n2,3 or 4,4\n"
    assert refused(text) == [
        (0, "importance: Nothing", "Nothing", "unknown_ability"),
        (2, "importance: MK.1", "very", "unreadable_answer"),
        (3, "importance: MK.1", "3 or 4", "unreadable_answer"),
    ]


def test_a_title_that_two_abilities_share_names_neither() -> None:
    assert [code for *_rest, code in refused("id,ability,importance\n1,Twice,3\n")] == ["unknown_ability"]


def test_a_respondent_answers_once() -> None:
    text = "id,ability,importance,competence\n1,MK.1,5,3\n1,MK.1,5,3\n1,MK.1,4,3\n"
    assert [(row, code) for row, _column, _value, code in refused(text)] == [(4, "answered_twice")]
    assert read(text.rsplit("1,MK.1", 1)[0]).duplicates == 1


@pytest.mark.parametrize(
    "name", ["张伟", "Jane Miller", "jane@example.com", "13812345678", "HR 2026-03-01 Beijing Ltd"]
)
def test_who_answered_is_stored_as_a_code_and_never_by_name(name: str) -> None:
    text = f"respondent,importance: MK.1\n{name},4\n"
    parsed = read(text)
    (row,) = parsed.rows
    assert name not in repr(parsed)
    assert row.respondent == read(text).rows[0].respondent
    assert "respondents_coded" in [notice.code for notice in parsed.warnings]


@pytest.mark.parametrize("code", ["E1", "企业12", "R-007", "42", "n.3b"])
def test_a_code_stays_as_it_stands(code: str) -> None:
    assert read(f"respondent,importance: MK.1\n{code},4\n").rows[0].respondent == code


def test_answers_of_nobody_in_particular_count_one_by_one_and_the_same_in_the_next_import() -> None:
    text = "importance: MK.1,competence: MK.1\n4,3\n4,3\n5,1\n"
    parsed = read(text)
    assert parsed.respondents == 3
    assert answers(parsed) == answers(read(text))
    assert "no_respondent_column" in [notice.code for notice in parsed.warnings]


def test_a_survey_without_competence_is_taken_with_a_warning() -> None:
    assert "no_competence" in [notice.code for notice in read("id,importance: MK.1\n1,4\n").warnings]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a,b\n1,2\n", "missing_columns"), ("", "empty_file"), ("id,ability,importance\n", "no_rows")],
)
def test_a_file_without_answers_is_refused_whole(text: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read(text)
    assert error.value.code == code


def test_a_file_in_which_nobody_answered_is_refused() -> None:
    assert [code for *_rest, code in refused("id,importance: MK.1\n1,\n2,n/a\n")] == ["no_answers"]


def test_other_columns_are_told_and_not_kept() -> None:
    parsed = read("respondent,phone,importance: MK.1,remark\nE1,13812345678,4,call me\n")
    assert parsed.recognised.unused == ["phone", "remark"]
    assert "13812345678" not in repr(parsed)


@pytest.mark.parametrize("name", ["企业", "公司名称", "单位", "用人单位", "employer", "Company"])
def test_an_employer_stands_in_for_the_respondent_and_is_never_named(name: str) -> None:
    rows = "阿里,MK.1,5,3\n阿里,DA.1,4,4\nForever 21,MK.1,4,2\nForever 21,DA.1,3,2\n小红书,MK.1,5,2\n"
    parsed = read(f"{name},ability,importance,competence\n{rows}")
    assert (parsed.rows_read, parsed.respondents, parsed.refusals) == (5, 3, ())
    assert {name: "respondent"}.items() <= taken(parsed).items()
    assert not {"阿里", "Forever 21", "小红书"} & {row.respondent for row in parsed.rows}
    assert "employers_as_respondents" in [notice.code for notice in parsed.warnings]


def test_a_column_of_respondents_goes_before_one_of_employers_wherever_it_stands() -> None:
    parsed = read("企业,编号,importance: MK.1\n甲,E1,5\n甲,E2,4\n")
    assert [row.respondent for row in parsed.rows] == ["E1", "E2"]
    assert parsed.recognised.unused == ["企业"]


def test_two_answers_of_one_employer_ask_for_a_column_of_respondents() -> None:
    parsed = read("公司,importance: MK.1\n甲,5\n甲,4\n")
    assert [(notice.row, notice.code) for notice in parsed.refusals] == [(3, "answered_twice")]
    assert "add a column “respondent”" in parsed.refusals[0].message
