"""What-if: each effect is what two whole analyses would say, and only what an edit touches is worked out anew."""

import math
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.analysis import pairs
from curricula.analysis.frames import MODES, PAIRS, Policy
from curricula.analysis.gap import analyse, prepare
from curricula.analysis.measures.sequence import BrokenPrerequisite, term_credits
from curricula.analysis.scenarios import evaluate
from curricula.analysis.scenarios.applied_edits import RefusedEdit, apply_edits
from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    NewMapping,
    RemoveMapping,
    SetHours,
    SetMapping,
)
from curricula.analysis.scenarios.evaluate import what_if
from tests.curricula.analysis.test_gap_twin import ABILITIES, POLICY, universes
from tests.gap_universe import about_x, curriculum, judged_only

FEW = 40  # draws
RANDOM = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
STATED = st.sampled_from([0.0, 1.0, 8.0, 30.0, 90.0])
SHARES = st.sampled_from([None, 0.0, 0.1, 0.25])
STEPS = st.sampled_from(["", "I", "D", "A"])


@st.composite
def edits(draw, frames):
    """Up to four edits that suit the plan, one after another."""
    made: list[Edit] = []
    for number in range(draw(st.integers(1, 4))):
        edit = draw(one_edit(apply_edits(frames, made), number))
        try:
            apply_edits(frames, [*made, edit])
        except RefusedEdit:
            continue  # shares above one
        made.append(edit)
    return made


@st.composite
def one_edit(draw, frames, number):
    ability = draw(st.sampled_from(ABILITIES))
    hours = draw(st.dictionaries(st.sampled_from(MODES), STATED, max_size=3))
    new = AddCourse(
        f"new{number}", "", 2.0, draw(st.integers(1, 8)), hours, (NewMapping(ability, draw(STEPS), draw(SHARES)),)
    )
    if frames.courses.empty:
        return new
    course = draw(st.sampled_from(list(frames.courses.index)))
    return draw(
        st.sampled_from(
            [
                new,
                DropCourse(course),
                MoveCourse(course, draw(st.integers(1, 8))),
                SetHours(course, hours),
                SetMapping(course, ability, draw(STEPS), draw(SHARES)),
                JoinCompetition(course, "contest", draw(STATED)),
            ]
        )
    )


@RANDOM
@given(st.data())
def test_an_effect_equals_a_whole_analysis_of_the_edited_plan(data):
    frames = data.draw(universes())
    made = data.draw(edits(frames))
    prepared = prepare(frames, POLICY, draws=FEW)
    effect = what_if(prepared, made)
    after = analyse(apply_edits(frames, made), POLICY, draws=FEW)
    pd.testing.assert_frame_equal(effect.analysis.abilities, after.abilities)
    for field in ("alignment", "certifications", "recommendations", "warnings", "unmapped_part", "assumed_shares"):
        assert getattr(effect.analysis, field) == getattr(after, field), field
    pd.testing.assert_frame_equal(effect.analysis.positions, after.positions)
    pd.testing.assert_frame_equal(effect.analysis.areas, after.areas)
    _expect_both_sides(effect, prepared.analysis, after)


def _expect_both_sides(effect, before, after):
    columns = ["label", "exposure_status", "practice_status", "theory_status"]
    changed = before.abilities.index[(before.abilities[columns] != after.abilities[columns]).any(axis=1)]
    assert list(effect.abilities.index) == list(changed)
    for side, analysis in (("before", before), ("after", after)):
        for column in ("label", "taught_hours", "practised_share", "level_reached"):
            expected = analysis.abilities.loc[changed, column]
            pd.testing.assert_series_equal(effect.abilities[f"{column}_{side}"], expected, check_names=False)
        for column in ("taught", "practised", "assessed"):
            expected = analysis.positions[column]
            pd.testing.assert_series_equal(effect.positions[f"{column}_{side}"], expected, check_names=False)
        for pair in PAIRS:
            assert getattr(effect.alignment[pair], side) == analysis.alignment[pair]
            assert getattr(effect.indices[pair], side).index == analysis.alignment[pair].index
        pd.testing.assert_series_equal(effect.unmapped[side], analysis.unmapped, check_names=False)


