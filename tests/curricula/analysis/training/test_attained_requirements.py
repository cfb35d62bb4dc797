"""Numbers are worked out by hand: the minimum over the points of a requirement, and what its verdict asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curricula.analysis.attainment import expected_minimum
from curricula.analysis.training.attained import Sheet, newest, pooled, sorted_out
from curricula.analysis.training.attained_requirements import point_of, requirements_attained

EXAM = Sheet(
    key=1, course="C1", term="2024-2025-1", group="1", objective="CO1", indicator="3.1", part="exam", weight=0.5,
    full=100, mean=90, spread=5, attained=None, expected=0.7, reached=None, students=40, indirect=False, set_on=None,
)  # fmt: skip


def of(*sheets, names=None):
    return requirements_attained(pooled(newest(sorted_out(sheets).shown)), names or {})


def at(point, mean, **stated):
    return replace(EXAM, key=hash((point, mean)), indicator=point, part=f"{point} {mean}", mean=mean, **stated)


def test_a_requirement_is_attained_as_far_as_its_weakest_point():
    """3.1: .90 of 100; 3.2: (.5 × .60 + .5 × .50) ÷ 1 = .55; 3.10 .80. The lowest is 3.2, and its target is missed."""
    (found,) = of(at("3.1", 90), at("3.2", 60), at("3.2", 50), at("3.10", 80))
    assert (found.requirement, [each.point for each in found.points]) == ("3", ["3.1", "3.2", "3.10"])
    assert (found.weakest.name, found.weakest.minimum) == ("3.2", pytest.approx(0.55))
    assert found.weakest.expected == pytest.approx(expected_minimum((0.9 + 0.55 + 0.8) / 3, 40, 3))
    assert (found.lowest.point, found.verdict) == ("3.2", "not_met")


def test_points_of_two_requirements_are_never_mixed():
    found = of(at("3.1", 90), at("10.1", 60), at("2.4", 75))
    assert [(each.requirement, each.weakest.name) for each in found] == [("2", "2.4"), ("3", "3.1"), ("10", "10.1")]


def test_a_point_is_shown_by_several_courses_each_alike():
    (found,) = of(at("3.1", 90), at("3.1", 60, course="C2"))
    assert found.weakest.minimum == pytest.approx(0.75)  # (.9 + .6) ÷ 2
    assert found.points[0].courses == ("C1", "C2")


def test_met_needs_every_point_and_a_point_without_a_target_leaves_it_unsaid():
    assert of(at("3.1", 90), at("3.2", 80))[0].verdict == "met"
    assert of(at("3.1", 90), at("3.2", 80, expected=None))[0].verdict == ""
    assert of(at("3.1", 50), at("3.2", 80, expected=None))[0].verdict == "not_met"
    assert of(at("3.1", 90), at("3.2", 70, spread=30))[0].verdict == "open"  # .70 (.60–.80) around .70


def test_a_point_without_a_value_is_counted_and_is_not_the_minimum():
    weightless = [at("3.2", 10, weight=0.5), at("3.2", 20, weight=None)]
    (found,) = of(at("3.1", 90), *weightless)
    assert (len(found.points), len(found.valued), found.weakest.name) == (2, 1, "3.1")
    assert found.verdict == ""


def test_marks_and_shares_of_students_are_not_compared():
    """Two points in marks and one in shares: the one has no value beside them."""
    share = replace(EXAM, key=9, indicator="3.3", part="live", full=None, mean=None, spread=None, reached=10)
    (found,) = of(at("3.1", 90), at("3.2", 80), share)
    assert [each.point for each in found.valued] == ["3.1", "3.2"]
    (alone,) = of(share)
    assert (alone.weakest.name, alone.weakest.minimum) == ("3.3", 0.25)


def test_what_names_an_ability_or_nothing_is_no_point_unless_its_code_is_a_number():
    assert of(at("MK.3", 90), at("", 80)) == ()
    (found,) = of(at("Analyse a market", 90), names={"Analyse a market": "4.2"})
    assert (found.requirement, found.weakest.name) == ("4", "4.2")


@pytest.mark.parametrize(
    ("said", "point"),
    [("3.1", ("3", "3.1")), ("毕业要求3.1", ("3", "3.1")), ("12-2", ("12", "12.2")), ("3．1：能够", ("3", "3.1")),
     ("3.1.2", ("3", "3.1.2")), ("2024-09-01", None), ("3", None), ("0.75%", None), ("CO1", None)],
)  # fmt: skip
def test_points_are_known_by_their_numbers(said, point):
    assert point_of(said) == point


def test_groups_too_small_stand_in_no_minimum():
    (found,) = of(at("3.1", 90), at("3.2", 10, students=9))
    assert (len(found.points), found.weakest.name) == (1, "3.1")
