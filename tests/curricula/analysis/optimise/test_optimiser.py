"""The smallest change of hours: against trying every change, verified by the analysis, and honest when impossible."""

import itertools
import math
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.analysis.frames import Policy
from curricula.analysis.gap import analyse
from curricula.analysis.optimise import optimiser, solver
from curricula.analysis.optimise.constraints import Bounds
from curricula.analysis.optimise.optimiser import Impossible, Plan, labelled, smallest_change
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import RemoveMapping, SetHours, SetMapping
from tests.gap_universe import Postings, about_x, curriculum, demand, judged_only

FEW = 20  # draws
SMALL = Policy(min_postings=20, least_hours=1)
WIDE = 6  # hours that every variable is tried up or down
TRIED = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
STEPS = np.array(list(itertools.product(range(-WIDE, WIDE + 1), repeat=4)), dtype=float)


@st.composite
def small_plans(draw):
    """Two courses that share two abilities, and a third ability that hours of neither reach."""
    whole = st.integers(0, 12)
    hours = {name: {"theory": draw(whole), "operation": draw(whole)} for name in ("A", "B")}
    shares = {"A": draw(st.sampled_from([0.25, 0.5, 1.0])), "B": draw(st.sampled_from([0.0, 0.25, 0.5]))}
    mappings = [(name, ability, "D", s) for name, share in shares.items() for ability, s in split(share)]
    asked = {ability: draw(st.integers(4, 60)) for ability in ("a", "b", "c")}
    return curriculum(
        abilities=("a", "b", "c"),
        hours=hours,
        mappings=mappings,
        requirements=[("buyer", "a", 1.0, "")] if draw(st.booleans()) else [],
        demand=demand(Postings(100, asked), searchable=("a", "b", "c")),
    )


def split(share):
    return [("a", share), ("b", 1 - share)]


bounds_drawn = st.builds(
    Bounds,
    total_change=st.sampled_from([None, None, 0.0, 3.0]),
    course_hours=st.sampled_from([None, None, 12.0]),
    locked=st.sampled_from([frozenset(), frozenset(), frozenset("A")]),
)


def every_change(prepared, targets, bounds, *, clear):
    """Which of STEPS (theory of A and B, then practice of A and B) brings the targets within, by METHOD's words."""
    frames, table, policy = prepared.frames, prepared.judged.table, prepared.policy
    hours = np.r_[frames.hours["theory"], frames.hours["operation"]] + STEPS
    fine = (hours >= 0).all(axis=1)
    change = STEPS[:, :2] + STEPS[:, 2:]
    if bounds.total_change is not None:
        fine &= np.abs(change.sum(axis=1)) <= bounds.total_change
    if bounds.course_hours is not None:
        before = frames.hours.sum(axis=1).to_numpy()
        fine &= (before + change <= np.maximum(before, bounds.course_hours)).all(axis=1)
    for place, course in enumerate("AB"):
        if course in bounds.locked:
            fine &= (STEPS[:, [place, place + 2]] == 0).all(axis=1)
    shares = frames.mappings.pivot_table(index="course", columns="ability", values="share").to_numpy()
    taught, practised = hours[:, :2] @ shares, hours[:, 2:] @ shares
    for place, ability in enumerate("ab"):
        if ability in targets:
            row = table.loc[ability]
            for kind in (taught + practised, practised):
                fine &= within(kind[:, place], kind.sum(axis=1), row, policy, clear)
            fine &= (taught + practised)[:, place] > 0
            fine &= (practised[:, place] > 0) | (not row["wanted"])
    return fine


def within(own, total, row, policy, clear):
    fine = total > 0
    for demanded in (row["demand_low_90"], row["demand_high_90"]):
        credit = policy.least_hours
        short = np.maximum(credit, total * min(demanded - demanded / policy.ratio, policy.cap))
        excess = np.maximum(credit, total * min(policy.ratio * demanded - demanded, policy.cap))
        fine &= (demanded * total - own < short - clear) & (own - demanded * total < excess - clear)
    return fine


