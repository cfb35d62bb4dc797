"""The JSON report keeps schema 1 to the letter: its keys, its nulls and its plain numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from curricula.analysis.frames import PAIRS
from curricula.reports.json_report import json_report
from tests.report_universe import abilities, analysis, report
from tests.some import some

TOP = {
    *("schema", "school", "program", "year", "version", "state", "framework", "framework_version", "created"),
    *("parameters",),
    *("credibility", "next_evidence", "records"),
    *("demand", "alignment", "abilities", "positions", "certifications", "courses"),
    *("elective_groups", "records", "recommendations", "hours", "actions", "decisions", "warnings", "panels"),
}
ABILITY = {
    *("code", "title", "area", "taught_hours", "practised_hours", "assessed_hours", "hours"),
    *("taught_share", "practised_share", "exposure_share", "required_share"),
    *("practised_low", "practised_high", "unsplit_hours", "effective_postings"),
    *("chain_incomplete", "shares_assumed", "attainment"),
    *("evidence_declared", "evidence_syllabus", "evidence_assessed", "evidence_artefact"),
    *("demand_mentions", "demand_rate", "demand_low", "demand_high", "demand_share"),
    *("level_reached", "level_required", "exposure_status", "theory_status", "practice_status", "trend", "label"),
    *("demand_unknown", "never_assessed", "provisional", "reasons", "courses"),
}
MODES = {"theory", "demonstration", "simulation", "operation", "assessment"}


@pytest.fixture
def data() -> dict[str, Any]:
    return json.loads(json_report(report()))


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool | str | None):
        return
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers(part)
    else:
        yield value


def test_the_whole_report_has_the_keys_of_the_schema(data):
    assert set(data) == TOP
    assert data["schema"] == "talentgap.gap-report/1"


def test_the_curriculum_is_named_by_its_key(data):
    assert (data["school"], data["program"], data["year"]) == ("demo", "e-commerce", 2026)
    assert (data["framework"], data["framework_version"]) == ("cross-border-e-commerce", "1")
    assert data["created"] == "2026-10-01T08:30:00+00:00"


def test_parameters_demand_and_alignment_have_the_keys_of_the_schema(data):
    thresholds = {"ratio", "least_hours", "cap", "demand_floor", "min_postings", "fdr"}
    assert set(data["parameters"]) == thresholds | {"all_electives", "least_evidence"}
    assert set(data["demand"]) == {
        *("sources", "from", "to", "postings", "employers", "effective_employers", "duplicates_removed")
    }
    assert set(data["alignment"]) == set(PAIRS)
    assert set(data["alignment"]["theory_demand"]) == {
        *("index", "null_low", "null_high", "ceiling", "flat", "low", "high")
    }


def test_every_record_has_the_keys_of_the_schema(data):
    assert {frozenset(line) for line in data["abilities"]} == {frozenset(ABILITY)}
    assert set(data["positions"][0]) == {"code", "title", "required", "taught", "practised", "unstated", "assessed"}
    assert set(data["courses"][0]) == {"code", "title", "credits", "term", "term_last", "hours", "mapped"}
    assert set(data["recommendations"][0]) == {"kind", "ability", "course", "reason", "by_hours"}
    assert set(data["warnings"][0]) == {"code", "message"}
    assert set(data["certifications"][0]) == {
        *("code", "title", "courses_required", "courses_offered", "missing", "directions")
    }


def test_hours_are_given_by_mode(data):
    assert {frozenset(line["hours"]) for line in data["abilities"] + data["courses"]} == {frozenset(MODES)}


def test_an_undefined_index_is_null_and_its_reason_a_warning(data):
    assert data["alignment"]["theory_required"] is None
    assert "undefined.theory_required" in [line["code"] for line in data["warnings"]]


def test_unknown_numbers_are_null_and_none_is_not_a_number(data):
    unknown = next(line for line in data["abilities"] if line["code"] == "DA.3")
    assert [unknown[key] for key in ("demand_mentions", "demand_rate", "demand_low", "demand_share")] == [None] * 4
    assert data["courses"][-1]["hours"] == dict.fromkeys(MODES)
    assert all(math.isfinite(number) for number in some(numbers(data)))


def test_exactly_nothing_is_zero_and_not_null(data):
    left_out = next(line for line in data["abilities"] if line["code"] == "MK.1")
    assert (left_out["taught_hours"], left_out["taught_share"]) == (0.0, 0.0)


def test_without_a_source_demand_is_null():
    assert json.loads(json_report(report(analysis=analysis(evidence=None))))["demand"] is None


def test_a_plan_without_any_practice_has_no_practice_share():
    table = abilities(MK_3={"simulation": 0.0, "operation": 0.0}, DA_1={"simulation": 0.0}, DA_2={"operation": 0.0})
    data = json.loads(json_report(report(analysis=analysis(abilities=table))))
    assert {line["practised_share"] for line in data["abilities"]} == {None}
    assert {line["practised_hours"] for line in data["abilities"]} == {0.0}


def test_certificates_name_missing_courses_by_code_and_hold_their_directions(data):
    assert data["certifications"] == [
        {
            "code": "C1",
            "title": "E-commerce certificate",
            "courses_required": 3,
            "courses_offered": 1,
            "missing": ["R2", "R3"],
            "directions": [{"direction": "data", "courses_required": 1, "courses_offered": 1, "missing": []}],
        }
    ]


def test_a_number_that_json_does_not_know_is_an_error():
    broken = analysis(abilities=abilities(MK_1={"theory": float("inf")}))
    with pytest.raises(ValueError, match="JSON"):
        json_report(report(analysis=broken))
