"""Curricula side by side: what differs, how far apart, and what may not be compared."""

import itertools
import math
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from curricula.analysis.frames import PAIRS, Policy
from curricula.analysis.gap import analyse, prepare
from curricula.analysis.measures.comparison import compare, compare_frameworks
from curricula.analysis.measures.crosswalk import OtherFramework, through_crosswalk
from tests.analysis_properties import quick, vectors
from tests.gap_universe import Postings, curriculum, demand

FEW = 20  # draws
ABILITIES = ("a", "b", "c")


def plan(a=0.0, b=0.0, c=0.0, **changes):
    """Each ability has a course of its own with so many hours of theory."""
    hours = {"a": a, "b": b, "c": c}
    given_: dict[str, Any] = {
        "abilities": ABILITIES,
        "hours": {name.upper(): {"theory": value} for name, value in hours.items()},
        "mappings": [(name.upper(), name, "D", 1.0) for name in ABILITIES],
        "requirements": [("buyer", "a", 1.0, "D")],
        "signed_off": True,
    }
    return curriculum(**given_ | changes)


def analysis(*hours, **changes):
    return analyse(plan(*hours, **changes), draws=FEW)


def test_shares_stand_side_by_side_over_abilities_that_count_in_any():
    found = compare({"2025": analysis(30, 10, 0), "2026": analysis(10, 0, 0)})
    exposure = found.shares["exposure_share"]
    assert exposure.to_dict("index") == {"a": {"2025": 0.75, "2026": 1.0}, "b": {"2025": 0.25, "2026": 0.0}}
    assert found.shares["practised_share"].isna().all(axis=None)


def test_only_labels_that_differ_are_listed():
    chosen = {"prepares_for": ("buyer",)}
    found = compare({"old": analysis(0, 10, 0, **chosen), "new": analysis(30, 10, 0, **chosen)})
    assert found.labels.to_dict("index") == {"a": {"old": "untaught", "new": "theory_without_practice"}}


def test_a_label_that_one_of_three_has_alone_differs():
    old, same, new = analysis(0, 10, 0), analysis(0, 20, 0), analysis(30, 10, 0)
    for order in ((old, same, new), (old, new, same), (new, old, same)):
        found = compare({str(place): each for place, each in enumerate(order)})
        assert found.labels.index.tolist() == ["a"]


def test_indices_keep_their_bands():
    first, second = analysis(30, 10, 0), analysis(10, 10, 10)
    found = compare({"one": first, "two": second})
    assert found.alignment == {pair: {"one": first.alignment[pair], "two": second.alignment[pair]} for pair in PAIRS}
    assert found.alignment["theory_required"]["one"].flat is not None


def test_distances_equal_those_worked_out_by_hand():
    found = compare(
        {"p": analysis(30, 10, 0), "q": analysis(10, 30, 0), "r": analysis(0, 0, 5)}, years={"p": 2023, "q": 2026}
    )
    rows = found.distances.set_index(["left", "right"])
    divergence = 0.75 * math.log2(0.75 / 0.5) + 0.25 * math.log2(0.25 / 0.5)
    assert rows.loc[("p", "q"), "jensen_shannon"] == pytest.approx(math.sqrt(divergence))
    assert rows.loc[("p", "q"), "porter_distance"] == 0.5
    assert list(rows.loc[("p", "r"), ["jensen_shannon", "porter_distance"]]) == [1.0, 1.0]
    assert rows["years_apart"].astype(object).where(rows["years_apart"].notna(), None).tolist() == [3, None, None]
    assert rows["reason"].isna().all()


def test_distances_are_of_all_exposure():
    practised = plan(30, 10, 0)
    practised.hours["operation"] = [0.0, 20.0, 0.0]
    found = compare({"p": analyse(practised, draws=FEW), "q": analysis(10, 10, 0)}).distances
    assert found["porter_distance"].tolist() == [0.0]


@cache
def some_analysis():
    return analysis(30, 10, 5)


def of_hours(hours):
    """An analysis with these hours of exposure: distances read nothing else of it."""
    base = some_analysis()
    return replace(base, abilities=base.abilities.assign(exposure_hours=np.array(hours)))


@quick
@given(vectors(3), vectors(3))
def test_distances_are_symmetric_between_0_and_1_and_0_for_the_same_emphasis(left, right):
    one, other = of_hours(left), of_hours(right)
    there, back, same = (
        compare({"p": p, "q": q}).distances[["jensen_shannon", "porter_distance"]].iloc[0].to_numpy(dtype=float)
        for p, q in ((one, other), (other, one), (one, one))
    )
    np.testing.assert_allclose(there, back, atol=1e-9)
    assert (there >= 0).all()
    assert (there <= 1 + 1e-9).all()
    assert same.tolist() == [0.0, 0.0]


def test_a_curriculum_without_hours_has_no_distance_and_says_why():
    row = compare({"full": analysis(30, 10, 0), "empty": analysis()}).distances.iloc[0]
    assert (row["reason"].code, row["reason"].values) == ("no_exposure_hours", {"curriculum": "empty"})
    assert pd.isna(row["jensen_shannon"])
    assert pd.isna(row["porter_distance"])


def test_of_two_curricula_without_hours_the_first_is_named():
    row = compare({"one": analysis(), "other": analysis()}).distances.iloc[0]
    assert row["reason"].values == {"curriculum": "one"}


