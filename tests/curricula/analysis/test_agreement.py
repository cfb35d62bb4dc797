from __future__ import annotations

import math
from itertools import combinations, permutations
from typing import get_args

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.agreement import (
    Level,
    alpha_interval,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    reliability,
    unstable_units,
)
from tests.analysis_properties import quick

LEVELS: tuple[Level, ...] = get_args(Level)

pairs = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=25)
marks = st.sampled_from([1.0, 2.0, 3.0, 5.0, float("nan")])
tables = st.tuples(st.integers(2, 4), st.integers(2, 10)).flatmap(
    lambda shape: st.lists(st.lists(marks, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


def _value(measure, *arguments, **options):
    """The measure, or None where it says that it is undefined."""
    try:
        return measure(*arguments, **options)
    except UndefinedMeasure:
        return None


def _kappa_twin(a, b, distance):
    """All pairs that could have been formed from the two raters' habits, one by one."""
    observed = sum(distance(x, y) for x, y in zip(a, b, strict=True)) / len(a)
    expected = sum(distance(x, y) for x in a for y in b) / len(a) ** 2
    return 1 - observed / expected if expected else None


@quick
@given(pairs)
def test_kappa_equals_its_definition_pair_by_pair(given_pairs):
    a, b = zip(*given_pairs, strict=True)
    distances = {None: lambda x, y: x != y, "linear": lambda x, y: abs(x - y), "quadratic": lambda x, y: (x - y) ** 2}
    for weights, distance in distances.items():
        slow = _kappa_twin(a, b, distance)
        found = _value(cohen_kappa, a, b, weights=weights)
        assert found == (slow if slow is None else pytest.approx(slow, abs=1e-12))


@quick
@given(pairs, st.randoms(use_true_random=False))
def test_kappa_minds_neither_rater_order_nor_names_and_never_exceeds_one(given_pairs, random):
    a, b = zip(*random.sample(given_pairs, len(given_pairs)), strict=True)
    found = _value(cohen_kappa, *zip(*given_pairs, strict=True))
    names = {1: "I", 2: "D", 3: "A", 4: ""}
    renamed = _value(cohen_kappa, [names[x] for x in a], [names[y] for y in b])
    assert found == renamed == _value(cohen_kappa, b, a) or found == pytest.approx(renamed, abs=1e-12)
    assert found is None or found <= 1


def test_kappa_is_one_for_full_agreement_and_negative_for_contradiction():
    assert cohen_kappa([1, 2, 3], [1, 2, 3]) == 1.0
    assert cohen_kappa([1, 2], [2, 1]) == -1.0
    assert cohen_kappa([1, 1], [2, 2]) == 0.0


def test_kappa_leaves_out_what_one_rater_did_not_judge():
    assert cohen_kappa(np.array([1, 1, 2, 2, None]), [1, 2, 2, 2, 1]) == 0.5
    first = pd.Series([1, 1, 2, 2], index=list("wxyz"))
    assert cohen_kappa(first, pd.Series([2, 2, 2, 1], index=list("zyxw"))) == 0.5


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [([1, 1], [1, 1], "no variation"), ([1, None], [None, 1], "judged by both"), ([], [], "judged by both")],
)
def test_kappa_is_undefined_without_variation_or_without_a_common_unit(a, b, reason):
    with pytest.raises(UndefinedMeasure, match=reason):
        cohen_kappa(a, b)


def test_kappa_refuses_distances_between_labels_and_unequal_lengths():
    with pytest.raises(ValueError, match="linear weights needs finite numbers, but one rating is 'I'"):
        cohen_kappa(["I", "D"], ["D", "D"], weights="linear")
    with pytest.raises(ValueError, match="weights must be None"):
        cohen_kappa([1, 2], [2, 2], weights="cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one shape"):
        cohen_kappa([1, 2], [1])
    with pytest.raises(ValueError, match="must be a vector"):
        cohen_kappa([[1]], [[1]])


def _units(ratings):
    """The ratings of each unit, without what is missing."""
    return [[mark for mark in unit if not math.isnan(mark)] for unit in zip(*ratings, strict=True)]


def _ac1_twin(ratings):
    units = _units(ratings)
    rated, paired = [u for u in units if u], [u for u in units if len(u) > 1]
    categories = {mark for unit in units for mark in unit}
    if not paired or len(categories) < 2:
        return None
    agreed = sum(sum(x == y for x, y in combinations(unit, 2)) / math.comb(len(unit), 2) for unit in paired) / len(
        paired
    )
    prevalence = [sum(unit.count(c) / len(unit) for unit in rated) / len(rated) for c in categories]
    chance = sum(p * (1 - p) for p in prevalence) / (len(categories) - 1)
    return (agreed - chance) / (1 - chance)


@quick
@given(tables)
def test_ac1_equals_its_definition_unit_by_unit(ratings):
    slow = _ac1_twin(ratings)
    assert _value(gwet_ac1, ratings) == (slow if slow is None else pytest.approx(slow, abs=1e-12))


@quick
@given(tables, st.randoms(use_true_random=False))
def test_ac1_and_alpha_mind_neither_raters_nor_units_in_another_order(ratings, random):
    table = np.array(random.sample(ratings, len(ratings)))
    shuffled = table[:, random.sample(range(table.shape[1]), table.shape[1])]
    for measure, options in ((gwet_ac1, {}), *((krippendorff_alpha, {"level": level}) for level in LEVELS)):
        found = _value(measure, ratings, **options)
        again = _value(measure, shuffled, **options)
        assert again == (found if found is None else pytest.approx(found, abs=1e-12))
        assert found is None or found <= 1


def test_full_agreement_is_one_and_ac1_stays_steady_where_one_rating_is_common():
    agreed = [[1, 1, 1, 2]] * 3
    assert gwet_ac1(agreed) == 1.0
    assert [krippendorff_alpha(agreed, level=level) for level in LEVELS] == [1.0] * 4
    rare = [[1] * 19 + [2], [2] + [1] * 19]
    assert krippendorff_alpha(rare, level="nominal") < 0 < gwet_ac1(rare)


def _alpha_twin(ratings, distance):
    """Every ordered pair of ratings, first within units, then among all that can be paired."""
    units = [unit for unit in _units(ratings) if len(unit) > 1]
    everything = [mark for unit in units for mark in unit]
    if not units or len(set(everything)) < 2:
        return None
    observed = sum(
        sum(distance(x, y, everything) for x, y in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    ) / len(everything)
    expected = sum(distance(x, y, everything) for x, y in permutations(everything, 2))
    return 1 - observed / (expected / len(everything) / (len(everything) - 1))


def _ranks_between(x, y, everything):
    low, high = sorted((x, y))
    return sum(low <= mark <= high for mark in everything) - (everything.count(x) + everything.count(y)) / 2


DISTANCES = {
    "nominal": lambda x, y, _: float(x != y),
    "ordinal": lambda x, y, everything: _ranks_between(x, y, everything) ** 2,
    "interval": lambda x, y, _: (x - y) ** 2,
    "ratio": lambda x, y, _: ((x - y) / (x + y)) ** 2,
}


@quick
@given(tables, st.sampled_from(LEVELS))
def test_alpha_equals_its_definition_pair_by_pair(ratings, level):
    slow = _alpha_twin(ratings, DISTANCES[level])
    found = _value(krippendorff_alpha, ratings, level=level)
    assert found == (slow if slow is None else pytest.approx(slow, abs=1e-12))


@quick
@given(tables, st.sampled_from(LEVELS))
def test_alpha_equals_the_published_package(ratings, level):
    found = _value(krippendorff_alpha, ratings, level=level)
    if found is not None:
        assert found == pytest.approx(krippendorff.alpha(np.array(ratings), level_of_measurement=level))


@quick
@given(tables, st.floats(0.1, 10), st.floats(0, 5))
def test_alpha_knows_only_what_its_level_says(ratings, factor, shift):
    table = np.array(ratings)
    same = {"ordinal": table**3, "interval": table * factor + shift, "ratio": table * factor}
    for level, changed in same.items():
        found = _value(krippendorff_alpha, table, level=level)
        again = _value(krippendorff_alpha, changed, level=level)
        assert again == (found if found is None else pytest.approx(found, abs=1e-9))


def test_alpha_reads_labels_where_all_differences_are_alike_and_an_empty_text_is_a_judgement():
    labels = pd.DataFrame([["I", "I", "", ""], ["I", "", "", ""]])
    assert krippendorff_alpha(labels, level="nominal") == pytest.approx(8 / 15)
    with pytest.raises(ValueError, match="the ordinal level needs finite numbers, but one rating is 'I'"):
        krippendorff_alpha(labels, level="ordinal")


def test_alpha_of_ratios_takes_two_zeros_for_equal_and_refuses_numbers_below_zero():
    zeros = [[0, 0, 1, 2], [0, 1, 1, 2]]
    assert krippendorff_alpha(zeros, level="ratio") == pytest.approx(
        krippendorff.alpha(np.array(zeros, dtype=float), level_of_measurement="ratio")
    )
    with pytest.raises(ValueError, match="ratings of at least 0, but one is -1"):
        krippendorff_alpha([[-1, 1], [1, 1]], level="ratio")


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([[1, 2, 3]], "No unit was judged by two raters"),
        ([[1, None], [None, 2]], "No unit was judged by two raters"),
        ([[1, 1], [1, 1]], "All ratings are the same"),
        (np.zeros((2, 0)), "No unit was judged by two raters"),
    ],
)
def test_agreement_is_undefined_with_one_rater_or_no_variation(ratings, reason):
    with pytest.raises(UndefinedMeasure, match=reason):
        gwet_ac1(ratings)
    for measure in (krippendorff_alpha, alpha_interval, unstable_units):
        with pytest.raises(UndefinedMeasure, match=reason):
            measure(ratings, level="nominal")


def test_agreement_refuses_what_is_no_table_and_a_level_that_does_not_exist():
    with pytest.raises(ValueError, match="raters × units"):
        gwet_ac1([1, 2])
    with pytest.raises(ValueError, match="level must be nominal, ordinal, interval or ratio"):
        krippendorff_alpha([[1, 2], [1, 2]], level="metric")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="finite numbers, but one rating is inf"):
        krippendorff_alpha([[1.0, math.inf], [1.0, 2.0]], level="interval")


