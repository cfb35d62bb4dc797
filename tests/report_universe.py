"""A handmade analysis and the report made from it: every label that needs words, every number that can be unknown.

MK marketing                              DA data
  MK.1 live selling      untaught, rising    DA.1 statistics    under-practised
  MK.2 customs           theory only         DA.2 old tool      fading demand
  MK.3 store operation   aligned             DA.3 modelling     mapping missing, demand unknown
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from curricula.analysis.frames import (
    MODES,
    PAIRS,
    TAUGHT_MODES,
    Agreement,
    CertificationReadiness,
    CurriculumFrames,
    GapAnalysis,
    Notice,
    Policy,
)
from curricula.reports.build import build_report
from curricula.reports.gap_report import (
    GapReport,
    ReportSubject,
)
from curricula.wording.names import Names
from tests.report_parts import EVIDENCE, INDEX, RECOMMENDATIONS, UNDEFINED_INDEX

TITLES = {
    "MK": "Marketing",
    "DA": "Data analysis",
    "MK.1": "Live-stream selling",
    "MK.2": "Customs declaration",
    "MK.3": "Store operation",
    "DA.1": "Statistics",
    "DA.2": "Flash animation",
    "DA.3": "Modelling",
}
NAN = float("nan")
ABILITY: dict[str, Any] = {
    "area": "MK",
    "counted": True,
    "searchable": True,
    **dict.fromkeys(TAUGHT_MODES, 0.0),
    "effective_postings": 290.0,
    "required_weight": 0.0,
    "required_share": 0.0,
    "demand_mentions": 20.0,
    "demand_rate": 20 / 312,
    "demand_low": 0.0419,
    "demand_high": 0.0970,
    "demand_share": 0.05,
    "demand_share_low": 0.0327,
    "demand_share_high": 0.0757,
    "mentions_before": 18.0,
    "rate_before": 0.06,
    "change": 0.004,
    "change_low": -0.035,
    "change_high": 0.043,
    "p_change": 0.8,
    "level_reached": "",
    "level_required": "",
    "level_assumed_required": False,
    "exposure_status": "unsure",
    "theory_status": "unsure",
    "practice_status": "unsure",
    "trend": "steady",
    "label": "inconclusive",
    "wanted": True,
    "demand_unknown": False,
    **dict.fromkeys(("chain_incomplete", "shares_assumed", "never_assessed", "provisional", "assessment_open"), False),
    "reasons": (),
    "courses": (),
    "gap": 0.0,
}
UNKNOWN_DEMAND = dict.fromkeys(
    (
        *("demand_mentions", "demand_rate", "demand_low", "demand_high"),
        *("demand_share", "demand_share_low", "demand_share_high", "effective_postings"),
        *("mentions_before", "rate_before", "change", "change_low", "change_high", "p_change"),
    ),
    NAN,
) | {"demand_unknown": True, "trend": "unknown", "exposure_status": "unknown", "practice_status": "unknown"}
CHANGED: dict[str, float | int | str] = {
    "mentions": 41,
    "postings": 312,
    "mentions_before": 12,
    "postings_before": 280,
    "p": 0.0004,
    "q": 0.1,
}
RATE: dict[str, float | int | str] = {"mentions": 41, "postings": 312, "low": 0.098, "high": 0.1734, "floor": 0.05}


SIX: dict[str, dict[str, Any]] = {
    "MK.1": {
        "label": "untaught_emerging",
        "trend": "rising",
        "gap": -0.1025,
        "demand_mentions": 41.0,
        "demand_rate": 41 / 312,
        "demand_low": 0.098,
        "demand_high": 0.1734,
        "demand_share": 0.1025,
        "demand_share_low": 0.0764,
        "demand_share_high": 0.1352,
        "change": 0.0886,
        "change_low": 0.0425,
        "change_high": 0.1344,
        "exposure_status": "below",
        "reasons": (Notice("no_mapping"), Notice("rising", CHANGED), Notice("demanded", RATE)),
    },
    "MK.2": {
        "label": "theory_without_practice",
        "theory": 24.0,
        "required_weight": 2.0,
        "required_share": 0.25,
        "gap": -0.0125,
        "level_reached": "I",
        "level_required": "A",
        "never_assessed": True,
        "courses": ("EC101",),
        "reasons": (
            Notice("no_practice", {"taught_hours": 24.0}),
            Notice("required", {"weight": 2.0, "positions": 2}),
            Notice("never_assessed", {"hours": 24.0}),
        ),
    },
    "MK.3": {
        "label": "aligned",
        "theory": 8.0,
        "demonstration": 4.0,
        "simulation": 10.5,
        "operation": 16.0,
        "assessment": 2.0,
        "level_reached": "A",
        "level_required": "D",
        "exposure_status": "within",
        "practice_status": "within",
        "gap": 0.0102,
        "courses": ("EC101", "EC201"),
    },
    "DA.1": {
        "area": "DA",
        "label": "under_practised",
        "theory": 40.0,
        "simulation": 0.25,
        "required_weight": 6.0,
        "required_share": 0.75,
        "gap": 0.0201,
        "courses": ("EC201",),
        "practice_status": "below",
    },
    "DA.2": {
        "area": "DA",
        "label": "obsolete_candidate",
        "theory": 20.0,
        "operation": 12.0,
        "demand_mentions": 0.0,
        "demand_rate": 0.0,
        "demand_low": 0.0,
        "demand_high": 0.0122,
        "demand_share": 0.0,
        "demand_share_low": 0.0,
        "demand_share_high": 0.0095,
        "trend": "falling",
        "wanted": False,
        "gap": 0.08,
        "courses": ("EC305",),
    },
    "DA.3": UNKNOWN_DEMAND
    | {
        "area": "DA",
        "label": "mapping_missing",
        "searchable": False,
        "gap": NAN,
        "reasons": (Notice("demand_not_searchable"), Notice("no_mapping")),
    },
}


def abilities(**changes: dict[str, Any]) -> pd.DataFrame:
    """The six abilities; `changes` are by code with "_" for the point: MK_1={"label": "untaught"}."""
    changed = {name.replace("_", "."): change for name, change in changes.items()}
    rows = {code: ABILITY | row | changed.get(code, {}) for code, row in SIX.items()}
    return _with_sums(pd.DataFrame.from_dict(rows, orient="index"))


def _with_sums(table: pd.DataFrame) -> pd.DataFrame:
    taught, practised = table["theory"] + table["demonstration"], table["simulation"] + table["operation"]
    exposed, share = taught + practised + table["unsplit"], _shares(practised)
    return table.assign(
        taught_hours=taught,
        practised_hours=practised,
        practised_low=practised,
        practised_high=practised + table["unsplit"],
        practised_share_low=share,
        practised_share_high=share,
        unsplit_hours=table["unsplit"],
        exposure_hours=exposed,
        evidence_declared=exposed / 4,
        evidence_syllabus=exposed * 3 / 4,
        evidence_assessed=0.0,
        evidence_artefact=0.0,
        assessed_hours=table["assessment"],
        taught_share=_shares(taught),
        practised_share=share,
        exposure_share=_shares(exposed),
    )


def _shares(hours: pd.Series) -> pd.Series:
    return hours / hours.sum() if hours.sum() else hours * NAN


def frames(**changes: Any) -> CurriculumFrames:
    codes = ["EC101", "EC201", "EC305", "EC402"]
    empty = pd.DataFrame()
    whole = CurriculumFrames(
        abilities=pd.DataFrame({"area": ["MK"] * 3 + ["DA"] * 3}, index=[code for code in TITLES if "." in code]),
        courses=pd.DataFrame(
            {
                "title": ["Foreign trade", "Store practice", "Animation", "Thesis"],
                "credits": [3.0, 2.5, 2.0, NAN],
                "term": [1.0, 3.0, 5.0, NAN],
                "required": [True, True, False, None],
            },
            index=codes,
        ),
        hours=pd.DataFrame(
            [[40, 4, 0, 0, 2], [8, 0, 10.75, 16, 0], [20, 0, 0, 12, 0], [NAN] * 5],
            index=codes,
            columns=MODES,
            dtype=float,
        ),
        mappings=pd.DataFrame(
            {
                "course": ["EC101", "EC101", "EC201", "EC305"],
                "ability": ["MK.2", "MK.3", "DA.1", "DA.2"],
                "level": ["I", "D", "", "A"],
                "share": [0.5, NAN, 1.0, 1.0],
            }
        ),
        positions=("P1", "P2"),
        ratings=empty,
        prerequisites=empty,
        requirements=empty,
        certification_courses=empty,
        offered=empty,
        reference_abilities=empty,
    )
    return replace(whole, **changes)


def analysis(**changes: Any) -> GapAnalysis:
    table = changes.pop("abilities", None)
    table = abilities() if table is None else table
    whole = GapAnalysis(
        policy=Policy(),
        abilities=table,
        areas=table.groupby("area", sort=False)[list(TAUGHT_MODES)].sum(),
        cells=pd.DataFrame(columns=["course", "ability", "level", "share", "assumed"]),
        unmapped=pd.Series(dict.fromkeys(TAUGHT_MODES, 0.0) | {"theory": 16.0}),
        unmapped_part=0.107,
        assumed_shares=1,
        alignment=dict.fromkeys(PAIRS, INDEX)
        | {"theory_required": UNDEFINED_INDEX, "practice_required": UNDEFINED_INDEX},
        positions=pd.DataFrame(
            {
                "required": [3, 2],
                "taught": [2, 0],
                "practised": [1, 0],
                "unstated": [0, 1],
                "assessed": [1, 0],
                "prepared": [True, False],
            },
            index=["P1", "P2"],
        ),
        certifications=(
            CertificationReadiness("C1", "", ("R1", "R2", "R3"), ("R1",), ("R2", "R3")),
            CertificationReadiness("C1", "data", ("R1",), ("R1",), ()),
        ),
        recommendations=RECOMMENDATIONS,
        warnings=(
            Notice("undated_postings", {"undated": 4, "postings": 312}),
            Notice("map_first", {"abilities": 1, "codes": "DA.3"}),
            Notice("undefined.theory_required", {"reason": "no_required_weight"}),
        ),
        agreement=Agreement(
            raters=1,
            alpha=None,
            low=None,
            high=None,
            unstable=pd.DataFrame({"course": ["EC101"], "ability": ["MK.2"], "levels": ["I D"]}),
            reason=Notice("agreement_unknown", {"raters": 1}),
        ),
        evidence=EVIDENCE,
        demand_unknown="",
        unfinished=False,
    )
    return replace(whole, **changes)


def names(**changes: Any) -> Names:
    whole = Names(
        abilities=dict(TITLES),
        positions={"P1": "Store operator", "P2": "Data analyst"},
        certifications={"C1": "E-commerce certificate"},
        reference_courses={"R1": "Trade practice", "R2": "Live selling", "R3": "Customs"},
        courses={"EC101": "Foreign trade", "EC201": "Store practice", "EC305": "Animation", "EC402": "Thesis"},
        directions={"data": "Data"},
    )
    return replace(whole, **changes)


def subject(**changes: Any) -> ReportSubject:
    whole = ReportSubject(
        key="demo/e-commerce/2026",
        school="Demo University",
        program="E-commerce",
        year=2026,
        framework="cross-border-e-commerce",
        framework_title="Cross-border e-commerce",
        framework_version="1",
        created=datetime(2026, 10, 1, 8, 30, tzinfo=UTC),
        language="en",
        sample=True,
        source_notes=(("demo-postings", "Invented postings, China."),),
    )
    return replace(whole, **changes)


def report(**changes: Any) -> GapReport:
    """The report of the universe; keywords replace its analysis, frames, subject or names."""
    parts: dict[str, Any] = {
        "analysis": analysis(),
        "frames": frames(),
        "subject": subject(),
        "names": names(),
    } | changes
    found = parts.pop("analysis")
    return build_report(found, **parts)


EMPTY_TABLE = pd.DataFrame(columns=["course", "ability", "level", "share"])
NO_COURSES = {"courses": frames().courses.iloc[:0], "hours": frames().hours.iloc[:0], "mappings": EMPTY_TABLE}