@RANDOM
@given(st.data())
def test_more_practice_on_one_ability_never_lowers_its_hours_or_share_and_never_raises_another(data):
    frames = data.draw(universes())
    ability, gained = data.draw(st.sampled_from(ABILITIES)), data.draw(st.sampled_from([1, 16, 500]))
    given_ = apply_edits(
        frames, [AddCourse("own", hours={"operation": 10}, mappings=(NewMapping(ability, "D", 1.0),))]
    )
    prepared = judged_only(given_, POLICY)
    before = prepared.judged.table
    after = what_if(prepared, [JoinCompetition("own", "contest", gained)]).judged.table
    others = [other for other in ABILITIES if other != ability]
    assert after.loc[ability, "practised_hours"] == pytest.approx(before.loc[ability, "practised_hours"] + gained)
    for column in ("practised_share", "exposure_share"):
        assert after.loc[ability, column] >= before.loc[ability, column] - 1e-12
        assert (after.loc[others, column] <= before.loc[others, column] + 1e-12).all()
    assert after.loc[others, "practised_hours"].tolist() == before.loc[others, "practised_hours"].tolist()


@RANDOM
@given(st.data())
def test_edits_taken_back_leave_no_effect(data):
    frames = data.draw(universes())
    course = data.draw(st.sampled_from(list(frames.courses.index)))
    as_it_was = frames.hours.loc[course].astype(object).where(lambda row: row.notna(), None).to_dict()
    prepared = judged_only(frames, POLICY)
    effect = what_if(prepared, [SetHours(course, {"theory": 77.0}), SetHours(course, as_it_was)])
    assert effect.abilities.empty
    assert effect.changes.empty
    pd.testing.assert_frame_equal(effect.judged.sides.amounts, prepared.judged.sides.amounts)  # all that indices read


def plan(**changes):
    """Three courses in a row of terms, each needing the one before; 2 credits each."""
    given_: dict[str, Any] = {
        "abilities": ("a", "b", "c"),
        "hours": {"A": {"theory": 30}, "B": {"theory": 10, "operation": 20, "assessment": 4}, "C": {"operation": 10}},
        "mappings": [("A", "a", "D", 1.0), ("B", "b", "D", 0.5)],
        "requirements": [("buyer", "a", 1.0, "D"), ("buyer", "c", 1.0, "D")],
        "prerequisites": [("A", "B"), ("B", "C")],
        "certification_courses": [("cert", "", "R1"), ("cert", "online", "R2")],
        "offered": [("R1", "A")],
        "prepares_for": ("buyer",),
        "signed_off": True,
    }
    return curriculum(**given_ | changes)


def effect_of(*made, frames=None, **options):
    return what_if(prepare(frames or plan(), draws=FEW), made, **options)


def test_hours_unmapped_hours_and_credits_stand_side_by_side():
    effect = effect_of(SetHours("B", {"operation": 40}), AddCourse("N", credits=None, hours={"theory": 8}))
    hours = effect.hours.loc[["theory", "operation", "assessment"]]
    assert hours.to_numpy().tolist() == [[40, 48], [30, 50], [4, 4]]
    assert effect.unmapped.loc[["theory", "operation", "assessment"]].to_numpy().tolist() == [
        [5, 13],
        [20, 30],
        [2, 2],
    ]
    assert (effect.unmapped_part.before, effect.unmapped_part.after) == (25 / 70, 43 / 98)
    assert (effect.credits.before, effect.credits.after) == (6, 6)
    assert (effect.credits_unknown.before, effect.credits_unknown.after) == (0, 1)


def test_labels_and_positions_that_change_are_listed_and_no_others():
    course = AddCourse("N", "Sourcing", 2.0, 2, {"operation": 30.0}, (NewMapping("c", "D", 1.0),))
    effect = effect_of(course)
    assert effect.abilities[["label_before", "label_after"]].to_numpy().tolist() == [["untaught", "covered"]]
    assert effect.abilities.index.tolist() == ["c"]
    positions = effect.positions.loc["buyer"].to_dict()
    assert positions == {
        "required": 2,
        "prepared": True,
        "taught_before": 1,
        "taught_after": 1,
        "practised_before": 0,
        "practised_after": 1,
        "assessed_before": 0,
        "assessed_after": 0,
    }


def test_terms_above_the_bound_are_named():
    effect = effect_of(MoveCourse("C", 2), AddCourse("N", credits=1.5, term=4), most_credits=3.5)
    assert effect.terms.index.tolist() == [1, 2, 3, 4]
    assert effect.terms.to_numpy().tolist() == [[2, 2], [2, 4], [2, 0], [0, 1.5]]
    assert effect.overfull == (2,)
    assert effect_of(MoveCourse("C", 2), most_credits=4).overfull == ()
    assert effect_of(MoveCourse("C", 2)).overfull == ()


