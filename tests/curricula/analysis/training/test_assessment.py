from __future__ import annotations

import pytest

from curricula.analysis.training.assessment import (
    CourseAssessment,
    Part,
    ability_assessments,
    course_assessments,
)
from curricula.analysis.training.spans import Span


def part(weight, practical=None, *, course="C", assessor=""):
    return Part(1, course, "part", weight, practical, assessor)


def one(*parts):
    (found,) = course_assessments(parts)
    return found


def test_the_practical_part_is_the_weight_of_the_practical_parts():
    found = one(part(0.5, False), part(0.3, True), part(0.2, True))
    assert (found.weight, found.practical, found.reason) == (1, Span(0.5, 0.5), "")
    assert found.practical.exact


def test_parts_of_which_nobody_says_whether_they_are_practical_leave_two_ends():
    found = one(part(0.6, False), part(0.3, True), part(0.1))
    assert found.practical == Span(0.3, 0.4)
    assert not found.practical.exact


@pytest.mark.parametrize(
    ("weights", "reason"),
    [([None, None], "no_weights"), ([0.5, None], "some_weights"), ([0.5, 0.3], "weights_sum"),
     ([0.7, 0.4], "weights_sum")],
)  # fmt: skip
def test_without_the_whole_grade_the_practical_part_is_undefined(weights, reason):
    found = one(*(part(weight, True) for weight in weights))
    assert (found.practical, found.enterprise, found.reason) == (None, None, reason)


def test_weights_that_were_rounded_to_percents_still_make_a_grade():
    assert one(part(0.333, True), part(0.333, False), part(0.333, False)).practical == Span(0.333, 0.333)


def test_the_enterprise_s_say_is_unknown_where_no_assessor_is_stated():
    assert one(part(1.0, True)).enterprise is None
    found = one(
        part(0.6, False, assessor="school"), part(0.3, True, assessor="both"), part(0.1, True, assessor="enterprise")
    )
    assert found.enterprise == 0.4  # 0.3 together with the school, 0.1 alone


def known(course, low, high=None):
    return CourseAssessment(course, (), 1.0, Span(low, low if high is None else high), None, "")


def test_an_ability_takes_the_practical_part_of_its_courses_by_the_hours_they_give_it():
    courses = [known("A", 0.2), known("B", 0.6, 0.8), CourseAssessment("C", (), None, None, None, "no_weights")]
    (found,) = ability_assessments(courses, {"a": {"A": 30.0, "B": 10.0, "C": 8.0, "D": 0.0}})
    assert found.practical.low == pytest.approx(0.3)  # (30 × .2 + 10 × .6) ÷ 40
    assert found.practical.high == pytest.approx(0.35)
    assert found.covered == pytest.approx(40 / 48)
    assert (found.courses, found.unknown) == (("A", "B"), ("C",))


def test_an_ability_without_hours_or_without_known_parts_is_undefined():
    silent, none = ability_assessments([known("A", 0.2)], {"a": {"B": 8.0}, "b": {"A": 0.0}})
    assert (silent.practical, silent.covered, silent.reason) == (None, 0, "no_parts")
    assert (none.practical, none.covered, none.reason) == (None, None, "no_hours")
