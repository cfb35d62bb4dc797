"""Checks against thresholds, each with its numbers worked out by hand."""

from __future__ import annotations

import pytest

from curricula.analysis.training.checks import MostCheck, RatioCheck, light, part_check


def test_half_of_five_are_three_and_one_not_stated_may_be_the_third():
    check = part_check([True, True, None, False, False], least=0.5)
    assert (check.holds, check.unknown, check.total, check.needed) == (2, 1, 5, 3)
    assert (check.verdict, check.short) == ("open", 1)


def test_a_part_is_met_without_those_that_are_not_stated():
    assert part_check([True, True, True, None], least=0.75).verdict == "met"


def test_a_part_is_not_met_even_with_those_that_are_not_stated():
    check = part_check([True, None, False, False], least=0.75)  # 3 needed, 2 at best
    assert (check.verdict, check.short) == ("not_met", 2)


def test_three_of_ten_are_thirty_percent_whatever_floats_say():
    assert part_check([True] * 3 + [False] * 7, least=0.3).verdict == "met"


def test_thirty_seats_for_eighty_students_lack_ten_to_one_half():
    check = RatioCheck(30, 80, 0.5)  # 40 wanted
    assert (check.value, check.verdict, check.short) == (0.375, "not_met", 10)
    assert RatioCheck(40, 80, 0.5).verdict == "met"


def test_a_count_at_its_limit_is_met():
    assert (MostCheck(2, 2).verdict, MostCheck(2, 2).short) == ("met", 0)
    assert (MostCheck(3, 2).verdict, MostCheck(3, 2).short) == ("not_met", 1)


@pytest.mark.parametrize(
    ("verdicts", "colour"),
    [
        ([], "grey"),
        ([None, None], "grey"),
        (["open"], "grey"),
        (["met"], "green"),
        (["met", None], "green"),
        (["met", "open"], "amber"),
        (["met", "not_met"], "amber"),
        (["open", "not_met"], "amber"),
        (["not_met", None], "red"),
    ],
)
def test_no_light_is_red_for_want_of_evidence(verdicts: list[object], colour: str):
    assert light(verdicts) == colour  # type: ignore[arg-type]
