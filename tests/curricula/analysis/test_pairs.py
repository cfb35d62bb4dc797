"""The five indices: value, chance band, ceiling, interval and signed terms, or the reason why there is none."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from curricula.analysis.ability_stats import ability_sizes
from curricula.analysis.alignment import porter_ceiling, porter_permutation_null
from curricula.analysis.credibility import flat_plan_index
from curricula.analysis.demand_periods import demand_vectors
from curricula.analysis.frames import PAIRS, Notice, Policy
from curricula.analysis.gap import analyse
from curricula.analysis.pairs import SIDES, pair_sides, signed_terms
from curricula.analysis.teaching_hours import required_vectors, teaching_vectors
from tests.curricula.analysis.test_gap_twin import POLICY, universes
from tests.gap_universe import Postings, about_x, curriculum, demand

FEW = 200  # draws


def plan(postings: Postings | None = None, **changes):
    """Two courses, three abilities; the shares of a: t̂ ¾, p̂ ½, r̂ ¼, of b: ¼, ½, ¾; c is nobody's."""
    given = {
        "abilities": ("a", "b", "c"),
        "hours": {"A": {"theory": 30, "operation": 20}, "B": {"theory": 10, "operation": 20}},
        "mappings": [("A", "a", "D", 1.0), ("B", "b", "D", 1.0)],
        "requirements": [("buyer", "a", 1.0, "D"), ("buyer", "b", 2.0, "D"), ("buyer", "b", 1.0, "D")],
    }
    demanded = None if postings is None else demand(postings, searchable=("a", "b"))
    return curriculum(**given | {"demand": demanded} | changes)


def test_indices_equal_those_worked_out_by_hand():
    found = analyse(plan(Postings(100, {"a": 10, "b": 30})), draws=FEW).alignment
    assert {pair: found[pair].index for pair in PAIRS} == {
        "theory_practice": 0.75,
        "theory_demand": 0.5,
        "practice_demand": 0.75,
        "theory_required": 0.5,
        "practice_required": 0.75,
    }


def test_the_chance_band_exchanges_abilities():
    found = analyse(about_x(theory=300, practice=40, mentions=50, required="D"), draws=FEW)
    table = found.abilities
    null = porter_permutation_null(table["taught_hours"], table["demand_mentions"])
    aligned = found.alignment["theory_demand"]
    assert (aligned.null_low, aligned.null_mean, aligned.null_high) == (null.low, null.mean, null.high)
    assert aligned.flat == pytest.approx(flat_plan_index(table["demand_mentions"]))
    assert found.alignment["practice_required"].flat == pytest.approx(0.1)
    assert found.alignment["theory_practice"].flat is None


def test_fewer_than_five_abilities_have_no_band():
    found = analyse(plan(Postings(100, {"a": 10, "b": 30})), draws=FEW).alignment
    assert {(aligned.null_low, aligned.null_mean, aligned.null_high) for aligned in found.values()} == {(None,) * 3}


def test_only_pairs_with_demand_are_samples():
    found = analyse(plan(Postings(100, {"a": 10, "b": 30})), draws=FEW).alignment
    for pair in PAIRS:
        sampled = "demand" in pair
        assert (found[pair].low is not None) == (found[pair].high is not None) == sampled
        assert (found[pair].ceiling == 1.0) != sampled
    assert found["theory_demand"].ceiling == porter_ceiling([0.75, 0.25], 40)


def test_a_pair_with_demand_leaves_out_what_cannot_be_searched_for():
    demanded = demand(Postings(100, {"a": 10}), searchable=("a", "c"))
    found = analyse(plan(demand=demanded), draws=FEW)
    assert found.alignment["theory_demand"].index == 1.0
    assert (found.alignment["theory_demand"].abilities, found.alignment["theory_demand"].not_searchable) == (1, 1)
    assert (found.alignment["theory_practice"].abilities, found.alignment["theory_practice"].not_searchable) == (2, 0)
    assert found.abilities["gap_theory_demand"].isna().tolist() == [False, True, True]


def found_in(count, mentions, employers=None):
    return demand(Postings(count, mentions, employers=employers), searchable=("a", "b"))


@pytest.mark.parametrize(
    ("changes", "undefined"),
    [
        ({"hours": {"A": {"theory": 3}, "B": {}}}, {"practice": Notice("no_practice_hours", {"abilities": 2})}),
        ({"hours": {"A": {}, "B": {}}}, {"theory": Notice("no_theory_hours", {"abilities": 2})}),
        ({"mappings": [], "signed_off": True}, {"theory": Notice("no_theory_hours", {"abilities": 2})}),
        ({"mappings": []}, dict.fromkeys(SIDES, Notice("mapping_unfinished", {"part": 1.0, "most": 0.25}))),
        ({"requirements": []}, {"required": Notice("no_required_weight", {"abilities": 2})}),
        ({"demand": None}, {"demand": Notice("too_few_postings", {"postings": 0, "needed": 93})}),
        ({"demand": found_in(92, {"a": 30})}, {"demand": Notice("too_few_postings", {"postings": 92, "needed": 93})}),
        ({"demand": found_in(93, {})}, {"demand": Notice("no_demand", {"postings": 93})}),
        (
            {"demand": found_in(1000, {"a": 30}, ["one"])},
            {"demand": Notice("too_few_employers", {"postings": 1000, "employers": 1.0, "needed": 8})},
        ),
    ],
)  # fmt: skip
def test_an_undefined_index_says_which_side_is_empty(changes, undefined):
    found = analyse(plan(**{"demand": found_in(99, {"a": 3, "b": 3})} | changes), draws=FEW)
    warned = {warning.code: warning.values["reason"] for warning in found.warnings if warning.code[:9] == "undefined"}
    for side, reason in undefined.items():
        pairs = [pair for pair in PAIRS if side in pair.split("_")]
        for pair in pairs:
            assert (found.alignment[pair].index, found.alignment[pair].reason) == (None, reason)
            assert warned[f"undefined.{pair}"] == reason.code
            assert found.abilities[f"gap_{pair}"].isna().all()
    assert set(warned) == {f"undefined.{pair}" for pair in PAIRS if found.alignment[pair].index is None}


