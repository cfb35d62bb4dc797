"""Warnings: every one for its cause, none without it, with the counts that its sentence needs."""

import math
from dataclasses import replace
from typing import Any

import pytest

from curricula.analysis.codes import CODES, WARNINGS, notice
from curricula.analysis.frames import MODES, PAIRS, Notice
from curricula.analysis.gap import analyse
from tests.gap_universe import NEWEST, YEAR, Postings, curriculum, demand

RATED = (("A", "a", "D"), ("A", "b", ""), ("B", "a", "I"), ("B", "b", "A"))
SOUND: dict[str, Any] = {
    "abilities": ("a", "b"),
    "hours": {"A": {"theory": 30, "operation": 10}, "B": {"theory": 20, "operation": 20}},
    "mappings": [("A", "a", "D", 1.0), ("B", "b", "A", 1.0)],
    "ratings": [(rater, *cell) for rater in ("r1", "r2") for cell in RATED],
    "requirements": [("buyer", "a", 1.0, "D")],
    "prepares_for": ("buyer",),
}
LECTURES = {"theory": 40, "simulation": math.nan, "operation": math.nan}
MANY = [f"e{number}" for number in range(20)]
SEARCHED = [
    Postings(100, {"a": 50, "b": 20}, position="buyer", employers=MANY),
    Postings(100, {"a": 50, "b": 20}, position="buyer", employers=MANY, day=NEWEST - YEAR),
]


def warnings(*batches, searchable="ab", **changes):
    searched = demand(*(batches or SEARCHED), searchable=searchable)
    return analyse(curriculum(**{"demand": searched} | SOUND | changes), draws=30).warnings


def test_a_sound_curriculum_gets_no_warning():
    assert warnings() == ()


