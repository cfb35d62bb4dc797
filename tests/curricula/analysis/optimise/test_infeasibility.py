"""Bounds to blame: no change keeps the named ones together, some change keeps the others, and what would do does."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curricula.analysis.optimise import optimiser
from curricula.analysis.optimise.constraints import Bounds, limits
from curricula.analysis.optimise.infeasibility import Blame, conflicts
from curricula.analysis.optimise.optimiser import Impossible, Plan, smallest_change
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import MoveCourse
from curricula.wording.optimise import blame_words
from tests.curricula.analysis.optimise.test_optimiser import SMALL, TRIED, every_change, small_plans, under_taught
from tests.gap_universe import judged_only

tight_bounds = st.builds(
    Bounds,
    total_change=st.sampled_from([0.0, 2.0, 4.0]),
    course_hours=st.sampled_from([None, 1.0, 1.0]),
    locked=st.sampled_from([frozenset(), frozenset(), frozenset("A"), frozenset("AB")]),
)


def test_the_bound_to_blame_is_named_with_what_it_would_have_to_be():
    found = smallest_change(under_taught(), ["x"], bounds=Bounds(total_change=0.0, term_hours=1000.0))
    assert isinstance(found, Plan)  # others can give up hours
    fillers = frozenset(f"f{number}.{level}" for number in range(9) for level in "IDA")
    free = smallest_change(under_taught(), ["x"])
    assert isinstance(free, Plan)
    found = smallest_change(under_taught(), ["x"], bounds=Bounds(total_change=8.0, locked=fillers))
    assert isinstance(found, Impossible)
    assert found.reason.code == "bounds_too_tight"
    [conflict] = found.conflicts
    assert conflict.smallest
    assert conflict.bounds == (Blame("total_change", 8.0, free.hours), Blame("locked", 0.0, conflict.bounds[1].needed))


@settings(TRIED, max_examples=8)
@given(small_plans(), tight_bounds, st.sampled_from([("a",), ("b",)]))
def test_bounds_to_blame_are_kept_by_no_change_and_without_any_one_of_them_by_some(frames, bounds, targets):
    prepared = judged_only(frames, SMALL)

    def possible(bounds):
        return isinstance(smallest_change(prepared, targets, bounds=bounds), Plan)

    found = smallest_change(prepared, targets, bounds=bounds)
    assume(isinstance(found, Impossible) and found.conflicts)
    named = [[each.kind for each in conflict.bounds] for conflict in found.conflicts]
    for kinds, conflict in zip(named, found.conflicts, strict=True):
        assert conflict.smallest
        alone = only(bounds, kinds)
        assert not every_change(prepared, targets, alone, clear=0.011).any()
        assert all(possible(without(alone, kind)) for kind in kinds)
        standing = without(bounds, *(kind for other in named if other != kinds for kind in other))
        for blamed in conflict.bounds:
            if blamed.kind != "locked" and blamed.needed is not None:
                assert possible(replace(standing, **{blamed.kind: blamed.needed}))
                assert not possible(replace(standing, **{blamed.kind: blamed.needed - 1.001}))
    assert possible(without(bounds, *itertools.chain(*named)))


def without(bounds, *kinds):
    return replace(bounds, **{kind: getattr(Bounds(), kind) for kind in kinds})


def only(bounds, kinds):
    return Bounds(**{kind: getattr(bounds, kind) for kind in kinds})


def test_a_bound_that_no_other_number_would_do_for_comes_last_and_says_so():
    ours = frozenset({"x.I", "x.D", "x.A"})
    found = smallest_change(under_taught(), ["x"], bounds=Bounds(total_change=0.0, course_hours=1.0, locked=ours))
    assert isinstance(found, Impossible)
    [conflict] = found.conflicts
    assert [(each.kind, each.needed is None) for each in conflict.bounds] == [
        ("total_change", False),
        ("course_hours", True),
    ]


def test_what_is_not_proven_when_the_time_for_all_questions_is_over_is_said_to_be_open(monkeypatch):
    prepared, bounds = under_taught(), Bounds(total_change=0.0, course_hours=1.0)
    search = optimiser._search(prepared, ("x",), bounds, seconds=5.0)
    [conflict] = conflicts(replace(search, until=0.0))
    assert not conflict.smallest
    assert [(each.kind, each.needed, each.settled) for each in conflict.bounds] == [
        ("course_hours", None, False),
        ("total_change", None, False),
    ]
    assert "not settled in time" in blame_words(conflict.bounds[0])
    monkeypatch.setattr(optimiser, "QUESTIONS", 0.0)
    found = smallest_change(prepared, ["x"], bounds=bounds)
    assert isinstance(found, Impossible)
    assert found.reason.code == "out_of_time"


def test_where_other_bounds_forbid_it_by_themselves_they_are_named_too():
    prepared = under_taught()
    everything = frozenset(prepared.frames.courses.index)
    found = smallest_change(prepared, ["x"], bounds=Bounds(total_change=0.0, course_hours=1.0, locked=everything))
    assert isinstance(found, Impossible)
    assert found.reason.values == {"bounds": 3, "conflicts": 2}
    named = [{each.kind for each in conflict.bounds} for conflict in found.conflicts]
    assert named == [{"locked"}, {"course_hours", "total_change"}]
    assert all(each.needed for conflict in found.conflicts for each in conflict.bounds)  # as if the others gave way


@pytest.mark.parametrize(("kind", "bound"), [("course_hours", 10.0), ("course_credits", 0.0), ("term_hours", 7.0)])
def test_a_bound_on_courses_or_terms_forbids_it_together_with_the_plan_s_and_neither_alone(kind, bound):
    def most(limit: float) -> Bounds:
        changed: dict[str, Any] = {kind: limit}
        return replace(Bounds(total_change=300.0), **changed)

    prepared = under_taught()
    together = judged_only(apply_edits(prepared.frames, [MoveCourse(f"x.{level}", 30) for level in "IDA"]))
    found = smallest_change(together, ["x"], bounds=most(bound))
    assert isinstance(found, Impossible)
    [conflict] = found.conflicts
    blamed = next(each for each in conflict.bounds if each.kind == kind)
    assert {each.kind for each in conflict.bounds} == {kind, "total_change"}  # else the others could shrink
    for each in conflict.bounds:
        assert isinstance(smallest_change(together, ["x"], bounds=without(most(bound), each.kind)), Plan)
    assert blamed.needed > blamed.bound
    less = blamed.needed - max(1.001 / (16 if kind == "course_credits" else 1), 0.011 * blamed.needed)
    assert isinstance(smallest_change(together, ["x"], bounds=most(less)), Impossible)
    found = smallest_change(together, ["x"], bounds=most(blamed.needed))
    assert isinstance(found, Plan)


def test_credits_of_a_term_count_sixteen_hours_each():
    prepared = under_taught()
    free = smallest_change(prepared, ["x"])
    assert isinstance(free, Plan)
    enough = 2.0 + free.hours / 16
    assert isinstance(smallest_change(prepared, ["x"], bounds=Bounds(term_credits=enough)), Plan)
    others = frozenset(prepared.frames.courses.index) - set(free.courses)
    tight = smallest_change(prepared, ["x"], bounds=Bounds(term_credits=enough - 0.1, locked=others))
    assert isinstance(tight, Impossible)
    [[term, locked]] = [conflict.bounds for conflict in tight.conflicts]
    assert (term.kind, locked.kind) == ("term_credits", "locked")
    assert term.needed == pytest.approx(enough)


def test_a_term_holds_all_its_courses_and_hours_stand_in_for_credits_that_are_not_stated():
    prepared = under_taught()
    frames = apply_edits(prepared.frames, [MoveCourse(f"x.{level}", 30) for level in "IDA"])
    frames.courses.loc["x.I", "credits"] = np.nan
    hours = optimiser._hours(judged_only(frames))
    found = {
        (each.kind, each.code): each.most for each in limits(frames, hours, Bounds(course_credits=3, term_hours=50))
    }
    assert found["term_hours", "30"] == pytest.approx(50 - 20)  # three courses of 20 / 3 hours
    assert found["course_credits", "x.D"] == 3 - 2
    assert found["course_credits", "x.I"] == pytest.approx(3 - 20 / 3 / 16)


def test_a_course_over_two_terms_counts_half_in_each():
    prepared = under_taught()
    frames = apply_edits(prepared.frames, [MoveCourse(f"x.{level}", 1) for level in "IDA"])
    frames = replace(frames, courses=frames.courses.assign(term_last=frames.courses["term"]))
    frames.courses.loc["x.I", ["term", "term_last"]] = [29, 30]
    hours = optimiser._hours(judged_only(frames))
    found = {each.code: each for each in limits(frames, hours, Bounds(term_hours=50)) if each.code in ("29", "30")}
    for limit in found.values():
        assert limit.most == pytest.approx(50 - 20 / 3 / 2)
        assert set(np.abs(limit.coefficients)) == {0.0, 0.5}
    assert len(found) == 2


def test_no_course_loses_more_than_its_part_and_too_small_a_part_is_to_blame():
    prepared = under_taught()
    before = prepared.frames.hours.sum(axis=1)

    def lost(bounds: Bounds) -> float:
        found = smallest_change(prepared, ["x"], bounds=bounds)
        assert isinstance(found, Plan)
        return float((100 * (1 - found.effect.frames.hours.sum(axis=1) / before)).max())

    assert lost(Bounds(total_change=0.0)) > 20
    assert lost(Bounds(total_change=0.0, course_loss=20.0)) <= 20
    found = smallest_change(prepared, ["x"], bounds=Bounds(total_change=0.0, course_loss=1.0))
    assert isinstance(found, Impossible)
    [[loss, total]] = [conflict.bounds for conflict in found.conflicts]
    assert (loss.kind, total.kind) == ("course_loss", "total_change")
    assert loss.needed is not None
    assert 1.0 < lost(Bounds(total_change=0.0, course_loss=loss.needed)) <= loss.needed
