"""What holds for every universe: hours are conserved, order and repetition do not matter, more is never less."""

import copy
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.analysis.frames import MODES, TAUGHT_MODES, Policy
from curricula.analysis.gap import ABILITY_COLUMNS, analyse
from curricula.analysis.teaching_hours import teaching_vectors
from tests.curricula.analysis.test_gap_twin import ABILITIES, POLICY, universes
from tests.gap_universe import about_x, labelled

RANDOM = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
BALANCED: dict[str, Any] = {"theory": 100, "practice": 100, "mentions": 100, "mentions_before": 100}


@RANDOM
@given(universes())
def test_hours_are_conserved_in_every_mode(frames):
    teaching = teaching_vectors(frames, POLICY)
    kept = teaching.by_mode.sum() + teaching.unmapped
    assert kept[list(MODES)].tolist() == pytest.approx(frames.hours[list(MODES)].sum().tolist(), abs=1e-9)
    beyond = frames.courses["total_hours"] - frames.hours[list(MODES)].sum(axis=1)
    assert kept["unsplit"] == pytest.approx(beyond.clip(lower=0).sum(), abs=1e-9)
    assert (teaching.by_mode >= 0).all(axis=None)
    assert (teaching.unmapped >= 0).all()


@RANDOM
@given(universes())
def test_shares_sum_to_one_or_are_unknown(frames):
    table = labelled(frames, POLICY)
    for column in ("taught_share", "practised_share", "exposure_share", "required_share", "demand_share"):
        known = table[column].dropna()
        assert known.empty or known.sum() == pytest.approx(1)


@RANDOM
@given(universes(), st.permutations(ABILITIES))
def test_the_order_of_abilities_does_not_matter(frames, order):
    shuffled = replace(frames, abilities=frames.abilities.loc[list(order)])
    columns = ["label", "exposure_status", "practice_status", "theory_status", "trend"]
    pd.testing.assert_frame_equal(
        labelled(shuffled, POLICY)[columns].loc[list(ABILITIES)], labelled(frames, POLICY)[columns]
    )


@RANDOM
@given(universes())
def test_a_mapping_without_hours_or_mentions_changes_no_number_of_another(frames):
    """An ability that nothing touches stays outside of K, so no family and no index can feel it."""
    more = pd.concat([frames.abilities, pd.DataFrame({"area": ["area"]}, index=["untouched"])])
    asked = frames.demand and replace(frames.demand, searchable=frames.demand.searchable | {"untouched"})
    table, same = labelled(replace(frames, abilities=more, demand=asked), POLICY), labelled(frames, POLICY)
    assert not table.loc["untouched", "counted"]
    columns = ["label", "exposure_share", "p_exposed", "p_practised", "p_change"]
    pd.testing.assert_frame_equal(table.loc[list(ABILITIES), columns], same[columns])


def label_of(**parameters):
    return str(labelled(about_x(**parameters))["label"]["x"])


@pytest.mark.parametrize("kind", ["theory", "practice"])
def test_more_hours_never_make_the_shortage_larger(kind):
    severity = ["under_taught_and_practised", "under_taught", "under_practised", "inconclusive", "aligned"]
    hours = (0.5, 10, 30, 60, 90, 100)
    labels = [label_of(**BALANCED | {kind: h}) for h in hours]
    ranks = [severity.index(label) for label in labels]
    assert ranks == sorted(ranks)
    assert labels[-1] == "aligned"


def test_more_postings_of_the_same_rate_only_make_sure():
    def label(n):
        counts = {"mentions": n // 10, "mentions_before": n // 10, "asked_of_fillers": n // 10}
        return label_of(theory=40, practice=40, postings=n, **counts)

    labels = [label(n) for n in (100, 200, 400, 800)]
    assert labels == sorted(labels)  # inconclusive, then under_taught_and_practised
    assert labels[-1] == "under_taught_and_practised"


def hours(table):
    return [table["taught_hours"]["x"], table["practised_hours"]["x"]]


def test_demonstration_moves_from_taught_to_practised_and_nothing_is_lost():
    frames = about_x(theory=10, practice=10)
    frames.hours["demonstration"] = 5.0
    taught, practised = (labelled(frames, Policy(demonstration_is_practice=switch)) for switch in (False, True))
    assert hours(taught) == pytest.approx([25, 10])
    assert hours(practised) == pytest.approx([10, 25])
    assert taught["exposure_hours"].equals(practised["exposure_hours"])


def test_the_same_question_gets_the_same_answer():
    frames = about_x(**{**BALANCED, "theory": 1, "practice": 1})  # an index of 1 would have no width
    first, second, other = (analyse(frames, draws=50, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.abilities, second.abilities)
    assert first.alignment == second.alignment
    assert first.alignment["theory_demand"].low != other.alignment["theory_demand"].low


def test_the_frames_are_not_changed():
    frames = about_x(**BALANCED, required="D")
    before = copy.deepcopy(frames)
    analyse(frames, draws=20)
    for field in fields(frames):
        now, then = getattr(frames, field.name), getattr(before, field.name)
        for each, other in zip(
            *((vars(side).values() if is_dataclass(side) else [side]) for side in (now, then)), strict=True
        ):
            pd.testing.assert_frame_equal(each, other) if isinstance(each, pd.DataFrame) else None
            assert isinstance(each, pd.DataFrame) or each == other


def test_the_result_has_the_columns_that_were_promised():
    found = analyse(about_x(**BALANCED, required="D"), draws=20)
    assert tuple(found.abilities.columns) == ABILITY_COLUMNS
    flags = [
        "counted",
        "searchable",
        "wanted",
        "demand_unknown",
        "never_assessed",
        "chain_incomplete",
        "shares_assumed",
        "provisional",
        "level_assumed_required",
    ]
    assert found.abilities[flags].dtypes.eq("bool").all()
    numbers = found.abilities.loc[:, [name for name in ABILITY_COLUMNS if "_share" in name or "hours" in name]]
    assert numbers.dtypes.eq("float64").all()
    assert found.areas.sum().tolist() == pytest.approx(found.abilities[list(TAUGHT_MODES)].sum().tolist())
