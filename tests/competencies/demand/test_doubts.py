"""What a file of demand leaves open is asked: which number is the month, whether 0 is an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from competencies.demand.readers.postings import ParsedPostings, read_postings
from competencies.demand.readers.surveys import ParsedSurvey, read_survey
from competencies.tabular.choices import Choices

COLLECTED = date(2026, 9, 30)
ABILITIES = {"mk1": "MK.1"}


def postings(*days: str, **answers: str) -> ParsedPostings:
    rows = "".join(f"Trader {number},{day}\n" for number, day in enumerate(days))
    choices = Choices(answers=answers)
    return read_postings(f"title,date\n{rows}".encode(), name="p.csv", today=COLLECTED, choices=choices)


def survey(*answers: int, **said: Any) -> ParsedSurvey:
    rows = "".join(f"E{number},{answer},3\n" for number, answer in enumerate(answers))
    data = f"respondent,importance: MK.1,competence: MK.1\n{rows}".encode()
    return read_survey(data, name="s.csv", abilities=ABILITIES, choices=Choices(answers=said))


def days(parsed: ParsedPostings) -> list[date | None]:
    return [row.published for row in parsed.rows]


@pytest.mark.parametrize(("order", "read"), [("dmy", date(2026, 4, 3)), ("mdy", date(2026, 3, 4))])
def test_the_order_of_day_and_month_is_asked_and_taken(order: str, read: date) -> None:
    asked = postings("03/04/2026")
    assert [(doubt.code, doubt.answer) for doubt in asked.doubts] == [("order_of_dates", "")]
    assert days(asked) == [None]
    answered = postings("03/04/2026", order_of_dates=order)
    assert [(doubt.code, doubt.answer) for doubt in answered.doubts] == [("order_of_dates", order)]
    assert days(answered) == [read]


def test_one_row_tells_the_order_of_all() -> None:
    parsed = postings("03/04/2026", "21/04/2026")
    assert days(parsed) == [date(2026, 4, 3), date(2026, 4, 21)]
    assert not parsed.doubts


def test_rows_that_disagree_tell_nothing() -> None:
    assert len(postings("03/04/2026", "21/04/2026", "04/21/2026").doubts) == 1


def test_a_rare_zero_is_asked_and_taken_as_was_said() -> None:
    asked = survey(0, 5, 4, 5)
    assert [(doubt.code, doubt.answer) for doubt in asked.doubts] == [("rare_zeros", ""), ("scale", "")]
    assert [problem.code for problem in asked.warnings].count("rare_zeros") == 1
    assert (survey(0, 5, 4, 5, rare_zeros="lowest").scale, len(asked.rows)) == ((0, 5), 4)
    without = survey(0, 5, 4, 5, rare_zeros="not_applicable")
    assert without.scale == (1, 5)
    assert [(row.importance, row.competence) for row in without.rows] == [(None, 3), (5, 3), (4, 3), (5, 3)]


def test_a_zero_that_many_gave_is_not_asked() -> None:
    assert [doubt.code for doubt in survey(0, 0, 0, 5).doubts] == ["scale"], "what was found can be changed"
