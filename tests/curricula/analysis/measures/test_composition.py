"""Credits, hours and practice of a plan, against sums worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from curricula.analysis.frames import MODES, CurriculumFrames, Policy
from curricula.analysis.measures.composition import composition, course_amounts, term_loads
from tests.report_universe import frames as handmade

NAN = float("nan")


def plan(courses: dict[str, dict[str, Any]], groups: pd.DataFrame | None = None) -> CurriculumFrames:
    facts = {"title": "", "credits": NAN, "term": NAN, "term_last": NAN, "required": None, "total_hours": NAN}
    rows = [
        facts | {"group": ""} | {key: held for key, held in row.items() if key not in MODES}
        for row in courses.values()
    ]
    hours = [{mode: row.get(mode, NAN) for mode in MODES} for row in courses.values()]
    codes = pd.Index(list(courses), name="code", dtype="str")
    table = pd.DataFrame(rows, index=codes)
    more = {} if groups is None else {"groups": groups}
    return replace(handmade(), courses=table, hours=pd.DataFrame(hours, index=codes, dtype=float), **more)


def test_parts_are_of_the_whole_plan_and_practice_of_the_hours_that_are_split():
    frames = plan(
        {
            "A": {"credits": 3.0, "required": True, "theory": 32.0, "operation": 16.0},
            "B": {"credits": 1.0, "required": False, "total_hours": 16.0},
        }
    )
    found = composition(frames, Policy(), modules={"A": "Core", "B": "More"})
    core, more = found.modules
    assert (core.name, core.credits, core.credits_part, core.hours, core.hours_part) == ("Core", 3, 0.75, 48, 0.75)
    assert (core.practice, core.practice_part) == (16, pytest.approx(1 / 3))
    assert (more.practice, more.practice_part, more.without_practice) == (None, None, 1)
    assert (found.whole.practice, found.whole.practice_part) == (16, pytest.approx(1 / 3))
    assert [(share.name, share.credits) for share in found.natures] == [("required", 3), ("elective", 1)]
    assert found.cross == {
        ("Core", "required"): 3,
        ("Core", "elective"): None,
        ("More", "required"): None,
        ("More", "elective"): 1,
    }


def test_what_nobody_states_is_unknown_and_not_0():
    found = composition(plan({"A": {}}), Policy(), modules={}).whole
    assert (found.credits, found.credits_part, found.hours, found.practice) == (None, None, None, None)
    assert (found.without_credits, found.without_hours, found.without_practice) == (1, 1, 1)


def test_of_an_elective_group_the_part_counts_that_is_chosen():
    groups = pd.DataFrame(
        {"title": ["Any"], "courses": [1.0], "credits": [NAN], "hours": [NAN]}, index=pd.Index(["7"], name="group")
    )
    each = {"credits": 2.0, "total_hours": 32.0, "group": "7"}
    amounts = course_amounts(plan({"A": each, "B": each}, groups), Policy())
    assert amounts["credits"].tolist() == [1, 1]
    assert amounts["hours"].sum() == 32


def test_a_course_over_two_terms_gives_half_to_each_and_weeks_divide_its_hours():
    frames = plan({"A": {"credits": 4.0, "total_hours": 64.0, "term": 1.0, "term_last": 2.0}, "B": {"term": 2.0}})
    first, second = term_loads(frames, Policy(), weeks=16)
    assert (first.term, first.courses, first.credits, first.hours, first.weekly) == (1, 1, 2, 32, 2)
    assert (second.courses, second.hours, second.without_hours) == (2, 32, 1)


def test_a_term_without_weeks_is_refused():
    with pytest.raises(ValueError, match="at least one week"):
        term_loads(plan({"A": {}}), Policy(), weeks=0)


def test_a_plan_without_courses_has_no_parts():
    frames = handmade()
    empty = plan({"A": {}})
    nothing = composition(
        type(frames)(**{**vars(empty), "courses": empty.courses.iloc[:0], "hours": empty.hours.iloc[:0]}),
        Policy(),
        modules={},
    )
    assert (nothing.modules, nothing.natures, nothing.whole.courses, nothing.whole.hours_part) == ((), (), 0, None)