def test_a_prerequisite_that_is_dropped_or_no_longer_earlier_is_named():
    assert effect_of().broken == ()
    moved = effect_of(MoveCourse("C", 2))
    assert moved.broken == moved.newly_broken == (BrokenPrerequisite("B", "C", "not_before", 2, 2),)
    dropped = effect_of(DropCourse("A"), MoveCourse("B", 7))
    assert dropped.broken == (
        BrokenPrerequisite("A", "B", "dropped", None, 7),
        BrokenPrerequisite("B", "C", "not_before", 7, 3),
    )
    assert effect_of(DropCourse("B"), DropCourse("C")).broken == ()


def test_what_was_broken_before_is_told_apart():
    frames = apply_edits(plan(), [MoveCourse("A", 9)])
    effect = effect_of(MoveCourse("C", 1), frames=frames)
    assert effect.broken_before == (BrokenPrerequisite("A", "B", "not_before", 9, 2),)
    assert effect.newly_broken == (BrokenPrerequisite("B", "C", "not_before", 2, 1),)
    assert len(effect.broken) == 2


def test_a_course_that_missed_one_prerequisite_may_come_to_miss_another():
    frames = apply_edits(plan(prerequisites=[("A", "C"), ("B", "C")]), [MoveCourse("A", 9)])
    effect = effect_of(MoveCourse("B", 9), frames=frames)
    assert effect.newly_broken == (BrokenPrerequisite("B", "C", "not_before", 9, 3),)


def test_a_course_without_a_term_breaks_nothing():
    assert effect_of(MoveCourse("A", None)).broken == ()
    assert effect_of(MoveCourse("C", None)).broken == ()


def test_a_term_holds_the_known_credits_of_the_courses_that_are_in_it():
    frames = apply_edits(plan(), [AddCourse("N", credits=None, term=2), MoveCourse("C", None)])
    assert term_credits(frames, Policy()).to_dict("index") == {
        1: {"credits": 2, "courses": 1, "unknown": 0},
        2: {"credits": 2, "courses": 2, "unknown": 1},
    }


def test_the_credits_of_a_course_over_several_terms_are_spread_evenly():
    frames = plan()
    frames = replace(frames, courses=frames.courses.assign(term_last=[1.0, 3.0, math.nan]))
    assert term_credits(frames, Policy()).to_dict("index") == {
        1: {"credits": 2, "courses": 1, "unknown": 0},
        2: {"credits": 1, "courses": 1, "unknown": 0},
        3: {"credits": 3, "courses": 2, "unknown": 0},
    }
    assert effect_of(frames=frames, most_credits=2.5).overfull == (3,)
    assert effect_of(frames=frames).spread
    assert not effect_of().spread


@pytest.mark.parametrize(
    ("kind", "term", "broken"),
    [("pre", 2, True), ("co", 2, False), ("co", 1, True), ("strict-co", 2, False), ("strict-co", 3, True)],
)
def test_co_requisites_may_stand_in_the_same_term(kind, term, broken):
    frames = plan(prerequisites=[("B", "C")])
    frames = replace(frames, prerequisites=frames.prerequisites.assign(kind=kind))
    reason = "not_together" if kind == "strict-co" else "not_before"
    expected = [BrokenPrerequisite("B", "C", reason, 2, term)] if broken else []
    assert list(effect_of(MoveCourse("C", term), frames=frames).broken) == expected


def test_a_new_course_needs_its_prerequisites_before_it():
    course = AddCourse("N", term=2, requires=("A", "B"))
    frames = replace(plan(), prerequisites=plan().prerequisites.assign(kind="co"))
    for base in (plan(), frames):  # the kind of a new prerequisite is the plain one
        assert effect_of(course, frames=base).newly_broken == (BrokenPrerequisite("B", "N", "not_before", 2, 2),)


def test_a_ring_is_named():
    effect = effect_of(MoveCourse("A", 2), frames=plan(prerequisites=[("A", "B"), ("B", "C"), ("C", "A")]))
    assert effect.ring == ("A", "B", "C")
    joined = apply_edits(effect.prepared.frames, [DropCourse("C")])
    assert effect_of(DropCourse("C"), frames=effect.prepared.frames).ring == () == effect_of(frames=joined).ring
    assert effect_of().ring == ()


def test_certificates_tell_what_is_offered_and_whether_they_are_aimed_at():
    effect = effect_of(AddCourse("N", reference_course="R2"), AddCertificate("cert"))
    assert [(each.direction, each.aimed_at.before, each.aimed_at.after) for each in effect.certificates] == [
        ("", False, True),
        ("online", False, True),
    ]
    assert [each.readiness.before.missing for each in effect.certificates] == [("R2",), ("R2",)]
    assert [each.readiness.after.missing for each in effect.certificates] == [(), ()]


