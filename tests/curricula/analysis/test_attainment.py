from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import wilson_interval
from curricula.analysis.attainment import (
    attainment_finding,
    attainment_ratio,
    attainment_share,
    combined_attainment,
    distinct_evidence,
    expected_minimum,
    is_saturated,
    is_tuned,
    mean_only_interval,
    part_ratios,
    verdict,
    verdicts_around,
    weakest_point,
)
from tests.analysis_properties import counts_of_postings, quick


def parts(*rows):
    return pd.DataFrame(rows, columns=["weight", "mean", "full", "sd", "n"])


@quick
@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0, 1), st.floats(0, 0.4)), min_size=1, max_size=5))
def test_the_parts_of_one_group_add_up_with_their_errors(rows):
    found = attainment_ratio(parts(*((weight, 20 * ratio, 20, 20 * sd, 30) for weight, ratio, sd in rows)))
    total = sum(weight for weight, _, _ in rows)
    low = high = 0.0
    for weight, ratio, sd in rows:
        half = stats.t.ppf(0.975, 29) * sd / 30**0.5
        low += weight / total * max(ratio - half, 0)
        high += weight / total * min(ratio + half, 1)
    assert found.value == pytest.approx(sum(weight * ratio for weight, ratio, _ in rows) / total)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_part_without_a_spread_has_the_widest_interval_it_can_have():
    each = part_ratios(parts((1, 12, 20, np.nan, 40), (1, 12, 20, 3, 40), (1, 12, 20, 3, 1)))
    assert (each["low"][0], each["high"][0]) == mean_only_interval(0.6, 40)
    assert each["low"][0] < each["low"][1] < 0.6 < each["high"][1] < each["high"][0]
    assert (each["low"][2], each["high"][2]) == mean_only_interval(0.6, 1)


def test_a_higher_level_widens_every_part():
    narrow, wide = (attainment_ratio(parts((1, 12, 20, 3, 40)), level=level) for level in (0.90, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([], UndefinedMeasure, "No part with a weight"),
        ([(0, 1, 2, 1, 10)], UndefinedMeasure, "No part with a weight"),
        ([(1, 1, 2, np.nan, 0)], UndefinedMeasure, "No student"),
        ([(1, 3, 2, 1, 10)], ValueError, "mean ÷ full mark"),
        ([(1, 1, 0, 1, 10)], ValueError, "full marks"),
        ([(-1, 1, 2, 1, 10)], ValueError, "weights"),
    ],
)
def test_marks_that_cannot_be_added_up_say_why(rows, error, message):
    with pytest.raises(error, match=message):
        attainment_ratio(parts(*rows))


@quick
@given(counts_of_postings(60))
def test_a_mean_of_zeros_and_ones_has_the_interval_of_a_share(counts):
    k, n = counts
    assert mean_only_interval(k / n, n) == pytest.approx(wilson_interval(k, n))


@quick
@given(counts_of_postings(60), st.sampled_from([[0.5], [0.5, 0.6, 0.7], [0.25, 0.75]]))
def test_a_level_is_the_number_of_steps_that_a_share_reaches(counts, steps):
    k, n = counts
    found = attainment_share(k, n, steps=steps, target=0.5)
    assert found.level == sum(k >= round(step * 100) * n / 100 for step in steps)
    assert found.level_low <= found.level <= found.level_high
    low, high = wilson_interval(k, n)
    assert (found.low, found.high, found.share) == (low, high, k / n)
    assert found.verdict == ("met" if low >= 0.5 else "not_met" if high < 0.5 else "open")


def test_shares_of_nobody_and_steps_that_fall_are_refused():
    with pytest.raises(UndefinedMeasure, match="No student"):
        attainment_share(0, 0, steps=[0.5], target=0.5)
    with pytest.raises(UndefinedMeasure, match="No student"):
        mean_only_interval(0.5, 0)
    with pytest.raises(ValueError, match="steps must rise"):
        attainment_share(1, 2, steps=[0.6, 0.5], target=0.5)
    with pytest.raises(ValueError, match=r"students who reached it \(3\)"):
        attainment_share(3, 2, steps=[0.5], target=0.5)


@quick
@given(st.lists(counts_of_postings(50), min_size=1, max_size=4), st.floats(0, 1))
def test_courses_are_combined_by_the_double_sum_over_their_limits(rates, rho):
    weights = np.arange(1, len(rates) + 1) / sum(range(1, len(rates) + 1))
    found = combined_attainment(rates, weights * 7, rho=rho)
    ends = [(k / n, *wilson_interval(k, n)) for k, n in rates]
    value = sum(w * share for w, (share, _, _) in zip(weights, ends, strict=True))
    for end, ours, sign in ((1, found.low, -1), (2, found.high, 1)):
        far = [w * abs(each[end] - each[0]) for w, each in zip(weights, ends, strict=True)]
        total = sum((1 if i == j else rho) * far[i] * far[j] for i, j in product(range(len(far)), repeat=2))
        assert ours == pytest.approx(min(max(value + sign * total**0.5, 0), 1))
    assert found.value == pytest.approx(value)
    same = combined_attainment(rates, weights, rho=1)
    assert same.low <= found.low + 1e-12
    assert found.high <= same.high + 1e-12


