"""Numbers are worked out by hand; intervals are held to the functions that the golden examples try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from curricula.analysis.attainment import Attainment, combined_attainment, mean_only_interval
from curricula.analysis.training.attained import (
    SHARE,
    Sheet,
    ability_attainment,
    evidence_of,
    newest,
    over_courses,
    pooled,
    shown,
    sorted_out,
    term_end,
    weakest_objective,
)

EXAM = Sheet(
    key=1, course="C1", term="2024-2025-1", group="1", objective="CO1", indicator="", part="exam", weight=0.5,
    full=40, mean=31.2, spread=5.6, attained=None, expected=0.7, reached=None, students=45, indirect=False,
    set_on=None,
)  # fmt: skip
LAB = replace(EXAM, key=2, part="lab report", weight=0.3, full=30, mean=24.6, spread=3.0)
PROJECT = replace(EXAM, key=3, part="project", weight=0.2, full=20, mean=16.1, spread=2.8)


def of(*sheets):
    return pooled(newest(sorted_out(sheets).shown))


def test_a_course_s_attainment_is_that_of_the_golden_example():
    found = shown(of(EXAM, LAB, PROJECT))
    assert found.value.value == pytest.approx(0.797)
    assert (found.value.low, found.value.high) == (
        pytest.approx(0.758545, abs=1e-6),
        pytest.approx(0.835455, abs=1e-6),
    )
    assert (found.target, found.verdict, found.spread_known, found.students) == (pytest.approx(0.7), "met", True, 45)


def test_groups_of_fewer_than_ten_are_counted_and_not_shown():
    found = sorted_out([EXAM, replace(LAB, students=9), replace(PROJECT, students=10)])
    assert ([each.key for each in found.shown], found.hidden) == ([1, 3], (2,))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"students": None}, "no_students"),
        ({"students": 0}, "no_students"),
        ({"mean": None}, "no_result"),
        ({"mean": 41}, "above_full"),
        ({"mean": None, "reached": 46}, "more_than_all"),
    ],
)
def test_rows_that_cannot_be_read_say_why(changed, reason):
    found = sorted_out([replace(EXAM, **changed)])
    assert (found.shown, found.unusable) == ((), {1: reason})


def test_an_attainment_that_is_only_written_down_has_the_widest_interval():
    found = shown(of(replace(EXAM, full=None, mean=None, spread=None, attained=0.78)))
    assert (found.value.value, found.value.low, found.value.high) == (0.78, *mean_only_interval(0.78, 45))
    assert not found.spread_known


def test_classes_are_pooled_by_their_students():
    small = replace(EXAM, key=4, group="2", students=15, mean=24, spread=5.6)
    (found,) = of(EXAM, small)
    assert (found.students, found.keys) == (60, (1, 4))
    assert found.ratio == pytest.approx(0.735)  # (45 × .78 + 15 × .6) ÷ 60
    # within: (44 + 14) × .14² = 1.1368; between: 45 × .045² + 15 × .135² = .3645; √(1.5013 ÷ 59)
    assert found.spread == pytest.approx(0.159518, abs=1e-6)


def test_only_the_newest_term_of_a_course_counts():
    old = replace(EXAM, key=9, term="2023-2024-1", mean=10)
    assert [each.key for each in newest([old, EXAM, replace(EXAM, key=5, course="C2", term="2023-2024-2")])] == [1, 5]


def test_without_weights_parts_count_by_their_marks_and_some_weights_alone_say_nothing():
    none = [replace(each, weight=None) for each in (EXAM, LAB)]
    found = shown(of(*none))
    assert found.value.value == pytest.approx((31.2 + 24.6) / 70)
    assert found.by_full_marks
    assert shown(of(EXAM, none[1])).reason == "some_weights"
    written = [replace(each, full=None, mean=None, attained=0.8) for each in none]
    assert shown(of(*written)).reason == "no_weights"
    assert shown([]).reason == "no_parts"


def test_a_target_that_a_part_does_not_state_leaves_no_verdict():
    found = shown(of(EXAM, replace(LAB, expected=None)))
    assert (found.target, found.verdict) == (None, "")
    assert found.value is not None


def test_shares_of_students_are_their_own_scale():
    reached = replace(EXAM, full=None, mean=None, spread=None, reached=38)
    found = ability_attainment({"C1": of(reached)}, lambda course: 8.0)
    wilson = combined_attainment([(38, 45)], [1], rho=1)
    assert (found.scale, found.value) == (SHARE, wilson)
    assert found.value.low == pytest.approx(0.712161, abs=1e-6)
    mixed = ability_attainment({"C1": of(reached), "C2": of(replace(LAB, course="C2"))}, lambda course: 8.0)
    assert [part.course for part in mixed.parts] == ["C2"]


def test_over_courses_the_hours_of_the_ability_weigh():
    found = [shown(of(EXAM)), shown(of(replace(LAB, course="C2")))]  # .78 and .82
    assert over_courses(found, [30, 10]).value.value == pytest.approx(0.79)
    assert over_courses(found, [0, 0]).value.value == pytest.approx(0.80)
    first, second = (each.value for each in found)
    low = 0.75 * first.low + 0.25 * second.low  # with the same students the ends add up
    assert over_courses(found, [30, 10]).value.low == pytest.approx(low)
    silent = shown(of(EXAM, replace(LAB, weight=None)))
    assert (over_courses([found[0], silent], [1, 1]).value, over_courses([found[0], silent], [1, 1]).reason) == (
        None,
        "some_weights",
    )


def test_a_course_whose_rows_name_abilities_speaks_for_these_alone():
    parts = of(replace(EXAM, indicator="3.1"), LAB, replace(PROJECT, course="C2"))
    found = evidence_of(parts, {"3.1": "a"}, {"C1": ["a", "b"], "C2": ["b", "c"]})
    assert {ability: {c: [p.part for p in ps] for c, ps in by.items()} for ability, by in found.items()} == {
        "a": {"C1": ["exam"]},
        "b": {"C2": ["project"]},
        "c": {"C2": ["project"]},
    }


def test_an_indicator_may_name_an_ability_that_its_course_does_not_serve():
    assert list(evidence_of(of(replace(EXAM, indicator="3.1")), {"3.1": "z"}, {"C1": ["a"]})) == ["z"]


def test_a_target_set_after_the_term_s_results_is_flagged():
    late, early = (shown(of(replace(EXAM, set_on=day))) for day in (date(2025, 2, 1), date(2024, 9, 1)))
    assert (late.tuned, early.tuned) == (True, False)


@pytest.mark.parametrize(
    ("term", "end"),
    [
        ("2024-2025-1", date(2025, 1, 31)),
        ("2024-2025学年第二学期", date(2025, 7, 31)),
        ("2024秋", date(2025, 1, 31)),
        ("2025春", date(2025, 7, 31)),
        ("2024-2025", None),
        ("autumn", None),
    ],
)
def test_a_term_ends_with_its_results(term, end):
    assert term_end(term) == end


def test_the_weakest_objective_stands_beside_what_chance_would_make_of_it():
    rows = of(EXAM, replace(LAB, objective="CO2"), replace(PROJECT, objective="CO3"))
    found = weakest_objective(rows)
    assert (found.name, found.minimum) == ("CO1", pytest.approx(0.78))
    assert found.expected < 0.8017  # the mean of the three
    assert weakest_objective(of(EXAM, LAB)) is None  # one objective


def test_no_value_is_no_verdict():
    assert over_courses([shown([])], [1.0]).verdict == ""
    assert Attainment(0.5, 0.4, 0.6) == Attainment(0.5, 0.4, 0.6)
