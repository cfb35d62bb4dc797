"""A recommendation as edits: hours inside courses, one credit, a course; where it says too little, none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curricula.analysis.codes import ADVICE, notice
from curricula.analysis.frames import CurriculumFrames, Policy, Recommendation
from curricula.analysis.optimise.optimiser import HoursPlan, Left, Line
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import AddCourse, DropCourse, NewMapping, SetHours, SetMapping
from curricula.analysis.scenarios.edits_from_advice import Underivable, derived_edits
from curricula.analysis.scenarios.effects import Change
from curricula.analysis.teaching_hours import teaching_vectors
from curricula.wording.edit_sentences import UNDERIVED
from tests.gap_universe import curriculum

MOVED = (SetMapping("A", "y", "D", 0.15), SetMapping("A", "x", "I", 0.6))


def plan(**changes) -> CurriculumFrames:
    """Course A gives half of 40 hours to x and a quarter to y, B all of 20 to x; reference course S serves z."""
    given = {
        "abilities": ("x", "y", "z"),
        "hours": {"A": {"theory": 30, "operation": 10, "assessment": 4}, "B": {"theory": 20}},
        "mappings": [("A", "x", "I", 0.5), ("A", "y", "D", 0.25), ("B", "x", "D", 1.0)],
    }
    return curriculum(**given | changes)


def hours_plan(*left: Left) -> HoursPlan:
    """A gives x four hours of y's."""
    line = Line(
        course="A",
        ability="x",
        exposed=Change(20.0, 24.0),
        practised=Change(10.0, 12.0),
        share=Change(0.5, 0.6),
        size=Change(0.1, 0.12),
        practice=Change(0.1, 0.12),
        demanded=0.3,
        label=Change("under_taught", "inconclusive"),
    )
    lost = replace(line, ability="y", exposed=Change(10.0, 6.0), practised=Change(5.0, 3.0))
    edits = (*MOVED, SetHours("B", {"theory": 16.0, "operation": 4.0}))
    return HoursPlan(("x",), (), {"A": 4.0, "B": 4.0}, (line, lost), edits, left, (), proven=True)


def advice(kind: str, code: str, ability: str, course: str | None = "A", **options) -> Recommendation:
    references = options.pop("references", ())
    stated = {name: options.get(name, 1.0) for name in ADVICE[code]}
    return Recommendation(kind, ability, course, notice(code, **stated), 0.1, reference_courses=references)


def hours_by_ability(frames: CurriculumFrames) -> dict[str, float]:
    exposed = teaching_vectors(frames, Policy()).by_kind["exposed"]
    return {str(code): round(float(hours), 1) for code, hours in exposed.items()}


def elective(frames: CurriculumFrames) -> CurriculumFrames:
    return replace(frames, courses=frames.courses.assign(required=False))


def test_every_advice_is_derived_or_has_its_reason():
    kinds = {"add_untaught": "add", "add_emerging": "add", "retire_obsolete": "retire", "retire_excess": "retire"}
    for code in ADVICE:
        found = derived_edits(advice(kinds.get(code, "strengthen"), code, "x"), plan(), hours_plan())
        assert found
        assert not isinstance(found, Underivable) or found.code in UNDERIVED


@pytest.mark.parametrize("code", ["give_more_hours", "shift_to_practice"])
def test_strengthening_is_what_the_plan_of_hours_does_in_the_courses_that_give_more(code):
    assert derived_edits(advice("strengthen", code, "x"), plan(), hours_plan()) == MOVED


def test_what_hours_leave_gets_one_credit_more_of_the_course_with_a_share_for_it():
    short = replace(hours_plan(Left("y", 9.0, (), "A", 16.0)), targets=("x", "y"))
    found = derived_edits(advice("strengthen", "give_more_hours", "y"), plan(), short)
    assert found == (SetHours("A", {"theory": 42.0, "operation": 14.0}),)
    left = replace(short, left=(Left("y", 9.0, ()),))
    assert derived_edits(advice("strengthen", "give_more_hours", "y"), plan(), left) == Underivable("new_course")