@TRIED
@given(small_plans(), bounds_drawn, st.sampled_from([("a",), ("b",), ("a", "b")]))
def test_no_smaller_change_exists_and_of_equals_none_on_fewer_courses(frames, bounds, targets):
    prepared = judged_only(frames, SMALL)
    found = smallest_change(prepared, targets, bounds=bounds)
    fine = STEPS[every_change(prepared, targets, bounds, clear=0.011)]
    sizes = np.abs(fine).sum(axis=1)
    courses = ((fine[:, :2] != 0) | (fine[:, 2:] != 0)).sum(axis=1)
    if isinstance(found, Impossible):
        assert len(fine) == 0
        return
    assert found.hours == found.least_hours <= sizes.min(initial=math.inf)
    fewest = courses[sizes == found.hours].min(initial=2)
    assert len(found.courses) <= fewest
    assert found.fewest_courses
    after = found.effect.judged.table.loc[list(targets), ["exposure_status", "practice_status"]]
    assert (after == "within").all(axis=None)
    if found.hours <= WIDE:
        assert every_change(prepared, targets, bounds, clear=0.0)[place_of(found, frames)]


def place_of(found, frames):
    after = found.effect.frames.hours
    step = np.r_[after["theory"] - frames.hours["theory"], after["operation"] - frames.hours["operation"]]
    return int(np.flatnonzero((step == STEPS).all(axis=1))[0])


FEW_POSTINGS = {"postings": 50, "postings_before": 50, "mentions": 9, "mentions_before": 9, "asked_of_fillers": 9}


@cache
def under_taught(**changes) -> Any:
    """Prepared once for all tests that ask for the same; none of them changes it."""
    given_: dict[str, Any] = {"theory": 10, "practice": 10, "mentions": 100, "mentions_before": 100}
    return judged_only(about_x(**given_ | changes))


def test_a_plan_reaches_the_label_that_it_promises():
    prepared = under_taught()
    assert prepared.judged.table.loc["x", "label"] == "under_taught_and_practised"
    found = smallest_change(prepared, ["x"])
    assert isinstance(found, Plan)
    assert found.reached == {"x": "aligned"}
    assert found.beyond == {}
    after = analyse(apply_edits(prepared.frames, found.edits), draws=FEW)
    assert after.abilities.loc["x", "label"] == "aligned"
    assert found.hours == found.changes["after"].sub(found.changes["before"]).abs().sum()
    assert len(found.courses) == 1  # one course can carry it all
    assert found.courses[0].startswith("x.")


def test_one_hour_less_would_not_do():
    prepared = under_taught()
    found = smallest_change(prepared, ["x"])
    assert isinstance(found, Plan)
    for row in found.changes.to_dict("records"):
        less = {row["mode"]: row["after"] - 1}
        weaker = apply_edits(prepared.frames, [*found.edits, SetHours(row["course"], less)])
        assert analyse(weaker, draws=FEW).abilities.loc["x", "label"] != "aligned"


def test_of_equally_many_hours_one_course_is_better_than_two():
    found = smallest_change(under_taught(theory=60, practice=20, mentions=60), ["x"], bounds=Bounds(total_change=10.0))
    assert isinstance(found, Plan)
    assert (found.hours, len(found.courses), found.fewest_courses) == (22.0, 1, True)  # two courses could do it too


def test_what_is_aligned_needs_no_change():
    found = smallest_change(under_taught(theory=100, practice=100), ["x"])
    assert isinstance(found, Plan)
    assert (found.hours, found.edits, found.reached) == (0.0, (), {"x": "aligned"})


def test_too_much_is_taken_away_or_outweighed():
    prepared = under_taught(theory=300, practice=300, mentions=60)
    assert prepared.judged.table.loc["x", "label"] == "over_taught"
    found = smallest_change(prepared, labelled(prepared, ["over_taught"]), bounds=Bounds(total_change=math.inf))
    assert isinstance(found, Plan)
    assert found.reached["x"] == "aligned"


def test_theory_is_shifted_to_practice_where_the_whole_may_not_grow():
    prepared = under_taught(theory=200, practice=0)
    found = smallest_change(prepared, ["x"], bounds=Bounds(total_change=0.0))
    assert isinstance(found, Plan)
    assert found.reached == {"x": "aligned"}
    change = found.changes["after"] - found.changes["before"]
    assert change.sum() == 0
    assert set(found.changes["mode"]) == {"theory", "operation"}