NOW, BEFORE = SEARCHED
CASES: dict[str, tuple[tuple[Postings, ...], dict[str, Any], Notice]] = {
    "no source": ((), {"demand": None}, Notice("no_demand_source")),
    "no postings": ((), {"demand": demand(searchable="ab")}, Notice("no_postings")),
    "for nobody": (
        (replace(NOW, position="seller"), replace(BEFORE, position=None)),
        {},
        Notice("no_postings_for_positions", {"other_positions": 200}),
    ),
    "too few": ((replace(NOW, count=92), BEFORE), {}, Notice("too_few_postings", {"postings": 92, "needed": 93})),
    "no second period": (
        (NOW, replace(BEFORE, count=92)),
        {},
        Notice("no_trend", {"postings": 100, "postings_before": 92, "needed": 93}),
    ),
    "too few employers": (
        (replace(NOW, count=140, employers=MANY[:7]), BEFORE),
        {},
        Notice("too_few_employers", {"postings": 140, "employers": 7.0, "needed": 8}),
    ),
    "no trend of employers": (
        (NOW, replace(BEFORE, count=140, employers=MANY[:7])),
        {},
        Notice("no_trend_of_employers", {"employers": 20.0, "employers_before": 7.0, "needed": 8}),
    ),
    "undated": (
        (NOW, BEFORE, replace(NOW, count=7, mentions={}, dated=False)),
        {},
        Notice("undated_postings", {"undated": 7, "postings": 107}),
    ),
    "employers unknown": (
        (replace(NOW, employers=[*MANY, *[None] * 20]), BEFORE),
        {},
        Notice("employers_unknown", {"postings": 40, "of": 100}),
    ),
    "no mentions": ((replace(NOW, mentions={}), BEFORE), {}, Notice("no_mentions", {"postings": 100})),
    "not searchable": (
        (),
        {"searchable": "a"},
        Notice("not_searchable", {"abilities": 1, "of": 2, "hours_part": 0.5}),
    ),
    "positions not chosen": (
        (),
        {"prepares_for": (), "positions": ("buyer", "seller")},
        Notice("positions_not_chosen", {"positions": 2}),
    ),
    "no requirements": ((), {"requirements": [], "positions": ("buyer",)}, Notice("no_requirements")),
    "no courses": ((), {"hours": {}, "mappings": [], "ratings": []}, Notice("no_courses")),
    "hours missing": (
        (),
        {"hours": SOUND["hours"] | {"C": dict.fromkeys(MODES, math.nan)}},
        Notice("hours_missing", {"courses": 1, "of": 3}),
    ),
    "no mappings": ((), {"mappings": []}, Notice("no_mappings", {"courses": 2})),
    "a course unmapped": (
        (),
        {"hours": SOUND["hours"] | {"C": {"theory": 1}}},
        Notice("courses_unmapped", {"courses": 1, "of": 3}),
    ),
    "more than half unmapped": (
        (),
        {"hours": SOUND["hours"] | {"C": {"theory": 81, "assessment": 500}}},
        Notice("unmapped_hours", {"hours": 81.0, "part": 81 / 161}),
    ),
    "shares assumed": (
        (),
        {"mappings": [("A", "a", "D", math.nan), ("B", "b", "A", 1.0)]},
        Notice("shares_assumed", {"cells": 1, "of": 2}),
    ),
    "levels missing": (
        (),
        {"mappings": [("A", "a", "", 1.0), ("B", "b", "A", 1.0)]},
        Notice("levels_missing", {"cells": 1, "of": 2}),
    ),
    "to be mapped": (
        (),
        {"mappings": [("A", "a", "D", 1.0)]},
        Notice("map_first", {"abilities": 1, "codes": "b"}),
    ),
    "one rater": ((), {"ratings": [("r1", "A", "a", "D")]}, Notice("agreement_unknown", {"raters": 1})),
    "raters without variation": (
        (),
        {"ratings": [("r1", "A", "a", "D"), ("r2", "A", "a", "D")]},
        Notice("agreement_undefined", {"raters": 2, "cells": 1}),
    ),
    "prerequisites in a circle": (
        (),
        {"prerequisites": [("A", "B"), ("B", "A")]},
        Notice("prerequisite_cycle", {"cycle": "A\nB"}),
    ),
    "one ability": (
        (),
        {"abilities": ("a",), "mappings": [("A", "a", "D", 1.0), ("B", "a", "A", 1.0)]},
        Notice("one_ability", {"pairs": "\n".join(PAIRS)}),
    ),
    "half of the mapping": (
        (),
        {"mappings": [("A", "a", "D", 1.0)]},
        Notice("mapping_unfinished", {"part": 0.5, "most": 0.25}),
    ),
    "what to map next": (
        (),
        {"mappings": [("A", "a", "D", 1.0)]},
        Notice("map_next", {"courses": 1, "course_codes": "B"}),
    ),
    "practice not stated": (
        (),
        {"hours": {"A": LECTURES, "B": LECTURES}},
        Notice("practice_not_stated", {"part": 1.0, "course_codes": "A\nB"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_warning_has_its_cause(case):
    batches, changes, expected = CASES[case]
    found = warnings(*batches, **changes)
    assert expected in found
    assert all(set(warning.values) == set(CODES[warning.code]) for warning in found)


def test_half_unmapped_is_not_yet_a_warning():
    found = warnings(hours=SOUND["hours"] | {"C": {"theory": 80}})
    assert "unmapped_hours" not in [warning.code for warning in found]


def test_totals_that_no_mode_takes_are_counted():
    frames = curriculum(**SOUND)
    frames.courses["total_hours"] = [1000.0, math.nan]
    assert Notice("hours_not_split", {"courses": 1, "of": 2}) in analyse(frames, draws=30).warnings


def test_courses_without_a_term_are_counted():
    frames = curriculum(**SOUND)
    frames.courses["term"] = [1.0, math.nan]
    assert Notice("course_terms_unknown", {"courses": 1, "of": 2}) in analyse(frames, draws=30).warnings


def test_every_warning_is_tried_here_or_beside():
    elsewhere = {"raters_disagree", "hours_not_split", "requirement_levels_assumed", "course_terms_unknown"}
    elsewhere |= {"electives_by_part", "electives_counted_whole", "electives_open", "least_evidence"}
    elsewhere |= {"practice_rests_on_few", "assessment_not_stated"}
    undefined = {code for code in WARNINGS if code.startswith("undefined.")}
    assert {expected.code for *_, expected in CASES.values()} | elsewhere | undefined == set(WARNINGS)


def test_a_notice_keeps_its_promise():
    with pytest.raises(ValueError, match="needed"):
        notice("too_few_postings", postings=3)
    with pytest.raises(ValueError, match="colour"):
        notice("no_courses", colour="red")