def test_a_mapping_taken_away_leaves_the_ability_untaught():
    effect = effect_of(RemoveMapping("A", "a"))
    assert effect.abilities.loc["a", ["label_before", "label_after"]].tolist() == [
        "theory_without_practice",
        "untaught",
    ]
    assert effect.indices["theory_required"].after.index == 0.0


def counting(function, calls):
    """The same function, which notes what it was called with."""

    def called(*given_, **options):
        calls.append(given_)
        return function(*given_, **options)

    return called


def test_dropping_a_rated_course_asks_the_raters_anew_and_nothing_else_does(monkeypatch):
    cells = {
        ("A", "a"): "ID",
        ("A", "b"): "AA",
        ("B", "a"): "DD",
        ("B", "b"): "IA",
        ("B", "c"): "DI",
        ("C", "c"): "AA",
    }
    rated = [(rater, *cell, level) for cell, pair in cells.items() for rater, level in zip("rs", pair, strict=True)]
    frames = plan(ratings=rated)
    prepared = prepare(frames, draws=FEW, seed=7)
    asked: list[Any] = []
    real = evaluate.plan_agreement
    monkeypatch.setattr(evaluate, "plan_agreement", counting(real, asked))
    what_if(prepared, [SetHours("A", {"theory": 1}), SetMapping("B", "c", "A")])
    assert asked == []
    effect = what_if(prepared, [DropCourse("C")])
    assert len(asked) == 1
    assert effect.judged.agreement.alpha != prepared.judged.agreement.alpha
    intervals = [analyse(effect.frames, draws=FEW, seed=seed).agreement.low for seed in (7, 8)]
    assert effect.judged.agreement.low == intervals[0] != intervals[1]


def test_moving_a_course_judges_nothing_anew_and_no_edit_reads_the_postings_again(monkeypatch):
    prepared = prepare(about_x(theory=100, practice=100, mentions=100), draws=FEW)
    monkeypatch.setattr(evaluate, "judge", lambda *_, **__: pytest.fail("judged again"))
    assert what_if(prepared, [MoveCourse("x.I", 9)]).judged is prepared.judged
    monkeypatch.undo()
    assert what_if(prepared, [SetHours("x.I", {"theory": 500})]).prepared.asked is prepared.asked


def test_chance_bands_are_drawn_only_when_read(monkeypatch):
    drawn: list[Any] = []
    monkeypatch.setattr(pairs, "porter_permutation_null", counting(pairs.porter_permutation_null, drawn))
    prepared = prepare(about_x(theory=100, practice=100, mentions=100), draws=FEW)
    drawn.clear()
    effect = what_if(prepared, [SetHours("x.I", {"theory": 31})])
    assert effect.indices["theory_demand"].after.null_low is None
    assert drawn == []
    assert effect.alignment["theory_demand"].after.null_low is not None
    assert len(drawn) > 0


def test_a_plan_emptied_by_edits_has_reasons_in_place_of_numbers():
    effect = effect_of(DropCourse("A"), DropCourse("B"), DropCourse("C"))
    assert {pair: change.after.index for pair, change in effect.alignment.items()} == dict.fromkeys(PAIRS)
    assert effect.unmapped_part.after is None
    assert effect.analysis.warnings[0].code == "no_demand_source"
    assert effect.hours["after"].tolist() == [0.0] * 5


def test_an_edit_that_the_plan_cannot_take_is_refused():
    with pytest.raises(RefusedEdit, match="edit 1: course 'Q' is not in the plan"):
        effect_of(DropCourse("Q"))


def test_what_is_prepared_can_be_kept_and_read_again():
    prepared = pickle.loads(pickle.dumps(prepare(about_x(theory=100, practice=100, mentions=100), draws=FEW)))
    effect = pickle.loads(pickle.dumps(what_if(prepared, [SetHours("x.I", {"theory": 500})])))
    assert effect.abilities.loc["x", "theory_status_after"] == "above"


def test_unknown_numbers_stay_unknown():
    effect = effect_of(SetHours("A", dict.fromkeys(MODES)))
    assert math.isnan(effect.frames.hours.loc["A", "theory"])
    assert effect.analysis.warnings[-1].values is not None
    assert [warning.code for warning in effect.analysis.warnings if warning.code == "hours_missing"] == [
        "hours_missing"
    ]
    assert np.isfinite(effect.hours.to_numpy()).all()
