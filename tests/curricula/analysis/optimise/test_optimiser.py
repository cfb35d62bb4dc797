"""Advice by hours: what METHOD.md holds is held, against trying every change, and what is left is named."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.frames import MODES, CurriculumFrames, Policy
from curricula.analysis.optimise.optimiser import HoursPlan, Left, Limits, hours_plan, shortfalls
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import SetHours, SetMapping
from curricula.analysis.scenarios.effects import Change
from tests.gap_universe import Postings, curriculum, demand, judged_only

SMALL = Policy(min_postings=20, least_hours=2)
FREE = Limits(given=1.0, shifted=1.0)
COURSES = {name: {"theory": 20, "operation": 20} for name in "ABC"}
EVEN = demand(Postings(300, {"x": 150, "y": 150, "z": 150}), searchable=("x", "y", "z"))
CELLS = [("A", "x", "D", 0.2), ("A", "y", "D", 0.8), ("B", "y", "D", 0.5), ("B", "z", "D", 0.5), ("C", "z", "A", 1.0)]


def plan(**changes: Any) -> CurriculumFrames:
    """Three courses of 40 hours; x has 8 of 120 hours for a sixth of the demand, so 14 are short and 15 are not."""
    given: dict[str, Any] = {
        "abilities": ("x", "y", "z", "w"),
        "hours": COURSES,
        "mappings": CELLS,
        "signed_off": True,
        "demand": demand(Postings(300, {"x": 80, "y": 180, "z": 220}), searchable=("x", "y", "z")),
    }
    return curriculum(**given | changes)


def asked(frames: CurriculumFrames, *, policy: Policy = SMALL, **options: Any) -> HoursPlan:
    return hours_plan(judged_only(frames, policy), **options)


def random_plan(seed: int) -> CurriculumFrames:
    draw = np.random.default_rng(seed)
    abilities = [f"a{place}" for place in range(8)]
    hours = {f"C{place}": {mode: float(draw.integers(0, 40)) for mode in MODES[:4]} for place in range(6)}
    cells = []
    for course in hours:
        served = draw.choice(abilities[:7], size=3, replace=False)
        cells += [
            (course, str(a), "D", round(float(s), 2))
            for a, s in zip(served, draw.dirichlet([1] * 3) * 0.9, strict=True)
        ]
    mentions = {ability: int(draw.integers(5, 160)) for ability in abilities}
    frames = curriculum(
        abilities=abilities,
        hours=hours,
        mappings=cells,
        demand=demand(Postings(300, mentions), searchable=abilities[1:]),
    )
    return replace(frames, courses=frames.courses.assign(locked=[True, *[False] * 5]))


def test_hours_go_inside_a_course_from_what_has_enough_to_what_is_short():
    found = asked(plan())
    assert (found.targets, found.courses, found.left) == (("x",), ("A",), ())
    assert found.edits == (SetMapping("A", "y", "D", 0.625), SetMapping("A", "x", "D", 0.375))
    assert [(line.ability, line.exposed, line.practised) for line in found.lines] == [
        ("x", Change(8, 15), Change(4, 7.5)),
        ("y", Change(32, 25), Change(16, 12.5)),
    ]
    assert found.lines[0].size == Change(pytest.approx(8 / 120), pytest.approx(15 / 120))
    assert found.lines[0].demanded == pytest.approx(80 / 480)
    assert found.lines[0].label.before == "under_taught_and_practised"
    assert (found.cured, found.hours, found.proven) == (("x",), 7, True)


def test_every_limit_is_held_on_random_plans():
    seen = 0
    for seed in range(8):
        prepared = judged_only(random_plan(seed), SMALL)
        found, before = hours_plan(prepared), prepared.judged
        frames = apply_edits(prepared.frames, found.edits)
        after = judged_only(frames, SMALL).judged
        seen += bool(found.edits)
        held(prepared.frames, frames)
        cells = [side.teaching.cells.set_index(["course", "ability"]).sort_index() for side in (before, after)]
        assert cells[0].index.equals(cells[1].index)
        taken = (cells[0]["exposed"] - cells[1]["exposed"]).clip(lower=0)
        assert (cells[1]["exposed"] >= cells[0]["exposed"].clip(upper=1.0) - 0.01).all()
        assert (taken.groupby("course").sum() <= 0.3 * cells[0].groupby("course")["exposed"].sum() / 0.89 + 0.01).all()
        assert "C0" not in found.courses
        assert (
            after.table.loc["a0", "exposure_hours"] >= before.table.loc["a0", "exposure_hours"] - 0.01
        )  # not searched
        assert nobody_else_suffers(before, after, found.targets)
        missing = [shortfalls(side, SMALL) for side in (before, after)]
        taught = [each for each in found.targets if before.table.loc[each, "exposure_hours"] > 0]
        assert (missing[1][taught] <= missing[0][taught] + 0.01).all()  # nor does a target pay for another
        assert set(found.cured) == {t for t in found.targets if shortfalls(after, SMALL)[t] <= 1e-6}
        assert (
            shortfalls(after, SMALL)[list(found.targets)].sum() <= shortfalls(before, SMALL)[list(found.targets)].sum()
        )
    assert seen > 3


def held(before: CurriculumFrames, after: CurriculumFrames) -> None:
    """Hours and credits of every course; theory may become practice, up to a quarter of the course's hours."""
    pd.testing.assert_series_equal(before.hours.sum(axis=1), after.hours.sum(axis=1))
    assert after.courses.equals(before.courses)
    moved = before.hours["theory"] - after.hours["theory"]
    assert ((moved >= 0) & (moved <= before.hours.sum(axis=1) / 4)).all()
    assert (before.hours["demonstration"] == after.hours["demonstration"]).all()


