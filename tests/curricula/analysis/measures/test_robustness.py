"""Robustness: each variation is a whole analysis of the other choice, and says what moved or why it is undefined."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from curricula.analysis.frames import Policy
from curricula.analysis.measures.crosswalk import OtherFramework, through_crosswalk
from curricula.analysis.measures.robustness import MIXED, robustness
from curricula.analysis.teaching_hours import teaching_vectors
from tests.curricula.analysis.test_gap_twin import ABILITIES, POLICY, universes
from tests.gap_universe import Postings, about_x, curriculum, demand, judged_only, labelled

RANDOM = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LETTERS = "abcdef"


def plan(**changes):
    """Six abilities, a course each; exposure shares 6, 5, 4, 3, 2, 1 of 21, required weights turned round."""
    hours = {letter.upper(): {"theory": 60.0 - 10 * place, "operation": 6.0} for place, letter in enumerate(LETTERS)}
    given_: dict[str, Any] = {
        "abilities": LETTERS,
        "hours": hours,
        "mappings": [(letter.upper(), letter, "D", 1.0) for letter in LETTERS],
        "requirements": [("buyer", letter, float(weight), "") for weight, letter in enumerate(LETTERS, start=1)],
    }
    return curriculum(**given_ | changes)


def varied(frames, kind, *, name="", **options):
    found = robustness(judged_only(frames), **options)
    return next(each for each in found.variations if (each.kind, each.name) == (kind, name))


def sizes(frames, policy=Policy()):  # noqa: B008 - frozen
    return labelled(frames, policy)["gap"].abs()


def expected_rho(frames, other, policy=Policy()):  # noqa: B008 - frozen
    before, after = sizes(frames), sizes(other, policy)
    return pytest.approx(spearmanr(before.round(12), after.round(12)).statistic)


def test_the_largest_gaps_stand_first():
    found = robustness(judged_only(plan()), most=3).largest
    gaps = labelled(plan())["gap"]
    order = sorted(LETTERS, key=lambda letter: (-abs(round(gaps[letter], 12)), letter))
    assert found.index.tolist() == order[:3]
    assert found["gap"].tolist() == gaps[order[:3]].tolist()


def test_what_has_no_gap_is_not_among_the_largest_and_ten_are_listed():
    found = robustness(judged_only(plan(hours={letter.upper(): {"theory": 10} for letter in LETTERS}))).largest
    assert found.index.tolist() == ["a", "f", "b", "e", "c", "d"]  # ±5, ±3, ±1 of 42
    hours = {letter.upper(): {"theory": 20.0 if letter == "a" else 10.0} for letter in LETTERS}
    weights = dict(zip(LETTERS, (2.0, 0.5, 1.0, 1.0, 1.0, 1.5), strict=True))  # of 7, as the hours are of 70
    needs = [("buyer", letter, weight, "") for letter, weight in weights.items()]
    assert robustness(judged_only(plan(hours=hours, requirements=needs))).largest.index.tolist() == ["b", "f"]
    many = [f"x{number:02}" for number in range(14)]
    hours = {name.upper(): {"theory": 1.0 + place} for place, name in enumerate(many)}
    mappings = [(name.upper(), name, "D", 1.0) for name in many]
    needs = [("buyer", name, 1.0, "") for name in many]
    frames = plan(abilities=many, hours=hours, mappings=mappings, requirements=needs)
    assert len(robustness(judged_only(frames)).largest) == 10


def test_the_order_is_compared_among_the_largest_only():
    weights = dict(zip(LETTERS, (3.0, 1.0, 4.0, 1.0, 5.0, 9.0), strict=True))
    frames = plan(requirements=[("buyer", letter, weight, "") for letter, weight in weights.items()])
    equal = replace(frames, requirements=frames.requirements.assign(weight=1.0))
    before, after = sizes(frames), sizes(equal)
    most = before.round(12).sort_index().sort_values(ascending=False, kind="stable").index[:4]
    expected = spearmanr(before[most].round(12), after[most].round(12)).statistic
    assert varied(frames, "equal_weights", most=4).rho == pytest.approx(expected)
    assert varied(frames, "equal_weights").rho != pytest.approx(expected)


def test_equal_weights_are_a_whole_analysis_with_equal_weights():
    frames = plan()
    equal = replace(frames, requirements=frames.requirements.assign(weight=1.0))
    assert varied(frames, "equal_weights").rho == expected_rho(frames, equal)


def test_equal_shares_split_each_course_equally():
    mappings = [("A", "a", "D", 0.9), ("A", "b", "D", 0.1), *((x.upper(), x, "D", 1.0) for x in LETTERS[1:])]
    frames = plan(mappings=mappings)
    split = replace(frames, mappings=frames.mappings.assign(share=math.nan))
    assert varied(frames, "equal_shares").rho == expected_rho(frames, split)


def test_the_other_grouping_of_demonstration_and_saturated_demand_are_switches_of_the_policy():
    counts = dict(zip(LETTERS, (190, 150, 90, 50, 20, 5), strict=True))
    frames = plan(demand=demand(Postings(200, counts), searchable=LETTERS))
    frames.hours["demonstration"] = np.arange(6.0)
    for kind, policy in (
        ("demonstration", Policy(demonstration_is_practice=True)),
        ("saturated_demand", Policy(saturated_demand=True)),
    ):
        assert varied(frames, kind).rho == expected_rho(frames, frames, policy)


def test_the_other_grouping_of_demonstration_moves_labels_though_never_the_order():
    frames = about_x(theory=10, practice=20, mentions=100, mentions_before=100)
    frames.hours.loc[["x.I", "x.D", "x.A"], "demonstration"] = 40.0
    found = varied(frames, "demonstration")
    assert found.rho == 1.0  # a gap is of all exposure
    assert list(found.moves.loc["x", ["label_before", "label_after"]]) == ["under_practised", "aligned"]


def test_a_rater_s_own_mapping_stands_in_for_the_courses_that_the_rater_judged():
    ratings = [("r1", "A", "f", "D"), ("r2", "B", "b", "D"), ("r1", "B", "b", "A")]
    frames = plan(ratings=ratings, prepares_for=("buyer",))
    own = [("C", "c", "D", 1.0), ("D", "d", "D", 1.0), ("E", "e", "D", 1.0), ("F", "f", "D", 1.0)]
    first = plan(mappings=[*own, ("A", "f", "D", math.nan), ("B", "b", "A", math.nan)], prepares_for=("buyer",))
    found = varied(frames, "rater", name="r1")
    assert found.rho == expected_rho(frames, first)
    assert found.moves.loc["a", ["label_before", "label_after"]].tolist() == ["covered", "mapping_missing"]
    assert varied(frames, "rater", name="r2").rho == expected_rho(frames, frames)


def test_a_rater_whose_shares_exceed_a_course_is_set_aside_with_the_reason():
    frames = plan(ratings=[("r1", "A", "a", "D"), ("r1", "A", "b", "D")])
    frames.ratings["share"] = 0.75
    found = varied(frames, "rater", name="r1")
    assert found.rho is None
    assert found.reason is not None
    assert (found.reason.code, found.reason.values) == ("shares_above_one", {"course": "A", "sum": 1.5})
    assert found.moves.empty


def test_abilities_that_enter_or_leave_the_largest_are_named():
    weights = {**dict.fromkeys(LETTERS, 1.0), "d": 20.0}
    frames = plan(requirements=[("buyer", letter, weight, "") for letter, weight in weights.items()])
    found = robustness(judged_only(frames), most=2)
    moves = next(each for each in found.variations if each.kind == "equal_weights").moves
    equal = replace(frames, requirements=frames.requirements.assign(weight=1.0))
    before, after = set(top_two(sizes(frames))), set(top_two(sizes(equal)))
    assert set(moves.index[moves["enters"]]) == after - before
    assert set(moves.index[moves["leaves"]]) == before - after
    assert moves["enters"].sum() == moves["leaves"].sum() > 0
    assert (moves["rank_before"].le(2) == ~moves["enters"]).all()


def top_two(gaps):
    return gaps.round(12).sort_index().sort_values(ascending=False, kind="stable").index[:2]


@pytest.mark.parametrize("kind", ["equal_weights", "equal_shares", "demonstration", "saturated_demand"])
def test_a_choice_that_changes_nothing_here_says_so(kind):
    requirements = [("buyer", letter, 1.0, "") for letter in LETTERS]
    mappings = [(letter.upper(), letter, "D", math.nan) for letter in LETTERS]
    found = varied(plan(requirements=requirements, mappings=mappings), kind)
    assert found.rho is None
    assert found.reason is not None
    assert found.reason.code == "nothing_to_vary"
    assert found.moves.empty


def test_two_gaps_have_no_order_worth_the_name():
    found = varied(plan(abilities="ab", hours={"A": {"theory": 3}, "B": {"theory": 9}}, **of("ab")), "equal_weights")
    assert found.reason is not None
    assert (found.reason.code, found.reason.values) == ("too_few_gaps", {"gaps": 2, "needed": 3})


def of(letters):
    return {
        "mappings": [(letter.upper(), letter, "D", 1.0) for letter in letters],
        "requirements": [("buyer", letter, float(weight), "") for weight, letter in enumerate(letters, start=1)],
    }


def test_gaps_that_become_equal_have_no_order():
    hours = {letter.upper(): {"theory": 10.0} for letter in "abcd"}
    frames = plan(abilities="abcd", hours=hours, **of("abcd"))
    found = varied(frames, "equal_weights")  # then nothing is left of any gap
    assert found.reason is not None
    assert (found.reason.code, found.reason.values) == ("gaps_all_equal", {"gaps": 4})
    assert found.moves["leaves"].all()


def other(pairs, abilities):
    return OtherFramework(pairs, pd.DataFrame({"area": "area"}, index=list(abilities)))


def test_a_framework_that_only_renames_changes_nothing():
    frames = plan()
    renamed = other({letter: [letter.upper()] for letter in LETTERS}, LETTERS.upper())
    found = varied(frames, "framework", name="twin", frameworks={"twin": renamed})
    assert found.rho == 1.0
    assert found.moves.empty
    assert found.without == ()


def test_a_framework_without_counterparts_lists_what_it_cannot_see():
    frames = plan()
    partly = other({"a": ["X"], "b": ["X"], "c": ["Y"], "d": ["Z", "Y"]}, "XYZ")
    found = varied(frames, "framework", name="rival", frameworks={"rival": partly})
    assert set(found.without) == {"e", "f"}
    assert {"e", "f"}.isdisjoint(found.moves.index)
    assert {"a", "b", "c", "d"}.isdisjoint(found.without)
    assert found.rho is not None
    empty = varied(frames, "framework", name="none", frameworks={"none": other({}, "X")})
    assert empty.reason is not None
    assert empty.reason.code == "too_few_gaps"
    assert len(empty.without) == 6


def test_counterparts_with_different_labels_are_mixed():
    mappings = [(letter.upper(), letter, "D", 1.0) for letter in LETTERS[1:]]
    frames = plan(mappings=mappings, prepares_for=("buyer",), signed_off=True)
    split = other({"a": ["X"], "b": ["X", "Y"], **{letter: ["Y"] for letter in "cdef"}}, "XYZ")
    found = varied(frames, "framework", name="rival", frameworks={"rival": split})
    assert found.moves["label_after"].isin([MIXED, "covered"]).all()


def test_through_a_crosswalk_a_gap_is_the_mean_over_there():
    mappings = [(letter.upper(), letter, "D", 1.0) for letter in LETTERS[:4]]
    postings = demand(Postings(200, {"a": 190, "b": 20, "c": 150, "d": 10}), searchable=LETTERS)
    frames = plan(mappings=mappings, requirements=[], demand=postings)
    split = other({"a": ["X", "Y"], "b": ["X"], "c": ["Y"], "d": ["Z"], "e": ["Z", "W"]}, "WXYZ")
    there = labelled(through_crosswalk(frames, split).frames)
    found = varied(frames, "framework", name="rival", frameworks={"rival": split}, most=4)
    assert {"a", "e"} <= set(found.moves.index)
    assert there.loc[["X", "Y"], "label"].nunique() == 2
    assert found.moves.loc["a", "label_after"] == MIXED
    assert found.moves.loc["a", "gap_after"] == pytest.approx(there.loc[["X", "Y"], "gap"].mean())
    assert found.moves.loc["e", "enters"]  # nothing of its own counts here, but one of its counterparts does there
    assert not there.loc["W", "counted"]
    assert found.moves.loc["e", "gap_after"] == pytest.approx(there.loc[["Z", "W"], "gap"].mean())


@RANDOM
@given(universes())
def test_a_crosswalk_that_only_renames_gives_the_same_analysis(frames):
    pairs = {ability: [ability.upper()] for ability in ABILITIES}
    renamed = frames.abilities.rename(index=str.upper)
    crossed = through_crosswalk(frames, OtherFramework(pairs, renamed))
    before, after = (labelled(each, POLICY) for each in (frames, crossed.frames))
    columns = ["label", "exposure_status", "practice_status", "exposure_hours", "demand_share", "required_share"]
    pd.testing.assert_frame_equal(after[columns].set_axis(before.index), before[columns])
    assert crossed.without == crossed.unreached == ()


@RANDOM
@given(universes(), st.data())
def test_a_crosswalk_conserves_hours_and_weights_and_counts_a_posting_once(frames, data):
    pairs = {ability: data.draw(st.lists(st.sampled_from("XYZ"), unique=True)) for ability in ABILITIES}
    crossed = through_crosswalk(frames, other(pairs, "XYZ"))
    own, there = (teaching_vectors(each, POLICY) for each in (frames, crossed.frames))
    kept = [ability for ability in ABILITIES if pairs[ability]]
    assert there.by_mode.sum().tolist() == pytest.approx(own.by_mode.loc[kept].sum().tolist(), abs=1e-6)
    everything = (own.by_mode.sum() + own.unmapped).tolist()
    assert (there.by_mode.sum() + there.unmapped).tolist() == pytest.approx(everything)
    weights = frames.requirements[frames.requirements["ability"].isin(kept)]["weight"].sum()
    assert crossed.frames.requirements["weight"].sum() == pytest.approx(weights)
    assert crossed.without == tuple(ability for ability in ABILITIES if not pairs[ability])
    assert set(crossed.unreached) == set("XYZ") - {other for found in pairs.values() for other in found}
    if frames.demand is not None:
        assert crossed.frames.demand is not None
        _expect_mentions(frames.demand, crossed.frames.demand, pairs)


def _expect_mentions(before, after, pairs):
    leading = {other: {own for own, found in pairs.items() if other in found} for other in "XYZ"}
    searchable = {other for other, own in leading.items() if own and own <= set(before.searchable)}
    assert after.searchable == searchable
    for other_, own in leading.items():
        rows = before.mentions[before.mentions["ability"].isin(own & set(before.searchable))]
        found = after.mentions.loc[after.mentions["ability"] == other_, "posting"]
        assert sorted(found) == sorted(set(rows["posting"]))


def test_of_several_levels_the_highest_crosses_over():
    frames = plan(mappings=[("A", "a", "I", 0.5), ("A", "b", "A", 0.25), ("A", "c", "", 0.25)])
    crossed = through_crosswalk(frames, other({"a": ["X"], "b": ["X"]}, "X"))
    assert crossed.frames.mappings.to_numpy().tolist() == [["A", "X", "A", 0.75]]


@pytest.mark.parametrize(("pairs", "message"), [({"q": ["X"]}, "ability 'q'"), ({"a": ["Q"]}, "counterpart 'Q'")])
def test_a_crosswalk_to_or_from_nowhere_is_refused(pairs, message):
    with pytest.raises(ValueError, match=f"crosswalk: {message} is not in its framework"):
        through_crosswalk(plan(), other(pairs, "X"))
