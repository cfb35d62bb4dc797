"""What scores came to: curves that never fall, their error, and what is known before a school has decided enough."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.matching.calibration import PUBLISHED, Bin, curve_of, published
from tests.calibrate import bins_of, calibration_error, calibration_of, written
from tests.some import some

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_where_higher_scores_were_right_less_often_neighbours_share_their_part():
    # By hand: .2 wrong; .4 right and .6 wrong fall, so both stand at 1/2; .8 right.
    curve = curve_of([(0.8, True), (0.2, False), (0.6, False), (0.4, True)])
    assert [curve.at(score) for score in (0.2, 0.4, 0.6, 0.8)] == [0, 0.5, 0.5, 1]
    assert curve.at(0.3) == pytest.approx(0.25)
    assert (curve.at(0.0), curve.at(5.0), curve.of) == (0, 1, 4)


def test_nothing_judged_has_no_curve():
    with pytest.raises(ValueError, match="nothing was judged"):
        curve_of([])


@given(JUDGED)
def test_a_curve_never_falls_and_keeps_the_part_that_was_right(judged):
    curve = curve_of(judged)
    parts = [curve.at(score) for score, _ in sorted(judged)]
    assert parts == sorted(parts)
    assert isclose(sum(parts), sum(right for _, right in judged), abs_tol=1e-6)


def test_bins_hold_equally_many_and_the_error_weighs_them():
    # Promised .1 .1 .9 .9 with none, one, both right: (.1, 0), then (.9, 1): each misses by .1.
    bins = bins_of([0.9, 0.1, 0.9, 0.1], [True, False, True, False], bins=2)
    assert bins == (Bin(0.1, 0.0, 2), Bin(0.9, 1.0, 2))
    assert calibration_error(bins) == pytest.approx(0.1)
    assert calibration_error(()) == 0


def test_a_suggestion_is_promised_what_the_others_came_to():
    # All right but for chance of folds: whatever is left out, the others say 1.
    found = calibration_of([(score / 10, True) for score in range(10)])
    assert found.error == 0
    assert {each.promised for each in found.bins} == {1.0}


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "calibration.json"
    found = {"default-zh": calibration_of([(score / 20, score > 9) for score in range(20)])}
    path.write_text(written(found), encoding="utf-8")
    assert published(path) == found
    assert published(tmp_path / "none.json") == {}


def test_each_tier_is_published_for_both_languages_with_an_error_below_a_tenth():
    assert PUBLISHED.exists()
    known = published()
    assert sorted(known) == ["default-en", "default-zh", "semantic-en", "semantic-zh"]
    for each in some(known.values()):
        assert each.curve.of >= 100
        assert each.error < 0.1
