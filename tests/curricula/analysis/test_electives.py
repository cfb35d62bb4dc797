"""Of an elective group the part counts that is chosen, and every number that counts hours or credits says so."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.electives import chosen_parts, group_parts
from curricula.analysis.frames import Notice, Policy
from curricula.analysis.gap import analyse, prepare
from curricula.analysis.measures.robustness import robustness
from curricula.analysis.measures.sequence import term_credits
from curricula.analysis.optimise.optimiser import locked_courses
from curricula.analysis.scenarios.edits import DropCourse
from curricula.analysis.scenarios.evaluate import what_if
from tests.gap_universe import curriculum

HOURS = {"A": {"theory": 40.0}, "E1": {"theory": 20.0, "operation": 20.0}, "E2": {"operation": 40.0}}
SERVES = [("A", "a", "D", 1.0), ("E1", "b", "D", 1.0), ("E2", "b", "D", 1.0)]
WHOLE = Policy(all_electives=True)


def plan(*, stated=(3.0, 2.0, 4.0), **rule):
    """A is compulsory; E1 and E2 are of one group of which students take what `rule` says."""
    frames = curriculum(abilities=("a", "b"), hours=HOURS, mappings=SERVES, signed_off=True)
    said = {"title": ["Choice"], **{name: [rule.get(name, np.nan)] for name in ("courses", "credits", "hours")}}
    courses = frames.courses.assign(group=["", "g", "g"], credits=list(stated), term=[1.0, 2.0, 2.0])
    return replace(frames, courses=courses, groups=pd.DataFrame(said, index=pd.Index(["g"])))


def part(frames):
    return group_parts(frames.courses, frames.hours, frames.groups)["g"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"courses": 1}, 1 / 2),
        ({"credits": 4}, 4 / 6),
        ({"hours": 20}, 20 / 80),
        ({"courses": 1, "credits": 4}, 1 / 2),  # the number of courses says it best
        ({"courses": 5}, 1),  # no more than all
    ],
)
def test_the_part_is_what_is_chosen_of_what_is_listed(rule, expected):
    assert part(plan(**rule)) == pytest.approx(expected)


@pytest.mark.parametrize("frames", [plan(), plan(stated=(3.0, 2.0, np.nan), credits=4)])
def test_a_part_that_cannot_be_told_counts_whole_and_is_told(frames):
    assert np.isnan(part(frames))
    assert chosen_parts(frames, Policy()).tolist() == [1, 1, 1]
    assert Notice("electives_open", {"groups": 1, "of": 1}) in analyse(frames, draws=30).warnings


def test_a_group_without_courses_adds_nothing_and_is_told():
    frames = plan(courses=1)
    empty = replace(frames, courses=frames.courses.assign(group=""))
    assert analyse(empty, draws=30).abilities.loc["b", "exposure_hours"] == 80
    assert Notice("electives_open", {"groups": 1, "of": 1}) in analyse(empty, draws=30).warnings


def test_hours_are_those_that_a_student_takes():
    table = analyse(plan(courses=1), draws=30).abilities
    assert table.loc["a", ["taught_hours", "practised_hours", "exposure_hours"]].tolist() == [40, 0, 40]
    assert table.loc["b", ["taught_hours", "practised_hours", "exposure_hours"]].tolist() == [10, 30, 40]
    assert table["exposure_share"].tolist() == [0.5, 0.5]


def test_the_switch_counts_all():
    table = analyse(plan(courses=1), WHOLE, draws=30).abilities
    assert table.loc["b", ["taught_hours", "practised_hours", "exposure_hours"]].tolist() == [20, 60, 80]


def test_the_assumption_is_told_either_way():
    counts = {"groups": 1, "courses": 2}
    by_part = Notice("electives_by_part", {**counts, "taken_hours": 40.0, "listed_hours": 80.0})
    assert by_part in analyse(plan(courses=1), draws=30).warnings
    assert Notice("electives_counted_whole", counts) in analyse(plan(courses=1), WHOLE, draws=30).warnings


def test_credits_of_a_term_are_those_that_a_student_takes():
    assert term_credits(plan(courses=1), Policy())["credits"].to_dict() == {1: 3.0, 2: 3.0}  # half of 2 + 4
    assert term_credits(plan(courses=1), WHOLE)["credits"].to_dict() == {1: 3.0, 2: 6.0}


def test_a_course_less_to_choose_from_makes_the_other_certain():
    effect = what_if(prepare(plan(courses=1), draws=30), [DropCourse("E2")])
    assert (effect.credits.before, effect.credits.after) == (6.0, 5.0)  # 3 + half of 6; 3 + 2
    assert effect.hours.loc["theory"].tolist() == [50, 60]
    assert effect.judged.table.loc["b", "exposure_hours"] == 40


def test_advice_by_hours_leaves_courses_that_not_every_student_takes():
    assert locked_courses(plan(courses=1), Policy()) == ("E1", "E2")
    assert locked_courses(plan(courses=1), WHOLE) == ()


def test_robustness_tries_the_other_choice_where_there_are_groups():
    kinds = [each.kind for each in robustness(prepare(plan(courses=1), draws=30)).variations]
    assert "all_electives" in kinds
    without = replace(plan(), groups=plan().groups.iloc[:0])
    assert "all_electives" not in [each.kind for each in robustness(prepare(without, draws=30)).variations]
