from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.alignment import porter_index
from curricula.analysis.levels import LEVELS, level_chain, webb_criteria
from tests.analysis_properties import quick


@st.composite
def evidence(draw):
    required = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    hit = st.tuples(st.integers(0, len(required) - 1), st.integers(1, 4))
    return required, draw(st.lists(hit, min_size=1, max_size=20))


def _webb_twin(required, hits):
    counts = Counter(objective for objective, _ in hits)
    deep = sum(level >= required[objective] for objective, level in hits)
    uneven = sum(abs(1 / len(counts) - count / len(hits)) for count in counts.values())
    return len(hits), deep / len(hits), len(counts) / len(required), 1 - uneven / 2


@quick
@given(evidence())
def test_webb_equals_its_definition_hit_by_hit(given_evidence):
    required, hits = given_evidence
    found = webb_criteria(required, hits)
    values = (found.categorical_concurrence, found.depth_of_knowledge, found.range, found.balance)
    assert values == pytest.approx(_webb_twin(required, hits))
    assert all(0 <= value <= 1 for value in values[1:])


@quick
@given(evidence(), st.randoms(use_true_random=False))
def test_webb_does_not_mind_the_order_of_hits_and_balance_is_an_index_against_evenness(given_evidence, random):
    required, hits = given_evidence
    found = webb_criteria(required, hits)
    counts = list(Counter(objective for objective, _ in hits).values())
    shuffled = random.sample(hits, len(hits))
    again = webb_criteria(required, shuffled)
    assert vars(again) == pytest.approx(vars(found))
    assert found.balance == pytest.approx(porter_index(counts, [1] * len(counts)))


def test_webb_reads_the_level_letters_as_ranks():
    assert webb_criteria(["D", "I"], [(0, "I"), (0, "A"), (1, "I")]).depth_of_knowledge == pytest.approx(2 / 3)


def test_webb_verdicts_follow_the_thresholds():
    strong = webb_criteria([1, 1], [(0, 1)] * 3 + [(1, 1)] * 3)
    assert set(strong.verdicts.values()) == {"acceptable"}
    poor = webb_criteria([2, 2, 2, 2, 2], [(0, 1)] * 5)
    assert poor.verdicts == {
        "categorical_concurrence": "not_met",
        "depth_of_knowledge": "not_met",
        "range": "not_met",
        "balance": "acceptable",
    }
    middling = webb_criteria([2] * 5, [(0, 2), (0, 2), (0, 1), (0, 1), (1, 1)])
    assert (middling.verdicts["depth_of_knowledge"], middling.verdicts["range"]) == ("weak", "weak")


@pytest.mark.parametrize(
    ("criterion", "value", "verdict"),
    [
        ("categorical_concurrence", 6, "acceptable"),
        ("categorical_concurrence", 5, "not_met"),
        ("depth_of_knowledge", 0.5, "acceptable"),
        ("depth_of_knowledge", 0.4, "weak"),
        ("depth_of_knowledge", 0.39, "not_met"),
        ("range", 0.5, "acceptable"),
        ("range", 0.4, "weak"),
        ("range", 0.39, "not_met"),
        ("balance", 0.7, "acceptable"),
        ("balance", 0.69, "weak"),
        ("balance", 0.6, "weak"),
        ("balance", 0.59, "not_met"),
    ],
)
def test_webb_verdicts_change_at_the_published_bounds(criterion, value, verdict):
    assert replace(webb_criteria([1], [(0, 1)]), **{criterion: value}).verdicts[criterion] == verdict


def test_webb_is_undefined_without_hits():
    with pytest.raises(UndefinedMeasure, match="No evidence hits any objective"):
        webb_criteria([1, 2], [])


@pytest.mark.parametrize(
    ("required", "hits", "message"),
    [
        ([1], [(0, 1), (1, 1)], "hit 1 names objective 1, but there are 1"),
        ([1], [(-1, 1)], "objective of hit 0 must be a whole number of at least 0, but is -1"),
        ([1], [(0, "A")], "number 1 is 'A'"),
        (["X"], [(0, "X")], "all of I, D, A, but number 0 is 'X'"),
        ([1], [(0, float("nan"))], "number 1 is nan"),
    ],
)
def test_webb_names_the_hit_or_level_that_is_wrong(required, hits, message):
    with pytest.raises(ValueError, match=message):
        webb_criteria(required, hits)


def _chain_twin(column, order):
    """Walk the plan course by course and remember what came first."""
    first: dict[str, int] = {}
    for place, course in enumerate(order):
        first.setdefault(column.get(course, ""), place)
    steps = [first[level] for level in LEVELS if level in first]
    counts = Counter(column)
    return [*(counts[level] for level in LEVELS), steps == sorted(steps), len(steps) == 3]


maps = st.integers(1, 6).flatmap(
    lambda size: st.tuples(
        st.lists(
            st.lists(st.sampled_from(["", "", "I", "D", "A"]), min_size=3, max_size=3),
            min_size=size,
            max_size=size,
        ),
        st.permutations([f"C{place}" for place in range(size)]),
    )
)


@quick
@given(maps)
def test_chain_equals_a_walk_through_the_plan(given_map):
    rows, order = given_map
    mapping = pd.DataFrame(rows, index=[f"C{place}" for place in range(len(rows))], columns=list("xyz"))
    found = level_chain(mapping, order)
    for ability in "xyz":
        assert list(found.loc[ability]) == _chain_twin(mapping[ability], order)


def test_chain_says_what_is_out_of_order_and_what_is_missing():
    mapping = pd.DataFrame(
        {
            "whole": ["I", "D", "A"],
            "backwards": ["A", "I", "D"],
            "leap": ["A", "", "I"],
            "never introduced": ["", "D", "A"],
            "absent": ["", None, np.nan],
        },
        index=["C1", "C2", "C3"],
    )
    before = mapping.copy()
    found = level_chain(mapping, ["C1", "C2", "C3", "C4"])
    assert found["in_order"].to_dict() == {
        "whole": True,
        "backwards": False,
        "leap": False,
        "never introduced": True,
        "absent": True,
    }
    assert found.index[found["complete"]].tolist() == ["whole", "backwards"]
    assert list(found.loc["absent"]) == [0, 0, 0, True, False]
    pd.testing.assert_frame_equal(mapping, before)


def test_courses_of_one_term_are_not_out_of_order():
    mapping = pd.DataFrame({"buy": ["D", "I"]}, index=["C1", "C2"])
    assert not level_chain(mapping, ["C1", "C2"])["in_order"].item()
    assert level_chain(mapping, [["C1", "C2"]])["in_order"].item()


def test_no_courses_give_no_chain():
    assert list(level_chain(pd.DataFrame(columns=["buy"]), []).loc["buy"]) == [0, 0, 0, True, False]
    assert level_chain(pd.DataFrame(index=["C1"]), ["C1"]).empty


@pytest.mark.parametrize(
    ("level", "order", "message"),
    [
        ("M", ["C1"], "course 'C1', ability 'buy' has 'M'"),
        ("I", [], "course 'C1' has levels but no place in the order"),
        ("I", ["C1", "C1"], "course 'C1' stands twice in the order"),
    ],
)
def test_chain_names_the_course_that_is_wrong(level, order, message):
    with pytest.raises(ValueError, match=message):
        level_chain(pd.DataFrame({"buy": [level]}, index=["C1"]), order)
