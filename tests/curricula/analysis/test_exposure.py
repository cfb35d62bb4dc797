from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.exposure import completed_shares, effective_number, emphases, exposure, stated_practice
from tests.analysis_properties import amounts, quick, vectors

MODES = ["theory", "operation", "assessment"]


@st.composite
def curricula(draw):
    """Hours and shares of up to five courses and four abilities, every row of shares at most 1."""
    courses = [f"C{place}" for place in range(draw(st.integers(1, 5)))]
    abilities = [f"A{place}" for place in range(draw(st.integers(1, 4)))]
    row = st.lists(amounts, min_size=3, max_size=3)
    hours = pd.DataFrame([draw(row) for _ in courses], index=courses, columns=MODES)
    parts = st.lists(st.floats(0, 1), min_size=len(abilities), max_size=len(abilities))
    shares = pd.DataFrame([draw(parts) for _ in courses], index=courses, columns=abilities)
    return hours, shares.div(np.maximum(shares.sum(axis=1), 1), axis=0)


def _exposure_twin(hours, shares):
    rows: dict[str, dict[str, float]] = {}
    for ability in [*shares.columns, "unmapped"]:
        rows[ability] = {}
        for mode in hours.columns:
            total = 0.0
            for course in hours.index:
                mapped = shares.loc[course] if course in shares.index else pd.Series(dtype=float)
                share = 1 - mapped.sum() if ability == "unmapped" else mapped.get(ability, 0.0)
                total += share * hours.loc[course, mode]
            rows[ability][mode] = total
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(hours.columns))


@quick
@given(curricula())
def test_exposure_equals_the_sum_course_by_course(given_frames):
    hours, shares = given_frames
    found, slow = exposure(hours, shares), _exposure_twin(hours, shares)
    pd.testing.assert_frame_equal(found, slow, rtol=1e-9, atol=1e-6)


@quick
@given(curricula(), st.integers(0, 4))
def test_hours_are_conserved_whatever_is_left_unmapped(given_frames, dropped):
    hours, shares = given_frames
    found = exposure(hours, shares.iloc[dropped:])
    assert found.sum().tolist() == pytest.approx(hours.sum().tolist(), rel=1e-9)
    assert (found >= 0).all(axis=None)


@quick
@given(curricula(), st.floats(0.1, 10), st.randoms(use_true_random=False))
def test_exposure_scales_with_the_hours_and_follows_the_order_of_abilities(given_frames, factor, random):
    hours, shares = given_frames
    order = list(shares.columns)
    random.shuffle(order)
    found = exposure(hours, shares)
    again = exposure(hours * factor, shares[order])
    assert list(again.index) == [*order, "unmapped"]
    np.testing.assert_allclose(again.loc[found.index], found * factor, rtol=1e-9, atol=1e-6)


@quick
@given(curricula(), st.floats(1, 50))
def test_more_hours_never_lower_an_exposure(given_frames, more):
    hours, shares = given_frames
    raised = hours.copy()
    raised.iloc[0, 0] += more
    assert (exposure(raised, shares) >= exposure(hours, shares) - 1e-9).all(axis=None)


def test_courses_are_matched_by_code_and_a_course_without_shares_is_unmapped():
    hours = pd.DataFrame({"theory": [32.0, 16.0, 8.0]}, index=["C1", "C2", "C3"])
    shares = pd.DataFrame({"buy": [1.0, 0.5]}, index=["C2", "C1"])
    before = hours.copy(), shares.copy()
    assert exposure(hours, shares)["theory"].to_dict() == {"buy": 32.0, "unmapped": 24.0}
    pd.testing.assert_frame_equal(hours, before[0])
    pd.testing.assert_frame_equal(shares, before[1])


def test_no_courses_and_no_abilities_expose_nothing():
    empty = exposure(pd.DataFrame(columns=MODES, dtype=float), pd.DataFrame(dtype=float))
    assert list(empty.loc["unmapped"]) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("hours", "shares", "message"),
    [
        ({"C1": 1}, {"C1": [0.7, 0.4]}, r"shares of course 'C1' sum to 1\.1"),
        ({"C1": 1}, {"C1": [1.5, 0]}, r"row 'C1', column 'A0' is 1\.5"),
        ({"C1": 1}, {"C1": [-0.5, 0]}, "row 'C1', column 'A0' is -0.5"),
        ({"C1": -1}, {"C1": [0.5, 0]}, "row 'C1', column 'theory' is -1"),
        ({"C1": np.nan}, {"C1": [0.5, 0]}, "row 'C1', column 'theory' is nan"),
        ({"C1": np.inf}, {"C1": [0.5, 0]}, "row 'C1', column 'theory' is inf"),
        ({"C1": 1}, {"C9": [0.5, 0]}, "course 'C9' has shares but no hours"),
        ({"C1": 1}, {"C1": [np.nan, 0]}, "row 'C1', column 'A0' is nan"),
    ],
)
def test_exposure_names_the_course_that_is_wrong(hours, shares, message):
    frame = pd.DataFrame.from_dict(shares, orient="index", columns=["A0", "A1"])
    with pytest.raises(ValueError, match=message):
        exposure(pd.DataFrame({"theory": hours}), frame)


def test_exposure_refuses_what_stands_twice_and_an_ability_called_unmapped():
    hours = pd.DataFrame({"theory": [1.0, 2.0]}, index=["C1", "C1"])
    with pytest.raises(ValueError, match="course 'C1' stands twice"):
        exposure(hours, pd.DataFrame({"buy": [1.0]}, index=["C1"]))
    with pytest.raises(ValueError, match="ability 'buy' stands twice"):
        exposure(hours.iloc[:1], pd.DataFrame([[0.5, 0.5]], index=["C1"], columns=["buy", "buy"]))
    with pytest.raises(ValueError, match="cannot be called 'unmapped'"):
        exposure(hours.iloc[:1], pd.DataFrame({"unmapped": [1.0]}, index=["C1"]))


