from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.needs import importance_performance, mean_weighted_discrepancy, ranked_discrepancy
from tests.analysis_properties import quick

ratings = st.integers(1, 5)
items = st.lists(st.tuples(st.integers(2, 10), st.integers(2, 10)), min_size=1, max_size=12)
answers = st.lists(st.tuples(ratings, ratings), min_size=1, max_size=20)


def _quadrant_twin(importance, performance, centre):
    if importance >= centre[0]:
        return "keep_up" if performance >= centre[1] else "concentrate_here"
    return "possible_overkill" if performance >= centre[1] else "low_priority"


@quick
@given(items)
def test_quadrants_equal_a_judgement_item_by_item(given_items):
    importance, performance = (np.array(side) / 2 for side in zip(*given_items, strict=True))
    found = importance_performance(importance, performance, scale=(1, 5))
    # Halves are exact, so that the twin's mean is on the line exactly where ours is.
    centres = {
        "quadrant_mean": (sum(importance) / len(importance), sum(performance) / len(performance)),
        "quadrant_midpoint": (3, 3),
    }
    for column, centre in centres.items():
        expected = [_quadrant_twin(i, p, centre) for i, p in zip(importance, performance, strict=True)]
        assert found[column].tolist() == expected
    assert (found["moves"] == (found["quadrant_mean"] != found["quadrant_midpoint"])).all()


def test_an_item_that_the_crosshair_decides_is_flagged():
    found = importance_performance(
        pd.Series({"buy": 4.5, "sell": 4.0}), pd.Series({"sell": 4.5, "buy": 4.0}), scale=(1, 5)
    )
    assert found["quadrant_mean"].to_dict() == {"buy": "concentrate_here", "sell": "possible_overkill"}
    assert found["quadrant_midpoint"].to_dict() == {"buy": "keep_up", "sell": "keep_up"}
    assert found["moves"].all()
    assert found["gap"].to_dict() == {"buy": 0.5, "sell": -0.5}


def test_items_rated_alike_lie_on_the_line_and_count_as_high():
    found = importance_performance([0.1] * 3, [0.3] * 3, scale=(0, 1))
    assert found["quadrant_mean"].tolist() == ["keep_up"] * 3


def test_quadrants_are_undefined_without_items():
    with pytest.raises(UndefinedMeasure, match="No item was rated"):
        importance_performance([], [], scale=(1, 5))


@pytest.mark.parametrize(
    ("importance", "performance", "scale", "message"),
    [
        ([6], [1], (1, 5), "importance must be between 1 and 5, but element 0 is 6"),
        ([1], [np.nan], (1, 5), "performance must be between 1 and 5, but element 0 is nan"),
        ([1, 2], [1], (1, 5), "one shape"),
        ([1], [1], (5, 1), "the scale must rise"),
        ([[1]], [[1]], (1, 5), "vectors"),
    ],
)
def test_quadrants_name_the_rating_that_is_wrong(importance, performance, scale, message):
    with pytest.raises(ValueError, match=message):
        importance_performance(importance, performance, scale=scale)


@quick
@given(answers)
def test_weighted_discrepancy_equals_the_sum_answer_by_answer(given_answers):
    mean_importance = sum(i for i, _ in given_answers) / len(given_answers)
    slow = sum((i - c) * mean_importance for i, c in given_answers) / len(given_answers)
    found = mean_weighted_discrepancy(*zip(*given_answers, strict=True))
    assert found == pytest.approx(slow)
    assert -6.25 <= found <= 20


def test_weighted_discrepancy_reaches_its_lowest_and_highest():
    assert mean_weighted_discrepancy([2.5], [5]) == -6.25
    assert mean_weighted_discrepancy([5], [1]) == 20


@quick
@given(answers)
def test_ranked_discrepancy_counts_answers_and_turns_round(given_answers):
    importance, competence = zip(*given_answers, strict=True)
    found, back = ranked_discrepancy(importance, competence), ranked_discrepancy(competence, importance)
    size = len(given_answers)
    assert found.negative == pytest.approx(100 * sum(c < i for i, c in given_answers) / size)
    assert found.positive == pytest.approx(100 * sum(c > i for i, c in given_answers) / size)
    assert found.negative + found.positive + found.tied == pytest.approx(100)
    assert found.score == found.positive - found.negative == -back.score
    assert -100 <= found.score <= 100


@quick
@given(answers)
def test_ranked_discrepancy_reads_ranks_and_no_distances(given_answers):
    importance, competence = (np.array(side, dtype=float) for side in zip(*given_answers, strict=True))
    assert ranked_discrepancy(importance**3, competence**3) == ranked_discrepancy(importance, competence)


def test_a_pair_that_misses_an_answer_is_left_out():
    importance: Any = [5, 4, None, 3]
    competence: Any = [3, None, 2, 3]
    assert mean_weighted_discrepancy(importance, competence) == mean_weighted_discrepancy([5, 3], [3, 3])
    assert ranked_discrepancy(importance, competence) == ranked_discrepancy([5, 3], [3, 3])


@pytest.mark.parametrize("measure", [mean_weighted_discrepancy, ranked_discrepancy])
def test_needs_are_undefined_without_a_complete_pair(measure):
    with pytest.raises(UndefinedMeasure, match="Nobody answered both"):
        measure([1, np.nan], [np.nan, 1])
    with pytest.raises(UndefinedMeasure, match="Nobody answered both"):
        measure([], [])
    with pytest.raises(ValueError, match="competence must be finite and not negative, but element 0 is -1"):
        measure([1], [-1])
    with pytest.raises(ValueError, match="one shape"):
        measure([1, 2], [1])
