"""What-if and alternatives: a course is reachable while one alternative is left, and a circle needs all of them."""

import pandas as pd

from curricula.analysis.advice import blocking_factors
from curricula.analysis.gap import prepare
from curricula.analysis.scenarios.edits import DropCourse, MoveCourse
from curricula.analysis.scenarios.evaluate import what_if
from tests.gap_universe import curriculum

HOURS = {code: {"theory": 16.0} for code in "ABCD"}


def plan(*rows):
    """A, B, C, D in terms 1 to 4; rows are required course, course and the number of the choice."""
    frames = curriculum(abilities=("a",), hours=HOURS, signed_off=True)
    table = pd.DataFrame(rows, columns=["requires", "course", "alternative"]).assign(kind="pre")
    return prepare(frames.__class__(**vars(frames) | {"prerequisites": table}), draws=30)


CHOICE = plan(("A", "C", 1), ("B", "C", 1), ("C", "D", 0))


def test_nothing_breaks_while_one_alternative_is_left():
    assert what_if(CHOICE, [DropCourse("A")]).newly_broken == ()
    assert what_if(CHOICE, [MoveCourse("A", 5)]).newly_broken == ()


def test_without_any_alternative_the_course_misses_both():
    broken = what_if(CHOICE, [DropCourse("A"), DropCourse("B")]).newly_broken
    assert [(each.requires, each.course, each.reason) for each in broken] == [
        ("A", "C", "dropped"),
        ("B", "C", "dropped"),
    ]


def test_the_last_alternative_must_be_in_time():
    broken = what_if(CHOICE, [DropCourse("A"), MoveCourse("B", 6)]).newly_broken
    assert [(each.requires, each.course, each.reason) for each in broken] == [("B", "C", "not_before")]


def test_no_alternative_alone_holds_up_what_follows():
    blocking, cautions = blocking_factors(CHOICE.frames)
    assert (blocking, cautions) == ({"A": 0, "B": 0, "C": 1, "D": 0}, ())


def test_a_circle_is_one_only_where_every_alternative_is_on_it():
    assert what_if(plan(("A", "C", 1), ("D", "C", 1), ("C", "D", 0)), []).ring == ()
    assert what_if(plan(("D", "C", 1), ("B", "C", 1), ("C", "D", 0), ("C", "B", 0)), []).ring != ()