def nobody_else_suffers(before: Any, after: Any, targets: tuple[str, ...]) -> bool:
    """Statuses by the analysis itself: sizes that were not short or in excess for certain are not so now."""
    for kind in ("exposure_status", "practice_status"):
        was, now = before.table[kind], after.table[kind]
        worse = ((now == "above") & (was != "above")) | ((now == "below") & (was != "below"))
        if worse.drop(list(targets)).any():
            return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_no_other_change_of_whole_hours_leaves_less_or_as_little_with_fewer_hours(seed):
    """Against every change of two courses, told by arithmetic of its own."""
    draw = np.random.default_rng(seed)
    hours = {"A": {"theory": float(draw.integers(4, 9)), "operation": 4.0}, "B": {"theory": 0.0, "operation": 9.0}}
    share = float(draw.choice([0.25, 0.5]))
    asked_of_y = int(draw.integers(20, 150))
    frames = plan(
        hours=hours,
        mappings=[("A", "x", "D", share), ("A", "y", "D", 1 - share), ("B", "y", "D", 0.5), ("B", "z", "D", 0.5)],
        demand=demand(Postings(300, {"x": 150, "y": asked_of_y, "z": 60}), searchable=("x", "y", "z")),
    )
    prepared = judged_only(frames, SMALL)
    found = hours_plan(prepared, limits=FREE)
    tries = Tries(prepared.judged.table, list(found.targets), share=share, theory=hours["A"]["theory"])
    assert found.targets
    least = min(tries.all())
    left = float(shortfalls(judged_only(apply_edits(frames, found.edits), SMALL).judged, SMALL)[["x", "y", "z"]].sum())
    assert (left, found.hours) == (pytest.approx(least[0], abs=0.01), least[1])


class Tries:
    """Every change of whole hours in A (x and y, and theory to practice) and B (y and z), as (left, hours)."""

    def __init__(self, table: pd.DataFrame, targets: list[str], *, share: float, theory: float) -> None:
        self.targets = np.isin(["x", "y", "z"], targets)
        self.share, self.theory, self.demand = share, theory, table.loc[["x", "y", "z"], "demand_share"].to_numpy()
        self.before = self.sizes(0, 0, 0)

    def sizes(self, a: int, b: int, shifted: int) -> np.ndarray:
        """exposed and practised × x, y, z; nan where an ability would keep less than an hour in a course"""
        total = self.theory + 4
        in_a, in_b = (
            np.array([self.share * total + a, (1 - self.share) * total - a, 0]),
            np.array([0, 4.5 + b, 4.5 - b]),
        )
        if min(in_a[:2].min(), in_b[1:].min()) < 1:
            return np.full((2, 3), np.nan)
        practice = (4 + shifted) / total
        return np.array([in_a + in_b, in_a * practice + in_b])

    def all(self):
        for a, b in itertools.product(range(-13, 14), range(-4, 5)):
            for shifted in range(int(self.theory) + 1):
                sizes = self.sizes(a, b, shifted)
                if (sizes >= -1e-9).all() and (sizes[0] > 0).all() and self.kept(sizes):
                    yield round(float(self.missing(sizes).sum()), 4), float(abs(a) + abs(b) + shifted)

    def kept(self, sizes: np.ndarray) -> bool:
        """No target is shorter; what is none is neither newly short or shorter, nor newly in excess or more so."""
        short, was_short = self.missing(sizes), self.missing(self.before)
        spare, was_spare = self.beyond(sizes), self.beyond(self.before)
        less = (sizes < self.before - 1e-9) & (was_short > 0)
        more = (sizes > self.before + 1e-9) & (was_spare > 0)
        newly = ((short > 1e-6) & (was_short == 0)) | less | ((spare > 1e-6) & (was_spare == 0)) | more
        shorter = short > was_short + 1e-6
        return not newly[:, ~self.targets].any() and not shorter[:, self.targets].any()

    def missing(self, sizes: np.ndarray) -> np.ndarray:
        total = sizes.sum(axis=1, keepdims=True)
        margin = np.maximum(SMALL.least_hours / total, np.minimum(self.demand / 2, SMALL.cap))
        return np.maximum((self.demand - margin) * total - sizes, 0)

    def beyond(self, sizes: np.ndarray) -> np.ndarray:
        total = sizes.sum(axis=1, keepdims=True)
        margin = np.maximum(SMALL.least_hours / total, np.minimum(self.demand, SMALL.cap))
        return np.maximum(sizes - (self.demand + margin) * total, 0)