THREE = np.array([[1, 2, 3, 1, 2, 3, 1, 2, 3, 1], [1, 2, 3, 1, 2, 3, 1, 3, 2, 2], [1, 2, 3, 1, 2, 2, 1, 2, 3, 1]])


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_interval_equals_alpha_of_each_resample(level):
    rng = np.random.default_rng(4)
    draws = []
    for _ in range(200):
        picked = rng.integers(0, THREE.shape[1], THREE.shape[1])
        draws.append(_value(krippendorff_alpha, THREE[:, picked], level=level))
    expected = np.quantile([draw for draw in draws if draw is not None], [0.025, 0.975])
    found = alpha_interval(THREE, level=level, draws=4_000)
    assert found == pytest.approx(expected.tolist(), abs=0.12)
    assert found[0] < krippendorff_alpha(THREE, level=level) < found[1]


def test_alpha_interval_repeats_itself_and_narrows_with_more_units():
    once = alpha_interval(THREE, level="nominal")
    assert once == alpha_interval(THREE, level="nominal")
    assert once != alpha_interval(THREE, level="nominal", seed=1)
    low, high = alpha_interval(np.tile(THREE, 9), level="nominal")
    assert high - low < once[1] - once[0]


def test_alpha_interval_is_undefined_where_resamples_lose_all_variation():
    with pytest.raises(UndefinedMeasure, match="no interval"):
        alpha_interval([[1, 1, 1, 2], [1, 1, 1, 2]], level="nominal")


