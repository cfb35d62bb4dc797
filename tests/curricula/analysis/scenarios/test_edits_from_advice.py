"""A recommendation as edits: they move the hours that it names, and no more; where it says too little, none."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from curricula.analysis.codes import ADVICE, notice
from curricula.analysis.frames import CurriculumFrames, Policy, Recommendation
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import AddCourse, DropCourse, NewMapping, SetHours, SetMapping
from curricula.analysis.scenarios.edits_from_advice import BY_REASON, Derived, Underivable, derived_edits
from curricula.analysis.teaching_hours import teaching_vectors
from curricula.wording.edit_sentences import UNDERIVED
from tests.gap_universe import curriculum

VALUES = {name: 1.0 for names in ADVICE.values() for name in names}
UNLIKE = ("add_untaught", "add_emerging")


def plan(**changes) -> CurriculumFrames:
    """Course A gives half of 40 hours to x and a quarter to y, B all of 20 to x; reference course S serves z."""
    given = {
        "abilities": ("x", "y", "z"),
        "hours": {"A": {"theory": 30, "operation": 10}, "B": {"theory": 20}},
        "mappings": [("A", "x", "I", 0.5), ("A", "y", "D", 0.25), ("B", "x", "D", 1.0)],
    }
    return curriculum(**given | changes)


def advice(code: str, ability: str, course: str | None, **options) -> Recommendation:
    references = options.pop("references", ())
    stated = {name: options.get(name, VALUES[name]) for name in ADVICE[code]}
    return Recommendation("add", ability, course, notice(code, **stated), 0.1, reference_courses=references)


def hours_by_ability(frames: CurriculumFrames) -> dict[str, float]:
    exposed = teaching_vectors(frames, Policy()).by_kind["exposed"]
    return {str(code): round(float(hours), 1) for code, hours in exposed.items()}


def derived(frames: CurriculumFrames, recommendation: Recommendation):
    found = derived_edits(recommendation, frames)
    assert isinstance(found, Derived)
    return found.edits


def left_of(frames: CurriculumFrames, recommendation: Recommendation) -> float:
    found = derived_edits(recommendation, frames)
    assert isinstance(found, Derived)
    return found.left


def elective(frames: CurriculumFrames) -> CurriculumFrames:
    return replace(frames, courses=frames.courses.assign(required=False))


def test_every_advice_is_derived_or_has_its_reason():
    assert set(ADVICE) == set(BY_REASON) | set(UNLIKE)


def test_more_hours_reach_the_ability_and_leave_the_others_theirs():
    edits = derived(plan(), advice("give_more_hours", "x", "A", hours=10.0))
    assert hours_by_ability(plan()) == {"x": 40.0, "y": 10.0, "z": 0.0}
    assert hours_by_ability(apply_edits(plan(), edits)) == {"x": 50.0, "y": 10.0, "z": 0.0}


def test_fewer_hours_leave_the_others_theirs_too():
    edits = derived(plan(), advice("retire_excess", "x", "A", hours=8.0))
    assert hours_by_ability(apply_edits(plan(), edits)) == {"x": 32.0, "y": 10.0, "z": 0.0}


def test_no_more_hours_go_than_the_course_gives():
    edits = derived(plan(), advice("retire_obsolete", "x", "A", hours=100.0))
    assert hours_by_ability(apply_edits(plan(), edits)) == {"x": 20.0, "y": 10.0, "z": 0.0}
    assert left_of(plan(), advice("retire_obsolete", "x", "A", hours=100.0)) == 0


def test_a_course_whose_demand_has_faded_is_dropped_where_nobody_needs_it():
    wanted = advice("retire_obsolete", "x", "B", hours=20.0)
    assert derived(elective(plan()), wanted) == (DropCourse("B"),)
    half = (SetHours("B", {"theory": 10.0}),)
    needed = {
        "compulsory": plan(),
        "awaited": elective(plan(prerequisites=[("B", "A")])),
        "serving another": elective(plan(mappings=[("B", "x", "D", 1.0), ("B", "y", "D", 0.0)])),
    }
    for why, frames in needed.items():
        assert derived(frames, wanted)[0] == half[0], why
        assert left_of(frames, wanted) == 10, why


def test_what_is_taught_too_much_never_costs_a_course_more_than_half():
    frames = elective(plan(hours={"A": {"theory": 30, "operation": 10}, "B": {"theory": 500, "operation": 77}}))
    wanted = advice("retire_excess", "x", "B", hours=560.0)
    edits = derived(frames, wanted)
    assert apply_edits(frames, edits).hours.loc["B"].sum() == 289
    assert left_of(frames, wanted) == 560 - 288
    assert left_of(frames, advice("retire_excess", "x", "B", hours=288.0)) == 0


def test_a_shift_moves_theory_to_operation_as_far_as_there_is_any():
    assert derived(plan(), advice("shift_to_practice", "x", "A", hours=7.0)) == (
        SetHours("A", {"theory": 16.0, "operation": 24.0}),
    )
    assert left_of(plan(), advice("shift_to_practice", "x", "A", hours=7.5)) == 0
    frames = plan(hours={"A": {"operation": 40}, "B": {"theory": 20}})
    assert derived_edits(advice("shift_to_practice", "x", "A"), frames) == Underivable("no_theory_to_move")


def test_a_shift_leaves_a_course_half_of_its_theory():
    wanted = advice("shift_to_practice", "x", "A", hours=99.0)
    assert derived(plan(), wanted) == (SetHours("A", {"theory": 15.0, "operation": 25.0}),)
    assert left_of(plan(), wanted) == 15
    frames = plan(hours={"A": {"theory": 1, "operation": 10}, "B": {"theory": 20}})
    assert derived_edits(wanted, frames) == Underivable("no_theory_to_move")


def test_a_level_is_raised_and_the_share_stays():
    assert derived(plan(), advice("raise_level", "x", "A", reached="I", required="A")) == (
        SetMapping("A", "x", "A", 0.5),
    )


def test_the_one_open_reference_course_is_added_for_that_ability_alone():
    frames = plan(reference_abilities=[("S", "z"), ("S", "y")])
    wanted = advice("add_untaught", "z", "A", hours=31.0, references=("S",))
    assert derived(frames, wanted) == (
        AddCourse("S", "S", 2.0, None, {"theory": 16.0, "operation": 16.0}, (NewMapping("z"),), "S"),
    )
    assert isinstance(derived(plan(offered=[("S", "A")]), wanted)[0], SetHours)


def test_a_new_course_has_whole_hours_enough_credits_its_own_code_and_the_level_asked_for():
    needs = [("buyer", "z", 1.0, "I"), ("buyer", "z", 1.0, "D"), ("seller", "z", 1.0, "A")]
    frames = plan(
        hours={"A": {"theory": 30, "operation": 10}, "B": {"theory": 20}, "S": {"theory": 8}},
        reference_abilities=[("S", "z")],
        requirements=needs,
        prepares_for=("buyer",),
    )
    wanted = advice("add_untaught", "z", "A", hours=33.0, references=("S",))
    assert derived(frames, wanted) == (
        AddCourse("S-2", "S", 3.0, None, {"theory": 17.0, "operation": 17.0}, (NewMapping("z", level="D"),), "S"),
    )


def test_of_several_open_reference_courses_none_is_chosen():
    wanted = advice("add_untaught", "z", "A", hours=16.0, references=("S", "T"))
    assert isinstance(derived(plan(), wanted)[0], SetHours)


def test_a_shift_counts_the_share_that_the_ability_has_of_the_course():
    frames = plan(mappings=[("A", "x", "I", 0.5), ("A", "y", "D", math.nan), ("A", "z", "D", math.nan)])
    wanted = advice("shift_to_practice", "y", "A", hours=3.0)  # a quarter of the course
    assert derived(frames, wanted) == (SetHours("A", {"theory": 18.0, "operation": 22.0}),)
    nothing = plan(mappings=[("A", "x", "I", 0.0), ("B", "x", "D", 1.0)])
    assert derived_edits(advice("shift_to_practice", "x", "A"), nothing) == Underivable("no_theory_to_move")


def test_hours_to_retire_are_whole_and_rounded_down_unless_hardly_any_are_left():
    fewer = apply_edits(plan(), derived(plan(), advice("retire_excess", "x", "A", hours=8.7)))
    assert hours_by_ability(fewer) == {"x": 32.0, "y": 10.0, "z": 0.0}
    assert derived(plan(), advice("retire_excess", "x", "B", hours=5.0))[0] == SetHours("B", {"theory": 15.0})
    gone = apply_edits(plan(), derived(plan(), advice("retire_excess", "x", "A", hours=19.7)))
    assert gone.mappings[["course", "ability"]].to_numpy().tolist() == [["B", "x"], ["A", "y"]]
    assert hours_by_ability(gone) == {"x": 20.0, "y": 10.0, "z": 0.0}


def test_hours_to_give_are_whole_and_rounded_up_and_assessment_stays():
    frames = plan(hours={"A": {"theory": 30, "operation": 10, "assessment": 4}, "B": {"theory": 20}})
    after = apply_edits(frames, derived(frames, advice("give_more_hours", "x", "A", hours=9.2)))
    assert after.hours.loc["A", ["theory", "operation", "assessment"]].tolist() == [37.5, 12.5, 4.0]


@pytest.mark.parametrize("hours", [7.0, 11.0, 13.0])
def test_shares_that_had_to_be_rounded_stay_within_the_course(hours):
    third = [("A", name, "D", 1 / 3) for name in "xyz"]
    frames = plan(mappings=third)
    after = apply_edits(frames, derived(frames, advice("give_more_hours", "x", "A", hours=hours)))
    assert after.mappings["share"].sum() <= 1


def test_what_nothing_teaches_grows_in_the_named_course():
    edits = derived(plan(), advice("add_untaught", "z", "A", hours=16.0))
    assert hours_by_ability(apply_edits(plan(), edits)) == {"x": 40.0, "y": 10.0, "z": 16.0}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (advice("add_untaught", "z", None), "no_course"),
        (advice("give_more_hours", "x", "gone"), "no_course"),
        (advice("assess", "x", "A"), "how_to_assess"),
    ],
)
def test_what_says_too_little_says_why(wanted, code):
    assert derived_edits(wanted, plan()) == Underivable(code)
    assert code in UNDERIVED


def test_a_course_without_hours_cannot_grow_in_proportion():
    frames = plan(hours={"A": {}, "B": {"theory": 20}})
    assert derived_edits(advice("give_more_hours", "x", "A"), frames) == Underivable("no_hours")
