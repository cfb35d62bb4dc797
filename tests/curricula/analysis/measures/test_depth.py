"""Webb, chains, vintage and specificity of a curriculum: from frames to the measures, and every reason for none."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from competencies.analysis.demand import effective_use
from curricula.analysis.alignment import vintage_interval, vintage_ratio
from curricula.analysis.frames import Notice, Policy
from curricula.analysis.levels import WebbCriteria, webb_criteria
from curricula.analysis.measures.depth import chains, specificity, vintage, webb_profiles
from tests.curricula.analysis.test_gap_twin import universes
from tests.gap_universe import NEWEST, YEAR, Postings, curriculum, demand

FEW = 60  # draws
STANDARD = Policy()
RANDOM = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def plan(**changes):
    """Three abilities in two areas; a needs D, b needs A, c is required with no level."""
    given_: dict[str, Any] = {
        "abilities": {"a": "one", "b": "one", "c": "two"},
        "hours": {name: {"theory": 10} for name in ("A", "B", "C")},
        "mappings": [("A", "a", "I", 0.5), ("A", "b", "D", 0.5), ("B", "a", "A", 1.0), ("C", "c", "", 1.0)],
        "requirements": [("buyer", "a", 1.0, "D"), ("buyer", "b", 1.0, "A"), ("buyer", "c", 1.0, "")],
    }
    return curriculum(**given_ | changes)


def test_webb_reads_required_levels_and_mapped_cells():
    whole, *areas = webb_profiles(plan())
    assert whole.criteria == WebbCriteria(3, 1 / 3, 1.0, 1 - (2 / 3 - 1 / 2))
    assert whole.criteria == webb_criteria(["D", "A"], [(0, "I"), (1, "D"), (0, "A")])
    assert (whole.area, whole.objectives, whole.objectives_without_level, whole.hits_without_level) == ("", 2, 1, 0)
    assert [area.area for area in areas] == ["one", "two"]
    assert areas[0].criteria == whole.criteria


def test_webb_says_what_is_missing():
    areas = {profile.area: profile for profile in webb_profiles(plan())}
    assert areas["two"].criteria is None
    assert areas["two"].reason == Notice("no_required_levels", {"abilities": 1})
    unlevelled = plan(mappings=[("A", "a", "", 1.0), ("B", "b", "", 1.0)])
    whole = webb_profiles(unlevelled)[0]
    assert whole.reason == Notice("no_levelled_cells", {"objectives": 2})
    assert whole.hits_without_level == 2
    assert webb_profiles(plan(requirements=[]))[0].reason == Notice("no_required_levels", {"abilities": 0})


def test_webb_reads_only_the_positions_prepared_for():
    requirements = [("buyer", "a", 1.0, "D"), ("seller", "b", 1.0, "A")]
    whole = webb_profiles(plan(requirements=requirements, prepares_for=("seller",)))[0]
    assert whole.criteria == webb_criteria(["A"], [(0, "D")])


def test_a_chain_stands_in_term_order_with_its_courses():
    found = chains(plan())
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.loc["a", "steps"] == ((1, "A", "I"), (2, "B", "A"))
    assert found[["introduced", "developed", "assessed"]].to_numpy().tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 0]]
    assert found["in_order"].tolist() == [True, True, None]
    assert found["complete"].tolist() == [False, False, False]
    assert found["reason"].tolist() == [None, None, Notice("no_levels", {"courses": 1})]


def test_courses_of_one_term_stand_in_the_order_of_their_codes():
    frames = plan(mappings=[("B", "a", "A", 1.0), ("A", "a", "I", 0.5)])
    frames.courses["term"] = 1.0
    assert chains(frames).loc["a", "steps"] == ((1, "A", "I"), (1, "B", "A"))


def test_a_chain_against_the_terms_is_out_of_order():
    frames = plan()
    frames.courses.loc["B", "term"] = 0.5
    assert chains(frames).loc["a", "in_order"] is False
    frames.courses.loc["B", "term"] = 1.0  # in one term there is no order to break
    assert chains(frames).loc["a", "in_order"] is True


def test_a_levelled_course_without_a_term_leaves_the_order_unknown():
    frames = plan()
    frames.courses.loc["A", "term"] = math.nan
    row = chains(frames).loc["a"]
    assert row["in_order"] is None
    assert row["reason"] == Notice("chain_terms_unknown", {"courses": 1})
    assert row["steps"] == ((2, "B", "A"), (None, "A", "I"))


def test_a_plan_without_mappings_has_no_chains():
    assert chains(plan(mappings=[])).empty


def two_periods(now, before, **options):
    batches = [Postings(200, now, **options), Postings(150, before, day=NEWEST - YEAR, **options)]
    return demand(*batches, searchable=("a", "b"))


def test_vintage_is_the_ratio_of_the_exposure_against_both_periods():
    frames = plan(demand=two_periods({"a": 10, "b": 90}, {"a": 70, "b": 10}))
    frames.hours.loc["B"] = [0.0, 0.0, 4.0, 6.0, 0.0]  # practice is exposure too
    found = vintage(frames, STANDARD, draws=FEW)
    exposed = [15.0, 5.0]  # of a and b
    assert found.ratio == pytest.approx(vintage_ratio(exposed, [70, 10], [10, 90]))
    assert (found.postings, found.postings_before, found.abilities) == (200, 150, 2)
    assert found.low is not None
    assert 1 < found.low <= found.ratio
    assert found.verdict == "dated"
    assert found.reason is None
    turned = vintage(plan(demand=two_periods({"a": 70, "b": 10}, {"a": 10, "b": 90})), STANDARD, draws=FEW)
    assert turned.verdict == "ahead"
    same = vintage(plan(demand=two_periods({"a": 40, "b": 40}, {"a": 30, "b": 30})), STANDARD, draws=FEW)
    assert same.verdict == "neither"


def test_the_interval_resamples_employers():
    some = [f"e{n}" for n in range(12)]
    options = {"employers": some}
    frames = plan(demand=two_periods({"a": 10, "b": 60}, {"a": 70, "b": 10}, **options))
    found = vintage(frames, STANDARD, draws=FEW, seed=3)
    matrices = [presence(frames, day) for day in (NEWEST - YEAR, NEWEST)]
    names = [np.resize(some, len(matrix)) for matrix in matrices]
    expected = vintage_interval([15.0, 5.0], *matrices, (names[0], names[1]), draws=FEW, seed=3)
    assert (found.low, found.high) == pytest.approx(expected)


def presence(frames, day):
    postings = frames.demand.postings.index[frames.demand.postings["counted_on"] == day]
    pairs = set(frames.demand.mentions.itertuples(index=False, name=None))
    return [[float((posting, ability) in pairs) for ability in ("a", "b")] for posting in postings]


def test_undated_postings_and_other_positions_say_nothing_of_age():
    dated, undated = (
        demand(
            Postings(100, {"a": 10, "b": 40}, position="buyer"),
            Postings(100, {"a": 40, "b": 10}, position="buyer", day=NEWEST - YEAR),
            *more,
            searchable=("a", "b"),
        )
        for more in (
            (),
            (Postings(300, {"a": 300}, dated=False, position="buyer"), Postings(50, {"a": 50}, position="seller")),
        )
    )
    options: dict[str, Any] = {"positions": ("buyer", "seller"), "prepares_for": ("buyer",)}
    one, other = (vintage(plan(demand=postings, **options), STANDARD, draws=FEW) for postings in (dated, undated))
    assert one.ratio == other.ratio
    assert other.postings == 100


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, Notice("no_dated_postings", {"postings": 0, "postings_before": 0})),
        (
            {"demand": demand(Postings(9, {"a": 3}), searchable=("a",))},
            Notice("no_dated_postings", {"postings": 9, "postings_before": 0}),
        ),
        (
            {"demand": two_periods({"a": 3}, {"a": 2}), "hours": {"A": {}, "B": {}, "C": {}}},
            Notice("no_exposure_searchable", {"abilities": 2}),
        ),
        (
            {"demand": demand(Postings(92, {"a": 9}), Postings(92, {"a": 9}, day=NEWEST - YEAR), searchable="ab")},
            Notice("too_few_postings", {"postings": 92, "needed": 93}),
        ),
        (
            {"demand": two_periods({"a": 30}, {"a": 20}, employers=["e1", "e2"])},
            Notice("too_few_employers", {"postings": 150, "employers": 2.0, "needed": 8}),
        ),
        (
            {"demand": two_periods({"a": 3}, {"b": 2}), "mappings": [("A", "a", "", 1.0)]},
            Notice("nothing_in_common", {"postings": 200, "postings_before": 150}),
        ),
    ],
)
def test_a_vintage_without_a_value_says_why(changes, reason):
    found = vintage(plan(**changes), STANDARD, draws=FEW)
    assert (found.ratio, found.low, found.high, found.verdict) == (None, None, None, None)
    assert found.reason == reason


def test_a_vintage_too_thin_to_resample_is_no_finding():
    found = vintage(plan(demand=two_periods({"a": 1, "b": 40}, {"a": 1}), mappings=[("A", "a", "", 1.0)]), STANDARD)
    assert found.ratio is not None
    assert (found.low, found.high, found.verdict) == (None, None, "neither")
    assert found.reason == Notice("too_thin_to_resample", {"postings": 200, "postings_before": 150})


def by_position(*batches, **changes):
    postings = demand(*batches, searchable=("a", "b", "c"))
    return plan(positions=("buyer", "seller"), demand=postings, **changes)


def test_specificity_compares_the_positions_of_the_postings():
    frames = by_position(
        Postings(40, {"a": 30, "b": 10}, position="buyer"),
        Postings(50, {"a": 10, "b": 30}, position="seller"),
        Postings(60, {"a": 60}),  # of no position
        Postings(70, {"a": 70}, position="buyer", day=NEWEST - YEAR),  # of another period
    )
    found = specificity(replace(frames, prepares_for=("seller",)))
    assert found.ratios.to_dict("index") == {"buyer": {"a": 1.5, "b": 0.5}, "seller": {"a": 0.5, "b": 1.5}}
    assert found.mentions.to_numpy().tolist() == [[30, 10], [10, 30]]
    assert found.postings.to_dict() == {"buyer": 40, "seller": 50}
    assert found.reason is None


def test_specificity_is_sure_on_what_the_postings_are_worth_where_employers_repeat_themselves():
    sides = [
        Postings(40, mentions, position=code)
        for code, mentions in {"buyer": {"a": 36, "b": 4}, "seller": {"a": 4, "b": 36}}.items()
    ]
    many, two = (
        specificity(by_position(*found)) for found in (sides, [replace(s, employers=["x", "y"]) for s in sides])
    )
    assert many.ratios.equals(two.ratios)
    assert many.sure.to_numpy().all()
    assert not two.sure.to_numpy().any()


def test_specificity_needs_titled_postings_of_two_positions():
    assert specificity(plan()).reason == Notice("no_titled_postings", {"postings": 0})
    untitled = specificity(by_position(Postings(40, {"a": 30})))
    assert untitled.reason == Notice("no_titled_postings", {"postings": 40})
    one = specificity(by_position(Postings(40, {"a": 30}, position="buyer"), Postings(5, {}, position="seller")))
    assert one.reason == Notice("one_position", {"position": "buyer", "postings": 40})
    assert untitled.ratios.empty
    assert one.ratios.empty


@RANDOM
@given(universes())
def test_specificity_equals_the_measure_over_a_table_counted_by_hand(frames):
    found = specificity(frames)
    if found.reason is None:
        assert frames.demand is not None
        newest = frames.demand.postings["counted_on"].max()
        recent = frames.demand.postings[frames.demand.postings["counted_on"] > newest - YEAR]
        joined = frames.demand.mentions.drop_duplicates().merge(recent, left_on="posting", right_index=True)
        joined = joined[joined["ability"].isin(frames.demand.searchable)]
        table = joined.pivot_table(index="position", columns="ability", values="source", aggfunc="count", fill_value=0)
        table = table.loc[found.mentions.index, found.mentions.columns]
        assert found.mentions.to_numpy().tolist() == table.to_numpy().tolist()
        np.testing.assert_allclose(found.ratios, effective_use(table))