def test_theory_becomes_practice_up_to_a_quarter_where_practice_alone_lacks():
    frames = plan(
        hours={"A": {"theory": 38, "operation": 2}, "B": COURSES["B"], "C": COURSES["C"]},
        demand=EVEN,
        mappings=[("A", "x", "D", 1.0), ("B", "y", "D", 1.0), ("C", "z", "D", 1.0)],
    )
    found = asked(frames)
    assert found.edits == (SetHours("A", {"theory": 28.0, "operation": 12.0}),)
    assert [(line.exposed, line.practised) for line in found.lines] == [(Change(40.0, 40.0), Change(2.0, 12.0))]
    assert asked(frames, limits=Limits(shifted=0.1)).moved == {"A": 4.0}


def test_a_locked_course_stays_and_is_named_where_it_could_help():
    frames = plan()
    frames = replace(frames, courses=frames.courses.assign(locked=[True, False, False]))
    found = asked(frames)
    assert (found.edits, found.cured, found.locked) == ((), (), ("A",))
    assert [(left.ability, left.locked, left.course) for left in found.left] == [("x", ("A",), None)]


def test_what_is_left_is_priced_at_a_credit_of_the_course_with_a_share_for_it():
    found = asked(plan(), limits=Limits(given=0.05, shifted=0.0))
    [left] = found.left
    assert found.moved == {"A": 2.0}
    assert (left.ability, left.course, left.credit_hours) == ("x", "A", 2.0)
    assert left.reached == pytest.approx(2.0 * 0.25)  # after the edits it has 10 of 40 hours
    [alone] = asked(plan(), limits=Limits(given=0.0, shifted=0.0)).left
    assert left.before == alone.before == alone.hours > left.hours
    assert (left.lessened, alone.lessened) == (True, False)
    assert alone == Left("x", alone.hours, (), before=alone.hours)  # a fifth is too little to grow for


def test_what_nobody_teaches_is_a_target_that_hours_alone_cannot_reach():
    asked_for = {"x": 60, "y": 150, "z": 150, "w": 150}
    found = asked(plan(demand=demand(Postings(300, asked_for), searchable=("x", "y", "z", "w"))))
    assert "w" in found.targets
    assert ("w", None) in [(left.ability, left.course) for left in found.left]


def test_shares_that_nobody_stated_are_stated_for_the_whole_course():
    cells = [("A", "x", "D", 0.2), ("A", "y", "D", np.nan), ("A", "z", "", np.nan), *CELLS[2:]]
    found = asked(plan(mappings=cells))
    stated = {edit.ability: edit.share for edit in found.edits if isinstance(edit, SetMapping) and edit.course == "A"}
    assert set(stated) == {"x", "y", "z"}
    assert sum(share for share in stated.values() if share) == pytest.approx(1.0, abs=1e-5)


def test_without_a_target_or_with_unknown_demand_nothing_moves():
    even = plan(demand=EVEN, mappings=[("A", "x", "D", 1.0), ("B", "y", "D", 1.0), ("C", "z", "D", 1.0)])
    for frames in (even, plan(demand=None)):
        found = asked(frames)
        assert (found.targets, found.edits, found.left, found.hours) == ((), (), (), 0.0)


def test_targets_can_be_named_and_must_be_abilities():
    assert asked(plan(), targets=["y"]).targets == ("y",)
    with pytest.raises(ValueError, match="target 'gone' is no ability of the framework"):
        asked(plan(), targets=["gone"])


def test_the_edits_for_an_ability_are_those_of_whole_courses():
    found = asked(plan())
    assert found.edits_for("x") == found.edits
    assert found.edits_for("y") == ()


def test_a_course_gives_hours_and_turns_theory_into_practice_at_once():
    """x has 8 of 120 hours and 1 of 45 of practice: A gives it more hours, and more of them become practice."""
    hours = {"A": {"theory": 35, "operation": 5}, "B": {"theory": 20, "operation": 20}, "C": COURSES["C"]}
    found = asked(plan(hours=hours))
    assert (found.courses, found.cured) == (("A",), ("x", "y"))
    assert [type(each) for each in found.edits] == [SetMapping, SetMapping, SetHours]
    told = {line.ability: line for line in found.lines}["x"]
    assert told.exposed.after > told.exposed.before
    assert told.practised.after / told.exposed.after > 5 / 40


def test_what_is_aligned_or_lacks_a_level_may_give_what_does_not_make_it_short():
    prepared = judged_only(plan(), SMALL)
    for said in ("aligned", "level_below"):
        label = prepared.judged.table["label"].copy()
        label["y"] = said
        judged = replace(prepared.judged, table=prepared.judged.table.assign(label=label))
        assert hours_plan(replace(prepared, judged=judged)).moved == {"A": 7.0}
