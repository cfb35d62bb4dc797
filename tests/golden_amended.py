"""Adapters of the worked examples that came with the method's amendments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from competencies.analysis.changes import skill_change_floor
from competencies.analysis.demand import effective_postings, skill_change, wilson_interval
from competencies.analysis.rates import two_proportion_score_p
from competencies.analysis.resampling import basic_interval
from competencies.matching.feedback import Decision, Experience, Outcome
from curricula.analysis.alignment import emphasis, porter_index, porter_permutation_null
from curricula.analysis.attainment import (
    attainment_finding,
    attainment_ratio,
    attainment_share,
    combined_attainment,
    distinct_evidence,
    expected_minimum,
    mean_only_interval,
    part_ratios,
    weakest_point,
)
from curricula.analysis.credibility import flat_plan_index, mapping_credibility
from curricula.analysis.exposure import effective_number, stated_practice
from curricula.analysis.measures.echelons import by_echelon, echelon_index
from curricula.analysis.measures.growth import growth_untouched
from curricula.analysis.measures.lag import lag_of
from curricula.analysis.measures.questionnaires import answer_share, paired_difference


def _one_course(given: Any) -> Any:
    parts = pd.DataFrame(given["parts"])
    each, found = part_ratios(parts, level=given["level"]), attainment_ratio(parts, level=given["level"])
    return {
        "ratios": each["ratio"].tolist(),
        "part_low": each["low"].tolist(),
        "part_high": each["high"].tolist(),
        "attainment": found.value,
        "low": found.low,
        "high": found.high,
    }


def _mean_only(given: Any) -> Any:
    ends = [mean_only_interval(record["mean_ratio"], record["students"]) for record in given]
    return [dict(zip(("low", "high"), pair, strict=True)) for pair in ends]


def _share_at_threshold(given: Any) -> Any:
    return [
        asdict(attainment_share(one["k"], one["students"], steps=one["steps"], target=one["target"])) for one in given
    ]


def _weighted_courses(given: Any) -> Any:
    rates = list(zip(given["k"], given["students"], strict=True))
    found = [combined_attainment(rates, given["weights"], rho=rho) for rho in given["rho"]]
    return {
        "shares": [k / n for k, n in rates],
        "combined": found[0].value,
        "intervals": [[each.low, each.high] for each in found],
    }


def _requirement_minimum(given: Any) -> Any:
    points = {one["point"]: float(np.average(one["attainment"], weights=one["weights"])) for one in given["points"]}
    bias, weakest = given["bias"], weakest_point(points, given["bias"]["students"])
    return {
        "points": list(points.values()),
        "minimum": weakest.minimum,
        "weakest": weakest.name,
        "expected_minimum_when_all_are_equal": expected_minimum(bias["true_share"], bias["students"], bias["points"]),
    }


def _findings(given: Any) -> Any:
    return [attainment_finding(**{key: value for key, value in case.items() if key != "ability"}) for case in given]


def _distinct(given: Any) -> Any:
    found = distinct_evidence({ability: [tuple(part) for part in parts] for ability, parts in given.items()})
    return {**asdict(found), "abilities_that_share": found.abilities_that_share}


def _permutation(given: Any) -> Any:
    left, right = given["left"], given["right"]
    index, found = porter_index(left, right), porter_permutation_null(left, right)
    exchanged = np.array([porter_index(left, order) for order in permutations(right)])
    return {"index": index, **asdict(found), "p_at_least": (exchanged >= index - 1e-9).mean()}


def _effective(given: Any) -> Any:
    found = effective_postings(given["mentions"], given["employers"])
    return {**asdict(found), "wilson_without": list(wilson_interval(found.mentions, found.postings))}


def _change_with_employers(given: Any) -> Any:
    (k1, n1, effect1), (k2, n2, effect2) = given["before"], given["after"]
    return {
        "p_without": float(two_proportion_score_p(k1, n1, k2, n2)),
        "p": float(two_proportion_score_p(k1 / effect1, n1 / effect1, k2 / effect2, n2 / effect2)),
    }


def _index_interval(given: Any) -> Any:
    low, high = basic_interval(given["index"], (given["resampled_0025"], given["resampled_0975"]))
    return {"low": low, "high": high}


def _floor(given: Any) -> Any:
    before, after = (np.array(given[side], dtype=float).T for side in ("before", "after"))
    rates = [dict(enumerate(k / n)) for k, n in (before, after)]
    return {
        "total": skill_change(*rates).total,
        "floor": skill_change_floor(tuple(before), tuple(after)),
    }


def _breadth(given: Any) -> Any:
    found = [effective_number(hours) for hours in given["hours"]]
    return [{"effective": each, "evenness": each / given["areas"]} for each in found]


def _credibility(given: Any) -> Any:
    levels, hours = np.array(given["levels"]), np.array(given["hours"])
    served = (levels > 0) / np.maximum((levels > 0).sum(axis=1, keepdims=True), 1)
    return {
        **asdict(mapping_credibility(levels, scale=given["scale"])),
        "index": porter_index(hours @ served, given["demand"]),
        "flat_index": flat_plan_index(given["demand"]),
    }


def _echelons(given: Any) -> Any:
    hours = pd.DataFrame({"exposed": given["exposure_hours"]}, index=given["abilities"])
    hours = hours.assign(taught=hours["exposed"], practised=0.0, assessed=0.0)
    weights = pd.DataFrame(given["requirement_weights"], index=given["abilities"], columns=given["echelons"])
    found = by_echelon(hours, weights)
    postings = [given["postings"][echelon] for echelon in given["echelons"]]
    return {
        "hours": found.table["hours"].tolist(),
        "no_echelon": found.unrequired_hours,
        "exposure_shares": emphasis(found.table["hours"]).tolist(),
        "posting_shares": emphasis(postings).tolist(),
        "index": echelon_index(found.table["hours"].to_numpy(), postings),
        "required_and_taught": found.table[["required", "taught"]].to_numpy().tolist(),
    }


def _lag(given: Any) -> Any:
    periods, counts = (
        {int(year): value for year, value in given[key].items()} for key in ("periods", "best_counts_of_2000")
    )
    found = lag_of(given["curriculum"], periods, counts)
    return {
        "similarity": {str(year): value for year, value in found.similarity.items()},
        "best": str(found.best),
        "lag_years": found.lag_years,
        "set": [str(year) for year in found.likely],
    }


def _untouched(given: Any) -> Any:
    table = pd.DataFrame(given)
    return asdict(growth_untouched(table["before"], table["after"], table["rising"], table["exposure"]))


def _finite(given: Any) -> Any:
    return [asdict(answer_share(one["yes"], one["answered"], one["asked"])) for one in given]


def _options(given: Any) -> Any:
    return asdict(paired_difference(**given))


def _practice(given: Any) -> Any:
    courses = pd.DataFrame(given["courses"]).set_index("course").astype(float)
    return {
        "no_practice_column": _practice_rows(courses.drop(index="D")),
        "with_practice_column": _practice_rows(courses),
    }


def _practice_rows(courses: pd.DataFrame) -> Any:
    hours = courses[["theory", "practice"]].rename(columns={"practice": "operation"})
    found = stated_practice(hours, courses["total"]).rename(columns={"taught": "theory"}).astype(object)
    return found.where(found.notna(), None).to_dict(orient="records")


def _learning(given: Any) -> Any:
    decisions = [
        Decision("A", tuple(words), Outcome.ACCEPTED, title=f"title {place}")
        for place, words in enumerate(given["accepted_words"])
    ]
    experience = Experience(decisions, idf=given["idf"])
    return [experience.adjusted(given["score"], ability="A", words=words) for words in given["words"]]


AMENDED: dict[str, Callable[[Any], Any]] = {
    "attainment_ratio_one_course": _one_course,
    "attainment_mean_only": _mean_only,
    "attainment_share_at_threshold": _share_at_threshold,
    "attainment_weighted_courses": _weighted_courses,
    "attainment_requirement_minimum": _requirement_minimum,
    "attainment_findings": _findings,
    "attainment_distinct_evidence": _distinct,
    "porter_permutation_null": _permutation,
    "effective_postings": _effective,
    "rate_change_with_employers": _change_with_employers,
    "index_interval": _index_interval,
    "skill_change_floor": _floor,
    "effective_number_of_areas": _breadth,
    "mapping_credibility": _credibility,
    "exposure_by_echelon": _echelons,
    "curriculum_lag": _lag,
    "growth_untouched": _untouched,
    "survey_share_finite": _finite,
    "multiple_choice_difference": _options,
    "practice_stated": _practice,
    "suggestion_feedback": _learning,
}