def test_reliability_is_judged_at_the_published_bounds():
    assert [reliability(bound) for bound in (0.8, 0.799, 0.667, 0.666, -0.2)] == [
        "firm",
        "tentative",
        "tentative",
        "unreliable",
        "unreliable",
    ]


@quick
@given(tables, st.sampled_from(LEVELS))
def test_alpha_is_one_minus_the_weighted_disagreement_of_its_units(ratings, level):
    alpha = _value(krippendorff_alpha, ratings, level=level)
    if alpha is None:
        return
    unstable = unstable_units(ratings, level=level)
    paired = sum(len(unit) for unit in _units(ratings) if len(unit) > 1)
    mean = (unstable["disagreement"] * unstable["ratings"]).sum() / paired
    assert 1 - mean == pytest.approx(alpha, abs=1e-9)


def test_unstable_units_are_named_and_the_worst_stands_first():
    ratings = pd.DataFrame([[1, 2, 3, 1], [1, 3, 3, None], [1, 2, 3, 3]], columns=["same", "near", "also same", "far"])
    before = ratings.copy()
    found = unstable_units(ratings, level="interval")
    assert found.index.tolist() == ["far", "near"]
    assert found["ratings"].tolist() == [2, 3]
    assert found["disagreement"].iloc[0] == pytest.approx(12 * found["disagreement"].iloc[1] / 2)
    pd.testing.assert_frame_equal(ratings, before)