def test_a_credit_is_given_in_whole_hours():
    frames = plan(hours={"A": {"theory": 34, "demonstration": 10}, "B": {"theory": 20}})
    found = derived_edits(advice("add", "add_untaught", "z"), frames, hours_plan())
    assert isinstance(found, tuple)
    assert found[0] == SetHours("A", {"theory": 47.0, "demonstration": 13.0})


def test_where_only_practice_is_missing_a_quarter_of_the_course_becomes_practice_unless_it_is_locked():
    wanted = advice("strengthen", "shift_to_practice", "y", hours=16.0)
    assert derived_edits(wanted, plan(), hours_plan()) == (SetHours("A", {"theory": 20.0, "operation": 20.0}),)
    locked = replace(hours_plan(), locked=("A",))
    assert derived_edits(wanted, plan(), locked) == Underivable("new_course")


def test_levels_and_assessment_are_advised_in_words():
    for code in ("raise_level", "assess"):
        assert derived_edits(advice("strengthen", code, "x"), plan(), hours_plan()) == Underivable("in_words")


def test_the_one_open_reference_course_is_added_for_that_ability_alone():
    frames = plan(reference_abilities=[("S", "z"), ("S", "y")])
    wanted = advice("add", "add_untaught", "z", hours=31.0, references=("S",))
    assert derived_edits(wanted, frames, hours_plan()) == (
        AddCourse("S", "S", 2.0, None, {"theory": 16.0, "operation": 16.0}, (NewMapping("z"),), "S"),
    )
    offered = derived_edits(wanted, plan(offered=[("S", "A")]), hours_plan())
    assert isinstance(offered, tuple)
    assert isinstance(offered[0], SetHours)


def test_a_new_course_has_enough_credits_its_own_code_and_the_level_asked_for():
    needs = [("buyer", "z", 1.0, "I"), ("buyer", "z", 1.0, "D"), ("seller", "z", 1.0, "A")]
    frames = plan(
        hours={"A": {"theory": 30}, "B": {"theory": 20}, "S": {"theory": 8}},
        reference_abilities=[("S", "z")],
        requirements=needs,
        prepares_for=("buyer",),
    )
    wanted = advice("add", "add_untaught", "z", hours=33.0, references=("S",))
    assert derived_edits(wanted, frames, hours_plan()) == (
        AddCourse("S-2", "S", 3.0, None, {"theory": 24.0, "operation": 24.0}, (NewMapping("z", level="D"),), "S"),
    )


@pytest.mark.parametrize("references", [(), ("S", "T")])
def test_what_nobody_teaches_gets_one_credit_of_the_named_course_and_the_others_keep_theirs(references):
    found = derived_edits(advice("add", "add_untaught", "z", references=references), plan(), hours_plan())
    assert isinstance(found, tuple)
    after = apply_edits(plan(), found)
    assert hours_by_ability(plan()) == {"x": 40.0, "y": 10.0, "z": 0.0}
    assert hours_by_ability(after) == {"x": 40.0, "y": 10.0, "z": 16.0}
    assert after.hours.loc["A", ["theory", "operation", "assessment"]].tolist() == [42.0, 14.0, 4.0]


@pytest.mark.parametrize("frames", [plan(), plan(hours={"A": {}, "B": {"theory": 20}})])
def test_without_a_course_that_has_hours_none_is_derived(frames):
    course = None if frames.hours.loc["A"].sum() else "A"
    assert derived_edits(advice("add", "add_untaught", "z", course), frames, hours_plan()) == Underivable("no_course")


def test_a_course_leaves_only_where_nothing_else_hangs_on_it():
    wanted, other = advice("retire", "retire_obsolete", "x", "B"), Underivable("other_content")
    assert derived_edits(wanted, elective(plan()), hours_plan()) == (DropCourse("B"),)
    assert derived_edits(wanted, plan(), hours_plan()) == other  # compulsory
    assert derived_edits(wanted, elective(plan(prerequisites=[("B", "A")])), hours_plan()) == other
    assert derived_edits(advice("retire", "retire_obsolete", "x"), elective(plan()), hours_plan()) == other
    assert derived_edits(advice("retire", "retire_excess", "x", "B"), elective(plan()), hours_plan()) == other
