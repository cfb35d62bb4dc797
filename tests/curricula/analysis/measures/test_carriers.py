from __future__ import annotations

import numpy as np
import pandas as pd

from curricula.analysis.measures.carriers import Carriers, carriers_of

# A practises for certain, B does not, C states nothing, D has 16 hours that no mode takes.
PRACTICE = pd.DataFrame(
    {"practice_low": [16.0, 0.0, 0.0, 0.0], "practice_high": [16.0, 0.0, np.nan, 16.0]}, index=list("ABCD")
)


def found(*courses: str, seen_from: str = "A") -> Carriers:
    cells = pd.DataFrame({"course": list(courses), "ability": ["x"] * len(courses)})
    return carriers_of(cells, PRACTICE, course=seen_from)["x"]


def test_the_only_course_that_serves_an_ability_is_said_to_be():
    assert found("A") == Carriers(serving=1, practising=1, unsure=0, serves=True, practises=True)
    assert found("A").only_one
    assert not found("A", "B").only_one


def test_it_is_the_only_one_that_practises_only_where_every_other_surely_does_not():
    assert found("A", "B").only_practising
    assert not found("A", "C").only_practising, "what C states nothing of may be practice"
    assert not found("A", "D").only_practising, "some of the hours of D may be practice"
    assert not found("A", "B", seen_from="B").only_practising


def test_a_course_that_does_not_serve_it_is_not_counted():
    assert found("A", "B", seen_from="C") == Carriers(serving=2, practising=1, unsure=0, serves=False, practises=False)


def test_a_course_without_stated_hours_is_unsure():
    assert found("A", "E").unsure == 1


def test_no_cell_gives_nothing():
    assert carriers_of(pd.DataFrame({"course": [], "ability": []}), PRACTICE, course="A") == {}