def test_postings_for_other_positions_make_no_other_demand():
    batches = [Postings(100, {"a": 10}, position="buyer"), Postings(50, {"b": 10}, position="seller")]
    ours = Postings(100, {"a": 10}, position="buyer")
    more, same = (demand(*each, searchable=ABILITIES) for each in (batches, [ours]))
    for_buyers: dict[str, Any] = {"prepares_for": ("buyer",)}
    found = compare({"p": analysis(30, demand=more, **for_buyers), "q": analysis(30, demand=same, **for_buyers)})
    assert found.cautions == ()


def test_the_order_of_abilities_does_not_matter():
    frames = plan(30, 10, 5)
    turned = replace(frames, abilities=frames.abilities.iloc[::-1])
    found = compare({"p": analyse(frames, draws=FEW), "q": analyse(turned, draws=FEW)})
    assert found.shares["exposure_share"].index.tolist() == list(ABILITIES)
    assert found.labels.empty
    assert found.distances["porter_distance"].tolist() == [0.0]


def test_what_may_not_be_comparable_is_said():
    postings = demand(Postings(100, {"a": 10}), searchable=ABILITIES)
    found = compare({"p": analysis(30, 10, 0), "q": analysis(30, 10, 5, demand=postings)})
    assert [(each.code, each.values) for each in found.cautions] == [
        ("demand_differs", {}),
        ("cells_differ", {"pair": "theory_required"}),
    ]
    assert compare({"p": analysis(30, 10, 0), "q": analysis(3, 1, 0)}).cautions == ()


@pytest.mark.parametrize("number", [0, 1, 7])
def test_two_to_six_curricula_can_be_compared(number):
    with pytest.raises(ValueError, match=f"2 to 6 curricula can be compared, but there are {number}"):
        compare({str(name): some_analysis() for name in range(number)})


def test_other_frameworks_and_other_policies_are_refused():
    with pytest.raises(ValueError, match="'q' and 'p' are on different frameworks"):
        compare({"p": analysis(1), "q": analysis(1, abilities=(*ABILITIES, "d"))})
    with pytest.raises(ValueError, match="'q' and 'p' were analysed under different policies"):
        compare({"p": analysis(1), "q": analyse(plan(1), Policy(ratio=3.0), draws=FEW)})


RIVAL = OtherFramework({"a": ["X"], "b": ["X", "Y"], "c": []}, pd.DataFrame({"area": "area"}, index=["X", "Y", "Z"]))


def test_a_curriculum_is_seen_on_another_framework_with_what_has_no_counterpart():
    postings = demand(Postings(100, {"a": 30, "b": 20, "c": 10}), searchable=ABILITIES)
    found = compare_frameworks(prepare(plan(30, 20, 50, demand=postings), draws=FEW), RIVAL)
    columns = ["own", "labels_here", "taught_hours", "exposure_share", "demand_mentions"]
    assert found.abilities[columns].fillna({"demand_mentions": -1}).to_dict("index") == {
        "X": {
            "own": ("a", "b"),
            "labels_here": ("theory_without_practice", "theory_without_practice"),
            "taught_hours": 40.0,
            "exposure_share": 0.8,
            "demand_mentions": 30.0,  # all that mention b mention a too, and count once
        },
        "Y": {
            "own": ("b",),
            "labels_here": ("theory_without_practice",),
            "taught_hours": 10.0,
            "exposure_share": 0.2,
            "demand_mentions": 20.0,
        },
        "Z": {"own": (), "labels_here": (), "taught_hours": 0.0, "exposure_share": 0.0, "demand_mentions": -1},
    }
    assert found.unreached == ("Z",)
    lost = found.without.loc["c"]
    assert found.without.index.tolist() == ["c"]
    facts = ["exposure_hours", "exposure_share", "demand_mentions", "required_weight"]
    assert list(lost[facts]) == [50, 0.5, 10, 0]
    assert found.there.unmapped["theory"] == 50.0
    assert found.here.unmapped["theory"] == 0.0


def test_the_other_framework_is_judged_by_the_same_policy_and_seed():
    postings = demand(Postings(100, {"a": 30, "b": 20, "c": 10}), searchable=ABILITIES)
    policy = Policy(ratio=3.0)
    found = compare_frameworks(prepare(plan(30, 20, 50, demand=postings), policy, draws=FEW, seed=5), RIVAL)
    crossed = through_crosswalk(plan(30, 20, 50, demand=postings), RIVAL).frames
    expected, other = (analyse(crossed, policy, draws=FEW, seed=seed) for seed in (5, 6))
    assert found.there.policy == policy
    assert found.there.alignment == expected.alignment != other.alignment


def test_a_framework_of_other_names_gives_the_same_indices():
    prepared = prepare(plan(30, 20, 50), draws=FEW)
    for names in itertools.permutations("XYZ"):
        counterparts = {own: [name] for own, name in zip(ABILITIES, names, strict=True)}
        renamed = OtherFramework(counterparts, pd.DataFrame({"area": "area"}, index=list("XYZ")))
        found = compare_frameworks(prepared, renamed)
        assert found.without.empty
        for pair in PAIRS:
            here, there = found.here.alignment[pair], found.there.alignment[pair]
            assert (here.index is None) == (there.index is None)
            assert here.index is None or here.index == pytest.approx(there.index)