def test_others_that_are_aligned_stay_so_when_asked():
    prepared = under_taught(filler_hours=70.0)
    kept = labelled(prepared, ["aligned"])
    found = smallest_change(prepared, ["x"], keep_aligned=True)
    assert isinstance(found, Plan)
    assert found.reached == {"x": "aligned"}
    assert set(kept) <= set(labelled(judged_only(found.effect.frames), ["aligned"]))


def test_what_is_aligned_gives_up_no_more_than_it_can_spare_when_asked():
    prepared = under_taught()
    others = frozenset(f"f{number}.{level}" for number in range(1, 9) for level in "IDA")
    bounds = Bounds(total_change=0.0, locked=others)
    taken = smallest_change(prepared, ["x"], bounds=bounds)
    assert isinstance(taken, Plan)
    assert "f0" in labelled(prepared, ["aligned"])
    assert taken.effect.judged.table.loc["f0", "label"] != "aligned"
    assert isinstance(smallest_change(prepared, ["x"], bounds=bounds, keep_aligned=True), Impossible)


def test_a_course_that_gives_nothing_to_a_target_cannot_bring_it_into_line():
    frames = about_x(theory=10, levels=("D",), mentions=100, mentions_before=100)
    frames.mappings.loc[frames.mappings["ability"] == "x", "share"] = 0.0
    found = smallest_change(judged_only(frames), ["x"])
    assert isinstance(found, Impossible)
    assert found.reason.code == "beyond_hours"
    assert "no_exposure" in [reason.code for reason in found.beyond["x"]]  # all that was looked at


def test_hours_are_lost_by_the_mode_that_has_most_and_then_by_the_next():
    hours = pd.Series({"operation": 3.0, "simulation": 5.0})
    assert list(optimiser._spread(hours, -7.0)) == [("simulation", 5.0, 0.0), ("operation", 3.0, 1.0)]
    assert list(optimiser._spread(hours, 7.0)) == [("simulation", 5.0, 12.0)]


def test_hours_cannot_raise_a_level_or_complete_a_chain():
    level = smallest_change(under_taught(levels=("D",), required="A"), ["x"])
    assert isinstance(level, Plan)
    assert level.reached == {"x": "under_taught"}
    assert [reason.code for reason in level.beyond["x"]] == ["level_below"]
    chain = smallest_change(under_taught(levels=("D",)), ["x"])
    assert isinstance(chain, Plan)
    assert chain.reached == {"x": "inconclusive"}
    assert [reason.code for reason in chain.beyond["x"]] == ["chain_incomplete"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"searchable": False}, "demand_not_searchable"),
        (
            {"postings": 50, "postings_before": 50, "mentions": 10, "mentions_before": 10, "asked_of_fillers": 10},
            "demand_unknown",
        ),
        ({"levels": None}, "no_mapping"),
    ],
)
def test_a_target_that_no_hours_can_reach_says_why(changes, code):
    found = smallest_change(under_taught(**changes), ["x"])
    assert isinstance(found, Impossible)
    assert (found.reason.code, found.reason.values) == ("beyond_hours", {"abilities": 1})
    assert code in [reason.code for reason in found.beyond["x"]]


def test_a_target_out_of_reach_does_not_hold_back_the_others():
    prepared = under_taught()
    prepared = judged_only(apply_edits(prepared.frames, [RemoveMapping(f"f0.{level}", "f0") for level in "IDA"]))
    found = smallest_change(prepared, ["x", "f0"])
    assert isinstance(found, Plan)
    assert found.reached == {"x": "aligned", "f0": "mapping_missing"}
    assert [reason.code for reason in found.beyond["f0"]] == ["no_mapping"]


