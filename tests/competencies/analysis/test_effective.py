from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import effective_postings, wilson_interval
from competencies.analysis.effective import effective_counts
from tests.analysis_properties import quick

labels = st.sampled_from(["a", "b", "c", "d", None, float("nan")])
rows = st.lists(st.tuples(st.integers(0, 1), labels), min_size=2, max_size=30)


def slow(mentions, employers):
    """Design effect and effective postings of one ability, as the method states them."""
    n, k = len(mentions), sum(mentions)
    groups: dict[object, list[float]] = {}
    for place, (mention, employer) in enumerate(zip(mentions, employers, strict=True)):
        groups.setdefault(employer if isinstance(employer, str) else place, []).append(mention - k / n)
    m, between = len(groups), sum(sum(group) ** 2 for group in groups.values())
    within = sum(residual**2 for group in groups.values() for residual in group)
    kish = n**2 / sum(len(group) ** 2 for group in groups.values())
    effect = max(1.0, (n - 1) / n * m / (m - 1) * between / within) if 0 < k < n else 1.0
    narrower = stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, kish - 1)
    return effect, min(n, n / effect * narrower**2)


def several(employers):
    return len({each if isinstance(each, str) else place for place, each in enumerate(employers)}) > 1


@quick
@given(rows.filter(lambda rows: several([employer for _, employer in rows])))
def test_effective_postings_are_what_the_method_states(rows):
    mentions, employers = zip(*rows, strict=True)
    found = effective_postings(list(mentions), list(employers))
    effect, effective = slow(mentions, employers)
    assert found.design_effect == pytest.approx(effect)
    assert found.effective_postings == pytest.approx(effective)
    assert found.design_effect >= 1
    assert 0 <= found.effective_postings <= len(rows)
    assert 0 <= found.low <= sum(mentions) / len(mentions) <= found.high <= 1


@quick
@given(st.lists(st.integers(0, 1), min_size=2, max_size=60))
def test_postings_that_stand_alone_are_worth_what_they_are(mentions):
    found = effective_postings(mentions, [None] * len(mentions))
    assert found.design_effect == 1.0
    assert found.effective_postings == found.effective_employers == found.employers == len(mentions)
    assert (found.low, found.high) == wilson_interval(sum(mentions), len(mentions))


def test_an_employer_who_repeats_one_posting_is_worth_less_than_one_of_them():
    mentions, employers = [1, 0, 1, 0, 0, 1, 0, 0], list("abcdefgh")
    once = effective_postings(mentions, employers)
    thrice = effective_postings(mentions * 3, employers * 3)
    assert thrice.design_effect == pytest.approx(3 * 23 / 24 * 8 / 7)
    assert thrice.effective_employers == 8.0
    assert thrice.effective_postings < once.effective_postings == 8
    assert thrice.high - thrice.low > once.high - once.low


def test_one_employer_and_no_postings_have_no_interval():
    with pytest.raises(UndefinedMeasure, match="one employer"):
        effective_postings([1, 0, 1], ["a"] * 3)
    with pytest.raises(UndefinedMeasure, match="no postings"):
        effective_postings([], [])
    one = effective_counts([[1, 0], [1, 1]], ["a", "a"])
    assert np.isnan(one.effective_postings).all()
    assert np.isnan(np.array(one.bounds())).all()
    nothing = effective_counts(np.zeros((0, 2)), [])
    assert nothing.effective_postings.tolist() == [0.0, 0.0]
    assert [ends.tolist() for ends in nothing.bounds()] == [[0.0, 0.0], [1.0, 1.0]]


def test_many_abilities_are_each_what_they_are_alone_where_all_are_common():
    rng = np.random.default_rng(3)
    table, employers = rng.integers(0, 2, (60, 4)), [f"e{place % 11}" for place in range(60)]
    found = effective_counts(sparse.coo_array(table), employers)
    for place, column in enumerate(table.T):
        alone = effective_postings(column, employers)
        assert found.effective_postings[place] == pytest.approx(alone.effective_postings)
        assert [ends[place] for ends in found.bounds()] == pytest.approx([alone.low, alone.high])
        assert found.effective_mentions[place] / found.effective_postings[place] == pytest.approx(column.mean())
    low, high = found.bounds(0.90)
    assert ((found.bounds()[0] < low) & (high < found.bounds()[1])).all()


def test_a_rare_ability_takes_the_middle_design_effect_of_the_common_ones():
    employers = np.repeat(list("abcdefgh"), 4)
    whole = np.repeat([[1, 0, 1, 0, 1, 0, 0, 1]], 4, axis=0).T.reshape(-1, 1)  # of some employers every posting
    mixed = np.tile([[1], [0], [0], [0]], (8, 1))  # one posting of each employer
    rare = np.zeros((32, 1))
    rare[[0, 9, 18]] = 1
    table = np.hstack([whole, mixed, rare])
    found = effective_counts(table, employers)
    alone = effective_counts(rare, employers)
    assert alone.design_effect[0] < found.design_effect[2] == np.median(found.design_effect[:2])
    assert found.design_effect[1] == 1.0
    never = effective_counts(np.hstack([whole, np.zeros((32, 1))]), employers)
    assert never.design_effect[1] == never.design_effect[0] > 3


def test_frames_and_arrays_are_read_alike_and_other_tables_refused():
    frame = pd.DataFrame([[1, 0], [1, 1], [0, 1], [1, 0]], columns=["x", "y"])
    employers = pd.Series(["a", "a", None, "b"])
    assert effective_counts(frame, employers).effective_postings.tolist() == (
        effective_counts(frame.to_numpy(), employers).effective_postings.tolist()
    )
    with pytest.raises(ValueError, match="must be a vector"):
        effective_postings([[1, 0]], ["a"])
    with pytest.raises(ValueError, match="0 or 1"):
        effective_postings([0.5, 1], ["a", "b"])
    with pytest.raises(ValueError, match="2 postings need as many employers, but there are 1"):
        effective_postings([1, 0], ["a"])