def test_courses_without_weight_or_students_have_no_share():
    with pytest.raises(UndefinedMeasure, match="weight"):
        combined_attainment([(1, 2)], [0], rho=1)
    with pytest.raises(UndefinedMeasure, match="No student"):
        combined_attainment([(1, 2), (0, 0)], [1, 1], rho=1)
    with pytest.raises(ValueError, match="rho"):
        combined_attainment([(1, 2)], [1], rho=1.5)
    with pytest.raises(ValueError, match="one shape"):
        combined_attainment([(1, 2)], [1, 1], rho=1)


@pytest.mark.parametrize(("share", "students", "points"), [(0.75, 12, 3), (0.2, 5, 2), (1.0, 4, 4), (0.5, 30, 1)])
def test_the_expected_minimum_is_that_of_all_combinations(share, students, points):
    chance = stats.binom.pmf(np.arange(students + 1), students, share)
    slow = sum(
        min(counts) / students * float(np.prod(chance[list(counts)]))
        for counts in product(range(students + 1), repeat=points)
    )
    assert expected_minimum(share, students, points) == pytest.approx(slow)


def test_the_weakest_point_is_named_beside_what_chance_would_give():
    found = weakest_point({"3.1": 0.8, "3.2": 0.7, "3.3": 0.7}, 45)
    assert (found.name, found.minimum) == ("3.2", 0.7)
    assert found.expected == pytest.approx(expected_minimum(2.2 / 3, 45, 3))
    with pytest.raises(UndefinedMeasure, match="no indicator point"):
        weakest_point({}, 45)


def test_evidence_that_is_shared_is_counted_once_in_whatever_order_it_stands():
    found = distinct_evidence({"a": ["x", "y"], "b": ["y", "x"], "c": [], "d": ["x"]})
    assert (found.abilities, found.distinct_sets, found.shared, found.abilities_that_share) == (3, 2, [["a", "b"]], 2)


MET, MISSED, BETWEEN = (0.85, 0.8, 0.9), (0.5, 0.4, 0.6), (0.7, 0.6, 0.8)


@pytest.mark.parametrize(
    ("wanted", "hours", "exposure", "practice", "attainment", "expected"),
    [
        (True, 0, "below", "below", MET, "evidence_without_teaching"),
        (True, 0, "below", "below", None, ""),
        (False, 9, "within", "within", None, ""),
        (True, 9, "unknown", "unknown", None, "no_evidence"),
        (True, 9, "below", "within", BETWEEN, "attainment_open"),
        (True, 9, "above", "within", MISSED, "practised_not_attained"),
        (False, 9, "above", "within", MISSED, ""),
        (True, 9, "within", "unsure", MISSED, ""),
        (True, 9, "within", "below", MISSED, "short_and_not_attained"),
        (True, 9, "within", "below", MET, "attained_though_short"),
        (True, 9, "unsure", "unknown", MET, "attained"),
        (False, 9, "within", "within", MET, "attained"),
    ],
)
def test_findings_follow_the_first_rule_that_applies(wanted, hours, exposure, practice, attainment, expected):
    found = attainment_finding(
        wanted=wanted,
        exposure_hours=hours,
        exposure_status=exposure,
        practice_status=practice,
        attainment=attainment,
        target=0.7,
    )
    assert found == expected


def test_a_verdict_is_shown_around_its_target():
    assert verdicts_around(0.71, 0.9, 0.7) == ("met", "met", "open")
    assert verdicts_around(0.6, 0.72, 0.7) == ("open", "open", "not_met")
    assert verdict(0.1 + 0.2, 0.9, 0.3) == "met"  # which floats would miss


def test_flags_of_targets_set_late_and_of_records_that_tell_nothing_apart():
    assert is_tuned(date(2026, 7, 2), date(2026, 7, 1))
    assert not is_tuned(date(2026, 7, 1), date(2026, 7, 1))
    assert not is_tuned(None, date(2026, 7, 1))
    assert is_saturated(["met"] * 95 + ["not_met"] * 5, [3, 2])
    assert not is_saturated(["met"] * 94 + ["not_met"] * 6, [3, 2])
    assert is_saturated(["open"], [3, 3, 3])
    assert not is_saturated([], [3])
