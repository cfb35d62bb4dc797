"""What the handmade analysis of report_universe.py rests on, compares and recommends."""

from __future__ import annotations

import pandas as pd

from competencies.analysis.effective import Repetition
from curricula.analysis.frames import DemandEvidence, Notice, PairAlignment, Recommendation

EVIDENCE = DemandEvidence(
    sources=("demo-postings",),
    first=pd.Timestamp("2025-10-02"),
    last=pd.Timestamp("2026-09-30"),
    postings=312,
    postings_before=280,
    undated=4,
    employers=187,
    employer_unknown=6,
    other_positions=33,
    older=12,
    duplicates_removed=26,
    design_effect_max=1.37,
    repetition=Repetition(312, 193, effective_employers=61.5, effective_postings=240.0, largest=14),
    mentions=400,
)
INDEX = PairAlignment(
    index=0.4913,
    null_low=0.52,
    null_mean=0.58,
    null_high=0.64,
    ceiling=0.88,
    low=0.44,
    high=0.55,
    abilities=5,
    not_searchable=1,
)
UNDEFINED_INDEX = PairAlignment(index=None, abilities=6, reason=Notice("no_required_weight", {"abilities": 6}))
RECOMMENDATIONS = (
    Recommendation(
        kind="add",
        ability="MK.1",
        course="EC201",
        reason=Notice("add_untaught", {"target_share": 0.1025, "hours": 16.4}),
        worth=0.1025,
        candidates=("EC101",),
        reference_courses=("R1",),
        certifications=("C1",),
    ),
    Recommendation(
        kind="retire",
        ability="DA.2",
        course="EC305",
        reason=Notice("retire_excess", {"target_share": 0.0, "share": 0.08, "hours": 32.0, "course_hours": 32.0}),
        worth=0.08,
        blocking=0,
    ),
)
