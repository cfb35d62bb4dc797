from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.frames import CertificationReadiness
from curricula.analysis.training.certificate_effect import Coverage, certificate_effect
from curricula.analysis.training.graduation import (
    Certified,
    credit_clause,
    practice_clause,
    qualification_clause,
)


def courses(**rows):
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=["credits", "required", "group"]).astype(
        {"required": object}
    )


def test_credits_are_those_of_required_courses_and_the_chosen_part_of_each_group():
    found = credit_clause(
        courses(A=(3.0, True, ""), B=(4.0, True, ""), C=(2.0, None, "g"), D=(2.0, None, "g"), E=(5.0, False, "")),
        {"g": 0.5},
    )
    assert (found.state, found.required, found.chosen, found.offered) == ("met", 7, 2, 5)  # ½ × (2 + 2)
    assert found.counted == 9


@pytest.mark.parametrize(
    ("row", "parts", "told"),
    [
        ((np.nan, True, ""), {}, {"without": ("X",)}),
        ((2.0, None, "g"), {"g": None}, {"open_groups": ("g",)}),
        ((2.0, None, ""), {}, {"unstated": ("X",)}),
    ],
)
def test_what_is_not_known_of_a_course_leaves_credits_partly_known(row, parts, told):
    found = credit_clause(courses(A=(3.0, True, ""), X=row), parts)
    assert (found.state, found.counted) == ("partly", 3)
    assert all(getattr(found, name) == value for name, value in told.items())


def test_credits_that_nobody_states_are_unknown():
    assert credit_clause(courses(A=(np.nan, True, "")), {}).state == "unknown"
    assert credit_clause(courses(), {}).state == "unknown"
    assert credit_clause(courses(A=(3.0, None, "")), {}).state == "unknown"  # nobody says who takes it


def test_practice_counts_each_student_once_by_the_best_placement():
    found = practice_clause(
        [
            Certified("p", True, False),
            Certified("p", True, True),  # the same student, evaluated by both
            Certified("q", False, True),
            Certified("r", True, False),
            Certified("s", False, False),
        ]
    )
    assert (found.state, found.students, found.placements) == ("partly", 4, 5)
    assert (found.both, found.school_only, found.enterprise_only, found.neither) == (1, 1, 1, 1)


def test_two_placements_that_each_one_side_evaluated_certify_none_by_both():
    found = practice_clause([Certified("p", True, False), Certified("p", False, True)])
    assert (found.state, found.both, found.school_only) == ("missing", 0, 1)


def test_practice_without_a_record_is_unknown_and_of_all_met():
    assert practice_clause([]).state == "unknown"
    assert practice_clause([Certified("p", True, True)]).state == "met"


READINESS = (
    CertificationReadiness("engineer", "", ("R1", "R2", "R3"), ("R1", "R2"), ("R3",)),
    CertificationReadiness("engineer", "technology", ("R1", "R3"), ("R1",), ("R3",)),
    CertificationReadiness("engineer", "operation", ("R1", "R2"), ("R1", "R2"), ()),
    CertificationReadiness("analyst", "", ("R3", "R4"), (), ("R3", "R4")),
)
SERVES = {"R3": ["app", "design"], "R4": ["statistics"]}
LABELS = {"app": "untaught", "design": "aligned", "statistics": "under_practised"}


def test_one_direction_whose_courses_are_all_offered_meets_the_clause():
    found = qualification_clause(READINESS, ["engineer"], SERVES, LABELS)
    assert found.state == "met"
    assert (found.nearest.direction, found.nearest.missing) == ("operation", ())


def test_missing_courses_name_the_gaps_that_they_bear_on():
    closes = {
        (each.certification, each.direction): each
        for each in qualification_clause(READINESS, ["engineer"], SERVES, {**LABELS, "statistics": "aligned"}).closes
    }
    assert closes["engineer", "technology"].gaps == {"app": ("R3",)}
    assert closes["analyst", ""].gaps == {"app": ("R3",)}
    assert [each.state for each in closes.values()] == ["partly", "partly", "met", "missing"]


def test_a_plan_that_names_no_certificate_and_a_framework_without_any_leave_the_clause_unknown():
    assert qualification_clause(READINESS, [], SERVES, LABELS).state == "unknown"
    assert qualification_clause((), [], {}, {}).state == "unknown"
    assert qualification_clause(READINESS, ["analyst"], SERVES, LABELS).nearest.missing == ("R3", "R4")


ABILITIES = pd.DataFrame(
    {"exposure_hours": [12.0, 0.0, 0.0, 0.0, 5.0], "wanted": [True, True, True, False, False]},
    index=["ads", "app", "design", "craft", "talk"],
)


def test_missing_courses_reach_abilities_that_had_no_hours_and_positions_count_their_own():
    """Wanted are ads, app, design; ads has hours. Courses for app, ads and craft bring 1 of 3 to 2 of 3."""
    positions = {"developer": ["app", "design", "app"], "seller": ["ads"]}
    found = certificate_effect(["app", "ads", "craft"], ABILITIES, positions)
    assert (found.wanted, found.reached) == (Coverage(3, 1, 2), ("app",))
    assert found.positions == {"developer": Coverage(2, 0, 1), "seller": Coverage(1, 1, 1)}
    assert [name for name, each in found.positions.items() if each.changes] == ["developer"]


def test_courses_of_what_is_taught_already_and_no_courses_change_nothing():
    assert certificate_effect(["ads", "talk"], ABILITIES, {}).wanted == Coverage(3, 1, 1)
    assert certificate_effect([], ABILITIES, {}).reached == ()


def test_where_nobody_wants_anything_nothing_is_reached():
    assert certificate_effect(["app"], ABILITIES.assign(wanted=False), {}).wanted == Coverage(0, 0, 0)