def test_targets_that_one_course_ties_together_are_named():
    frames = curriculum(
        abilities=("a", "b", "c"),
        hours={"A": {"theory": 100, "operation": 100}, "C": {"theory": 100, "operation": 100}},
        mappings=[("A", "a", "D", 0.5), ("A", "b", "D", 0.5), ("C", "c", "D", 1.0)],
        demand=demand(Postings(400, {"a": 200, "b": 100, "c": 200}), searchable=("a", "b", "c")),
    )
    # with less than a tenth of an hour to play with, a plan cannot shrink until nothing matters
    found = smallest_change(judged_only(frames, Policy(least_hours=0.1)), ["a", "b"])
    assert isinstance(found, Impossible)
    assert found.reason.code == "targets_conflict"
    assert found.reason.values == {"abilities": 1, "of": 2}
    assert len(found.targets) == 1  # without either of them the other could be met


def test_out_of_time_is_said(monkeypatch):
    unfinished = SimpleNamespace(x=None, status=solver.OUT_OF_TIME, mip_dual_bound=None)
    monkeypatch.setattr(solver, "milp", lambda *_, **__: unfinished)
    found = smallest_change(under_taught(), ["x"], seconds=3.0)
    assert isinstance(found, Impossible)
    assert (found.reason.code, found.reason.values) == ("out_of_time", {"seconds": 3.0})


def test_a_change_that_is_not_proven_smallest_says_how_small_one_could_be(monkeypatch):
    real: Any = solver.milp

    def hurried(cost, **options):
        found = real(cost, **options)
        found.status, found.mip_dual_bound = solver.OUT_OF_TIME, (found.mip_dual_bound or 0.0) / 2
        return found

    prepared = under_taught()
    proven = smallest_change(prepared, ["x"])
    monkeypatch.setattr(solver, "milp", hurried)
    found = smallest_change(prepared, ["x"])
    assert isinstance(found, Plan)
    assert isinstance(proven, Plan)
    assert (found.hours, found.least_hours) == (proven.hours, math.ceil(proven.hours / 2))
    assert (found.fewest_courses, proven.fewest_courses) == (False, True)


def test_fewest_courses_are_proven_only_where_both_searches_ended(monkeypatch):
    real: Any = solver.milp
    asked: list[int] = []

    def hurried_at_last(cost, **options):
        asked.append(1)
        found = real(cost, **options)
        found.status = solver.OUT_OF_TIME if len(asked) == 2 else found.status
        return found

    monkeypatch.setattr(solver, "milp", hurried_at_last)
    found = smallest_change(under_taught(), ["x"])
    assert isinstance(found, Plan)
    assert (len(asked), found.hours, found.fewest_courses) == (2, found.least_hours, False)


def test_a_plan_may_double_and_a_small_one_may_gain_a_hundred_credits():
    assert optimiser._hours(under_taught()).room == pytest.approx(1820, abs=1)
    assert optimiser._hours(under_taught(filler_hours=1.0)).room == 1600


def test_what_nobody_wants_need_not_be_practised():
    prepared = judged_only(about_x(theory=16, mentions=8, mentions_before=8))
    assert not prepared.judged.table.loc["x", "wanted"]
    found = smallest_change(prepared, ["x"])
    assert isinstance(found, Plan)
    assert found.hours == 0  # a share of 0 lies within one credit of the demanded one


def test_an_unknown_target_is_refused():
    with pytest.raises(ValueError, match="target 'q' is no ability of the framework"):
        smallest_change(under_taught(), ["q"])


def test_the_other_grouping_of_demonstration_moves_demonstration_hours():
    frames = about_x(theory=10, practice=10, mentions=100, mentions_before=100)
    frames.hours["demonstration"] = frames.hours["operation"]
    frames.hours["operation"] = 0.0
    found = smallest_change(judged_only(frames, Policy(demonstration_is_practice=True)), ["x"])
    assert isinstance(found, Plan)
    assert found.reached == {"x": "aligned"}
    assert "demonstration" in set(found.changes["mode"])


def test_courses_that_serve_nothing_are_left_alone():
    prepared = under_taught()
    frames = apply_edits(prepared.frames, [RemoveMapping("f0.I", "f0"), SetMapping("f0.D", "f0", "I", 1.0)])
    found = smallest_change(judged_only(frames), ["x"], bounds=Bounds(total_change=0.0))
    assert isinstance(found, Plan)
    assert "f0.I" not in found.courses
