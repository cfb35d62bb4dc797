"""The worked examples of the method, one adapter each: published values, not our own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import distance

from competencies.analysis.demand import (
    adjusted_p_values,
    effective_use,
    rate_change,
    shrunken_rate,
    skill_change,
    wilson_interval,
)
from curricula.analysis.agreement import Level, cohen_kappa, gwet_ac1, krippendorff_alpha
from curricula.analysis.alignment import emphasis, porter_ceiling, porter_index, porter_null, vintage_ratio
from curricula.analysis.exposure import emphases, exposure
from curricula.analysis.levels import level_chain, webb_criteria
from curricula.analysis.needs import importance_performance, mean_weighted_discrepancy, ranked_discrepancy
from curricula.analysis.prerequisites import complexity
from tests.golden_amended import AMENDED
from tests.places import SHARED

GOLDEN = SHARED / "method" / "golden_metrics.json"
EXAMPLES = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else []

pytestmark = pytest.mark.skipif(not EXAMPLES, reason="the worked examples are not beside the project")


def _porter(given: Any) -> Any:
    return {"index": porter_index(given["x"], given["y"])}


def _porter_three_ways(given: Any) -> Any:
    outcomes, teaching = given["outcomes"], given["teaching_hours"]
    return {
        "outcomes_teaching": porter_index(outcomes, teaching),
        "outcomes_assessment": porter_index(outcomes, given["assessment_marks"]),
        "teaching_assessment": porter_index(teaching, given["assessment_marks"]),
    }


def _null(given: Any) -> Any:
    return [{**case, **_null_case(**case)} for case in given]


def _null_case(cells: int, points_x: int, points_y: int) -> dict[str, float]:
    found = porter_null(cells, points_x, points_y)
    rng, even = np.random.default_rng(1), np.full(cells, 1 / cells)
    left = rng.multinomial(points_x, even, 20_000) / points_x
    right = rng.multinomial(points_y, even, 20_000) / points_y
    simulated = np.minimum(left, right).sum(axis=1)
    return {
        "mean_exact": found.mean,
        "q05": found.low,
        "q95": found.high,
        "sd_sim": simulated.std(),
        "q025": np.quantile(simulated, 0.025),
        "q975": np.quantile(simulated, 0.975),
    }


def _ceiling(given: Any) -> Any:
    return [
        {**case, "expected_index": porter_ceiling(np.full(case["cells"], 1 / case["cells"]), case["mentions"])}
        for case in given
    ]


def _webb(given: Any) -> Any:
    found = webb_criteria(given["objective_dok"], given["items_objective_index_and_dok"])
    words = {"acceptable": True, "weak": "weak", "not_met": False}
    verdicts = {name: words[verdict] for name, verdict in found.verdicts.items()}
    verdicts["dok"] = verdicts.pop("depth_of_knowledge")
    return {
        "categorical_concurrence_hits": found.categorical_concurrence,
        "dok_consistency": found.depth_of_knowledge,
        "range": found.range,
        "balance": found.balance,
        "acceptable": verdicts,
    }


def _quadrants(given: Any) -> Any:
    frame = importance_performance(given["importance"], given["performance"], scale=tuple(given["scale"]))
    return {
        "mean_importance": frame["importance"].mean(),
        "mean_performance": frame["performance"].mean(),
        "data_centred": frame["quadrant_mean"].tolist(),
        "scale_centred_2.5": frame["quadrant_midpoint"].tolist(),
        "gap_I_minus_P": frame["gap"].tolist(),
        "n_changed_by_crosshair": frame["moves"].sum(),
        "n_below_iso_rating_line": (frame["gap"] > 0).sum(),
    }


def _borich(given: Any) -> Any:
    importance, competence = np.array(given["importance"]), np.array(given["competence"])
    return {
        "weighted_discrepancy": ((importance - competence) * importance.mean()).tolist(),
        "mwds": mean_weighted_discrepancy(importance, competence),
    }


def _ranked(given: Any) -> Any:
    found = ranked_discrepancy(given["importance"], given["ability"])
    return {
        "NR_pct": found.negative,
        "PR_pct": found.positive,
        "TR_pct": found.tied,
        "RDS": found.score,
    }


def _chain(given: Any) -> Any:
    mapping = pd.DataFrame.from_dict(given["map"], orient="index", columns=None).replace({"M": "A"})
    mapping = mapping.reindex(columns=given["objectives"])
    chain = level_chain(mapping, list(given["map"]))
    names = {"introduced": "I", "developed": "D", "assessed": "M"}
    counts = chain[list(names)].rename(columns=names).to_dict(orient="index")
    return {"counts": counts, "finding": {ability: _finding(row) for ability, row in chain.iterrows()}}


def _finding(row: pd.Series) -> str:
    if row["complete"] and row["in_order"]:
        if row["developed"] > 1:
            return "full chain, developed repeatedly"
        return "full chain but developed only once (page does not count it as 'consistently' practised)"
    if not (row["introduced"] or row["developed"] or row["assessed"]):
        return "not in curriculum"
    return "never introduced" if not row["introduced"] else "introduced, never developed or mastered"


def _jensen_shannon(given: Any) -> Any:
    bases = {"e": None, 2: 2}
    return [distance.jensenshannon(case["p"], case["q"], bases[case["base"]]) for case in given]


def _similarities(given: Any) -> Any:
    taught, demanded = emphasis(given["taught"]), emphasis(given["demanded"])
    distance_bits = distance.jensenshannon(taught, demanded, 2)
    return {
        "porter": porter_index(given["taught"], given["demanded"]),
        "js_distance_base2": distance_bits,
        "js_divergence_bits": distance_bits**2,
        "hellinger": distance.euclidean(np.sqrt(taught), np.sqrt(demanded)) / np.sqrt(2),
        "cosine": 1 - distance.cosine(taught, demanded),
        "jaccard_presence": 1 - distance.jaccard(taught > 0, demanded > 0),
        "weighted_jaccard": np.minimum(taught, demanded).sum() / np.maximum(taught, demanded).sum(),
    }


def _rca(given: Any) -> Any:
    found = effective_use(given["positions_x_abilities"])
    return {"rca": found.tolist(), "effective_use": (found > 1).astype(int).tolist()}


def _skill_change(given: Any) -> Any:
    found = skill_change(given["share_t0"], given["share_t1"])
    return {"skill_change": found.total, "growth_part": found.growth, "decline_part": found.decline}


def _vintage(given: Any) -> Any:
    curriculum, old, new = given["curriculum"], given["demand_old"], given["demand_new"]
    return {
        "cos_old": 1 - distance.cosine(curriculum, old),
        "cos_new": 1 - distance.cosine(curriculum, new),
        "ratio": vintage_ratio(curriculum, old, new),
        "porter_old": porter_index(curriculum, old),
        "porter_new": porter_index(curriculum, new),
    }


def _curricular_analytics(given: Any) -> Any:
    frame = complexity(given["nodes"], [tuple(edge) for edge in given["edges"]])
    totals = {f"total_{name}": total for name, total in frame.sum().to_dict().items()}
    return {**frame.to_dict(), **totals}


def _two_raters(given: Any) -> Any:
    table = np.array(given["table_rows_rater1_cols_rater2"])
    first, second = (np.repeat(codes.ravel(), table.ravel()) for codes in np.indices(table.shape))
    return {
        "percent_agreement": (first == second).mean(),
        "cohen_kappa": cohen_kappa(first, second),
        "gwet_ac1": gwet_ac1([first, second]),
        "krippendorff_alpha_nominal": krippendorff_alpha([first, second], level="nominal"),
        "kappa_quadratic": cohen_kappa(first, second, weights="quadratic"),
    }


def _four_raters(given: Any) -> Any:
    ratings = np.array(given["raters_x_units"], dtype=float)
    levels: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
    alphas = {f"alpha_{level}": krippendorff_alpha(ratings, level=level) for level in levels}
    return {"gwet_ac1": gwet_ac1(ratings), "fleiss_kappa": _fleiss(ratings), **alphas}


def _fleiss(ratings: np.ndarray) -> float:
    categories = np.unique(ratings[~np.isnan(ratings)])
    counts = np.array([(ratings == category).sum(axis=0) for category in categories]).T
    raters = counts.sum(axis=1)
    paired, size = counts[raters > 1], raters[raters > 1]
    agreed = ((paired * (paired - 1)).sum(axis=1) / (size * (size - 1))).mean()
    chance = ((counts / raters[:, None]).mean(axis=0) ** 2).sum()
    return (agreed - chance) / (1 - chance)


def _three_coders(given: Any) -> Any:
    ratings = [[np.nan if mark == "*" else int(mark) for mark in coder.split()] for coder in given["coders"]]
    return {
        "alpha_nominal": krippendorff_alpha(ratings, level="nominal"),
        "alpha_interval": krippendorff_alpha(ratings, level="interval"),
    }


def _wilson(given: Any) -> Any:
    return [list(wilson_interval(case["k"], case["n"], case["level"])) for case in given]


def _newcombe(given: Any) -> Any:
    found = rate_change((given["k2"], given["n2"]), (given["k1"], given["n1"]))
    return {"diff": found.difference, "low": found.low, "high": found.high}


def _benjamini_hochberg(given: Any) -> Any:
    adjusted = adjusted_p_values(given["p"])
    rejected = adjusted <= given["q"]
    return {
        "n_rejected": rejected.sum(),
        "threshold_p": np.array(given["p"])[rejected].max(),
        "adjusted": adjusted.tolist(),
    }


def _shrinkage(given: Any) -> Any:
    return [vars(shrunken_rate(k, n, tuple(given["prior"]))) for k, n in given["k_n"]]


def _core_model(given: Any) -> Any:
    hours = pd.DataFrame(given["hours_courses_x_modes"], columns=given["modes"])
    exposed = exposure(hours, pd.DataFrame(given["share_courses_x_abilities"])).drop(index="unmapped")
    totals = emphases(exposed)
    taught, practised = emphasis(totals["taught"]), emphasis(totals["practised"])
    demand = emphasis(given["postings_mentioning"])
    whole = totals["exposed"]
    return {
        "exposure_hours": exposed.to_numpy().tolist(),
        "taught_share": taught.tolist(),
        "practised_share": practised.tolist(),
        "exposure_share": emphasis(whole).tolist(),
        "demand_share": demand.tolist(),
        "demand_rate": [mentions / given["postings"] for mentions in given["postings_mentioning"]],
        "demand_rate_wilson": [
            list(wilson_interval(mentions, given["postings"])) for mentions in given["postings_mentioning"]
        ],
        "gap_practice_minus_theory": (practised - taught).tolist(),
        "gap_theory_minus_demand": (taught - demand).tolist(),
        "gap_practice_minus_demand": (practised - demand).tolist(),
        "practice_ratio": [
            done / all_hours if all_hours else None for done, all_hours in zip(totals["practised"], whole, strict=True)
        ],
        "porter_theory_practice": porter_index(totals["taught"], totals["practised"]),
        "porter_theory_demand": porter_index(totals["taught"].to_numpy(), demand),
        "porter_practice_demand": porter_index(totals["practised"].to_numpy(), demand),
    }


ADAPTERS: dict[str, Callable[[Any], Any]] = {
    **AMENDED,
    "porter_alignment_index": _porter,
    "porter_alignment_index_three_way_raw_weights": _porter_three_ways,
    "porter_null_reference": _null,
    "porter_small_sample_ceiling": _ceiling,
    "webb_four_criteria": _webb,
    "ipa_quadrants": _quadrants,
    "borich_mwds": _borich,
    "ranked_discrepancy_score": _ranked,
    "curriculum_map_idm_flags": _chain,
    "jensen_shannon_distance": _jensen_shannon,
    "distribution_similarities": _similarities,
    "rca_effective_use": _rca,
    "skill_change": _skill_change,
    "curriculum_vintage_ratio": _vintage,
    "curricular_analytics_fig_a": _curricular_analytics,
    "curricular_analytics_fig_b": _curricular_analytics,
    "curricular_analytics_underwater_basket_weaving": _curricular_analytics,
    "curricular_analytics_postmodern_basket_weaving": _curricular_analytics,
    "agreement_two_raters_3x3": _two_raters,
    "agreement_four_raters_missing": _four_raters,
    "krippendorff_three_coders": _three_coders,
    "wilson_interval": _wilson,
    "newcombe_difference_interval": _newcombe,
    "benjamini_hochberg": _benjamini_hochberg,
    "beta_binomial_shrinkage": _shrinkage,
    "core_model_example": _core_model,
}


def test_every_worked_example_has_its_adapter():
    assert sorted(example["metric"] for example in EXAMPLES) == sorted(ADAPTERS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["metric"])
def test_measures_reproduce_the_worked_example(example):
    _assert_same(ADAPTERS[example["metric"]](example["input"]), example["expected"], example["tolerance"])


def _assert_same(found: Any, expected: Any, tolerance: Any, place: str = "") -> None:
    if isinstance(expected, dict):
        assert set(found) == set(expected), place
        for key, value in expected.items():
            _assert_same(found[key], value, _tolerance(tolerance, key), f"{place}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), place
        for position, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
            _assert_same(ours, theirs, tolerance, f"{place}[{position}]")
    elif isinstance(expected, str | bool | None):
        assert found == expected, place
    else:
        assert found == pytest.approx(expected, abs=tolerance, rel=0), place


def _tolerance(tolerance: Any, key: str) -> Any:
    """One number, or one for each kind of value, of which the quantiles share theirs."""
    if not isinstance(tolerance, dict):
        return tolerance
    if key in ("low", "high") or key.startswith("q"):
        return tolerance["quantiles"]
    return tolerance.get(key, tolerance.get("p", 0) if key.startswith("p_") else 0)