CELLS = pd.DataFrame(
    [
        *[("C1", "A", 0.4, ""), ("C1", "B", np.nan, ""), ("C1", "C", np.nan, "")],
        *[("C2", "A", np.nan, "H"), ("C2", "B", np.nan, "M"), ("C2", "C", np.nan, "L")],
        *[("C3", "A", 0.5, "L"), ("C3", "B", 0.5, ""), ("C3", "C", np.nan, "H")],
        *[("C4", "A", 0.2, "")],
        *[("C5", "A", 0.6, "H"), ("C5", "B", np.nan, ""), ("C5", "C", np.nan, "L")],
    ],
    columns=["course", "ability", "share", "strength"],
)


def test_open_shares_split_what_is_left_by_strength_and_are_labelled_assumed():
    found = completed_shares(CELLS)
    halves, thirds = [0.4, 0.3, 0.3], [3 / 6, 2 / 6, 1 / 6]
    expected = [*halves, *thirds, 0.5, 0.5, 0.0, 0.2, 0.6, 0.4 * 2 / 3, 0.4 / 3]
    assert list(found["share"]) == pytest.approx(expected)
    assert list(found["assumed"]) == list(CELLS["share"].isna())


def test_without_a_strength_open_shares_are_equal():
    found = completed_shares(CELLS.drop(columns="strength"))["share"]
    assert list(found[CELLS["course"] == "C2"]) == pytest.approx([1 / 3] * 3)


def test_stated_shares_above_one_are_refused_before_they_are_completed():
    with pytest.raises(ValueError, match=r"shares of course 'C1' sum to 1\.2"):
        completed_shares(pd.DataFrame({"course": ["C0", "C1", "C1", "C1"], "share": [0.5, 0.6, 0.6, np.nan]}))


FIVE_MODES = pd.DataFrame(
    [[1.0, 2.0, 4.0, 8.0, 16.0]],
    index=["buy"],
    columns=["theory", "demonstration", "simulation", "operation", "assessment"],
)


def test_taught_and_practised_take_two_modes_each_and_assessment_stays_apart():
    assert emphases(FIVE_MODES).loc["buy"].to_dict() == {
        "taught": 3.0,
        "practised": 12.0,
        "exposed": 15.0,
        "assessed": 16.0,
    }


def test_demonstration_can_be_counted_as_practice():
    assert emphases(FIVE_MODES, demonstration_is_practice=True).loc["buy"].to_dict() == {
        "taught": 1.0,
        "practised": 14.0,
        "exposed": 15.0,
        "assessed": 16.0,
    }


def test_a_mode_that_no_course_has_counts_as_no_hours():
    assert list(emphases(FIVE_MODES[["operation"]]).loc["buy"]) == [0.0, 8.0, 8.0, 0.0]


@quick
@given(st.integers(1, 6).flatmap(vectors))
def test_breadth_lies_between_one_area_and_all_and_knows_no_unit(hours):
    found = effective_number(hours)
    shares = [each / sum(hours) for each in hours]
    assert found == pytest.approx(1 / np.prod([share**share for share in shares]))
    assert 1 - 1e-9 <= found <= len(hours) + 1e-9
    assert effective_number([3 * each for each in hours]) == pytest.approx(found)


def test_no_hours_have_no_breadth():
    with pytest.raises(UndefinedMeasure, match="no hours"):
        effective_number([0, 0])


def test_unsplit_hours_are_practice_at_most_in_every_mode_of_it():
    hours = pd.DataFrame(
        {"theory": [10, 10, 10.0], "demonstration": [2, np.nan, 2], "simulation": [4, np.nan, np.nan]}
        | {"operation": [1, np.nan, np.nan], "assessment": [3, 3, np.nan]},
        index=["A", "B", "C"],
    )
    found = stated_practice(hours, pd.Series({"C": np.nan, "B": 20.0, "A": 25.0}))  # matched by the course's code
    assert found["taught"].tolist() == [12.0, 10.0, 12.0]
    assert found["practice_low"].tolist() == [5.0, 0.0, 0.0]
    assert found["unsplit"].tolist() == [5.0, 7.0, 0.0]
    assert found["practice_high"].tolist() == [10.0, 7.0, 0.0]


def test_practice_has_no_upper_end_only_where_no_course_of_the_plan_states_any():
    hours = pd.DataFrame({"theory": [10.0, 10.0], "operation": [np.nan, np.nan]}, index=["A", "B"])
    totals = pd.Series({"A": np.nan, "B": 10.0})
    assert stated_practice(hours, totals)["practice_high"].tolist() == pytest.approx([np.nan, 0.0], nan_ok=True)
    hours.loc["B", "operation"] = 0.0
    assert stated_practice(hours, totals)["practice_high"].tolist() == [0.0, 0.0]
    assert stated_practice(hours[["theory"]], totals)["unsplit"].isna().tolist() == [True, False]


def test_a_course_that_is_mapped_in_full_leaves_nothing():
    """Binary thirds and tenths do not sum to 1, and their remainder was shown as "<0.1" hours."""
    hours = pd.DataFrame({"theory": [48.0]}, index=["C"])
    parts = [0.1] * 9 + [0.1 - 1e-16]
    shares = pd.DataFrame([parts], index=["C"], columns=[f"A{n}" for n in range(10)])
    assert exposure(hours, shares).loc["unmapped", "theory"] == 0.0