def test_one_ability_aligns_with_itself():
    found = analyse(
        curriculum(
            abilities=["a"],
            hours={"A": {"theory": 30, "operation": 3}},
            mappings=[("A", "a", "D", 1.0)],
            requirements=[("buyer", "a", 1.0, "D")],
            demand=demand(Postings(100, {"a": 10}), searchable="a"),
        ),
        draws=FEW,
    )
    for pair in PAIRS:
        aligned = found.alignment[pair]
        assert (aligned.index, aligned.null_low, aligned.null_high, aligned.ceiling) == (1.0, None, None, 1.0)


def interval(aligned):
    """Low, index and high, all defined."""
    found = (aligned.low, aligned.index, aligned.high)
    assert None not in found
    return found


def test_employers_who_repeat_themselves_widen_the_interval():
    def searched(employers):
        batches = (Postings(100, {ability: 100}, employers=employers(ability)) for ability in "ab")
        return plan(demand=demand(*batches, searchable="ab"))

    low, index, high = interval(analyse(searched(lambda _: None), draws=FEW).alignment["theory_demand"])
    few = searched(lambda ability: [f"{ability}{place}" for place in range(10)])
    wider_low, same, wider_high = interval(analyse(few, draws=FEW).alignment["theory_demand"])
    assert same == index
    assert wider_high - wider_low > 2 * (high - low)


def test_no_interval_where_too_many_resamples_mention_nothing():
    one_in_a_hundred = analyse(plan(Postings(100, {"a": 1})), draws=FEW).alignment["theory_demand"]
    assert one_in_a_hundred.index == 0.75
    assert (one_in_a_hundred.low, one_in_a_hundred.high) == (None, None)


def test_the_saturated_switch_moves_index_and_interval_together():
    frames = plan(Postings(200, {"a": 190, "b": 100}))
    plain = analyse(frames, draws=FEW).alignment["theory_demand"]
    saturated = analyse(frames, Policy(saturated_demand=True), draws=FEW).alignment["theory_demand"]
    assert saturated.index == pytest.approx(1 - abs(0.75 - np.log(20) / (np.log(20) + np.log(2))))
    for low, index, high in (interval(plain), interval(saturated)):
        assert low < index < high


def test_the_interval_equals_a_plain_bootstrap_of_postings_reflected_at_the_index():
    frames = plan(Postings(120, {"a": 20, "b": 60}))
    found = analyse(frames, draws=4000).alignment["theory_demand"]
    matrix = demand_vectors(frames).matrix.toarray()
    rng, values = np.random.default_rng(7), []
    for _ in range(4000):
        mentions = matrix[rng.integers(0, 120, 120)].sum(axis=0)
        values.append(1 - np.abs(mentions / mentions.sum() - [0.75, 0.25]).sum() / 2)
    lower, upper = np.quantile(values, [0.025, 0.975])
    assert [found.low, found.high] == pytest.approx(
        [2 * found.index - upper, min(2 * found.index - lower, 1)], abs=0.02
    )


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(universes())
def test_signed_terms_add_up_to_the_headline(frames):
    teaching, required, demanded = teaching_vectors(frames, POLICY), required_vectors(frames), demand_vectors(frames)
    table = ability_sizes(frames, teaching=teaching, required=required, demand=demanded, policy=POLICY)
    sides = pair_sides(table, demanded, policy=POLICY, withheld={})
    terms = signed_terms(sides)
    for pair in PAIRS:
        columns = pair.split("_")
        cells = sides.amounts.loc[sides.searchable] if "demand" in columns else sides.amounts
        left, right = (cells[side] for side in columns)
        if left.sum() > 0 and right.sum() > 0:
            overlap = np.minimum(left / left.sum(), right / right.sum()).sum()
            assert terms[f"gap_{pair}"].abs().sum() == pytest.approx(2 * (1 - overlap), abs=1e-9)
            assert terms[f"gap_{pair}"].sum() == pytest.approx(0, abs=1e-9)
        else:
            assert terms[f"gap_{pair}"].isna().all()


def test_terms_point_from_the_first_evidence_to_what_is_asked():
    terms = analyse(plan(Postings(100, {"a": 10, "b": 30})), draws=FEW).abilities.loc["a"].to_dict()
    assert [terms[f"gap_{pair}"] for pair in PAIRS] == [-0.25, 0.5, 0.25, 0.5, 0.25]
