from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import wilson_interval
from curricula.analysis.measures.questionnaires import answer_share, paired_difference
from tests.analysis_properties import counts_of_postings, quick


def wilson(share, n):
    z = stats.norm.ppf(0.975)
    middle, half = share + z**2 / (2 * n), z * (share * (1 - share) / n + z**2 / (4 * n**2)) ** 0.5
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


@quick
@given(counts_of_postings(50), st.integers(1, 200))
def test_a_known_population_narrows_the_interval_and_silence_is_bounded_without_assumption(counts, silent):
    yes, answered = counts
    found = answer_share(yes, answered, answered + silent)
    asked = answered + silent
    assert found.effective == pytest.approx(answered * (asked - 1) / silent)
    assert (found.low, found.high) == pytest.approx(wilson(yes / answered, found.effective), abs=1e-9)
    low, high = wilson_interval(yes, answered)
    assert low - 1e-9 <= found.low <= found.share <= found.high <= high + 1e-9
    assert (found.silent_none, found.silent_all) == (yes / asked, (yes + silent) / asked)
    assert found.silent_none <= found.share <= found.silent_all
    assert found.response == answered / asked


def test_a_census_has_no_interval_and_an_unknown_population_no_correction():
    census = answer_share(14, 30, 30)
    assert (census.effective, census.low, census.high) == (None, 14 / 30, 14 / 30)
    unknown = answer_share(14, 30)
    assert (unknown.low, unknown.high) == wilson_interval(14, 30)
    assert (unknown.effective, unknown.response, unknown.silent_none, unknown.silent_all) == (30.0, None, None, None)


@quick
@given(st.tuples(*[st.integers(0, 30)] * 4).filter(any))
def test_two_options_of_the_same_people_turn_round_with_their_names(cells):
    both, first, second, neither = cells
    found, turned = paired_difference(both, first, second, neither), paired_difference(both, second, first, neither)
    assert found.difference == pytest.approx((first - second) / sum(cells))
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))
    assert -1 - 1e-9 <= found.low <= found.difference <= found.high <= 1 + 1e-9


def test_options_that_are_ticked_together_are_told_apart_more_surely():
    together, apart = paired_difference(40, 10, 0, 50), paired_difference(10, 40, 30, 20)
    assert together.difference == apart.difference == pytest.approx(0.1)
    assert together.phi > 0 > apart.phi
    assert together.low > 0 > apart.low
    assert paired_difference(5, 5, 0, 0).phi == 0.0


def test_nobody_answered_and_more_yes_than_answers():
    with pytest.raises(UndefinedMeasure, match="Nobody answered"):
        answer_share(0, 0, 20)
    with pytest.raises(UndefinedMeasure, match="Nobody answered"):
        paired_difference(0, 0, 0, 0)
    with pytest.raises(ValueError, match=r"yes \(3\)"):
        answer_share(3, 2, 20)
    with pytest.raises(ValueError, match=r"answered \(21\)"):
        answer_share(3, 21, 20)
