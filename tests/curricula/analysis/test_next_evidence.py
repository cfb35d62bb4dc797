"""Which evidence to collect next: the simulation judges as the labels do, and finds what was hidden from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.frames import Policy
from curricula.analysis.gap import prepare
from curricula.analysis.next_evidence import UNDECIDED, Trial, _statuses, next_evidence, other_employers_needed
from tests.gap_universe import FILLERS, Postings, about_x, curriculum, demand

UNSURE = about_x(theory=8, practice=8, required="D", mentions=14)  # a size that some more postings would tell
VARIANTS = {
    "too little": about_x(theory=8, practice=8, mentions=200),
    "too much": about_x(theory=300, practice=300, mentions=60),
    "in balance": about_x(theory=100, practice=100, mentions=100),
    "unsure": UNSURE,
    "absent and unclear": about_x(levels=None, mentions=20),
    "absent and asked for": about_x(levels=None, mentions=200),
    "few employers": about_x(theory=8, practice=8, mentions=200, employers=["a", "b", "c"]),
    "demand unknown, required": about_x(theory=8, practice=8, required="D", mentions=20, postings=60),
}
DECIDED = (
    "untaught",
    "outside",
    "under_taught_and_practised",
    "under_taught",
    "under_practised",
    "aligned",
    "covered",
)


def trial(frames, **policy):
    return Trial(prepare(frames, Policy(**policy), draws=20), 60, np.random.default_rng(0))


def steps(frames):
    return {step.kind: step for step in next_evidence(prepare(frames, draws=20), draws=60)}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_known_now_settles_what_is_decided_and_nothing_that_is_not(name):
    tried = trial(VARIANTS[name])
    settled = dict(zip(tried.table.index, tried._settled(tried.now())[:, 0], strict=True))
    labels = tried.table["label"]
    assert {code for code in labels.index if labels[code] in UNDECIDED and settled[code]} == set()
    assert {code for code in labels.index if labels[code] in DECIDED and not settled[code]} == set()


def test_the_statuses_are_those_of_the_labels():
    for frames in VARIANTS.values():
        tried = trial(frames)
        world, known = tried.now(), tried.table["known"].to_numpy()
        found = _statuses(world.exposed, world.exposed, world.hours[0], world, tried.policy)[:, 0]
        assert found[known].tolist() == tried.table.loc[known, "exposure_status"].tolist()


def test_more_postings_settle_more_and_the_present_ones_decide_how_many():
    tried = trial(UNSURE)
    worth = [tried._with_postings(growth).expected for growth in (1.0, 3.0, 30.0)]
    assert worth[0] < worth[1] < worth[2]
    assert worth[2] > 0.5


def test_unknown_demand_asks_for_postings_and_employers_enough_to_know_it():
    few = about_x(theory=100, practice=100, mentions=10, postings=40, asked_of_fillers=10)
    found = steps(few)["postings"]
    assert (found.postings >= 93, found.employers >= 8) == (True, True)
    assert found.expected > 1


def test_with_next_to_no_postings_nothing_is_simulated():
    found = steps(about_x(theory=100, practice=100, mentions=1, postings=4, asked_of_fillers=1))["postings"]
    assert (found.postings, found.employers, found.chances) == (93, 8, {})
    assert found.open == 10


@pytest.mark.parametrize("postings", [40, 100, 400, 1000])
@pytest.mark.parametrize("of_others", [0, 1, 10, 40])
def test_one_employer_with_nearly_all_postings_asks_for_others_and_never_for_nothing(postings, of_others):
    names = ["one"] * (postings - of_others) + [f"e{place}" for place in range(of_others)]
    found = steps(about_x(theory=100, practice=100, mentions=10, postings=postings, employers=names))
    assert "postings" in found
    asked = found["postings"]
    sizes = [postings - of_others] + [1] * of_others
    if asked.how == "anew":  # as many from each, and fewer of them than would outweigh those at hand
        assert (asked.postings, asked.employers) == (93, 8)
        assert other_employers_needed(postings, postings**2 / sum(size**2 for size in sizes)) > 93
    elif asked.how == "further":
        sizes += [1] * asked.pieces
        assert sum(sizes) ** 2 / sum(size**2 for size in sizes) >= 8
        assert sum(sizes) >= 93


@pytest.mark.parametrize("totals", [None, 200.0])
def test_practice_that_no_course_states_is_asked_of_all_of_them_at_once(totals):
    cells = [(code.upper(), code, "D", 1.0) for code in "abc"]
    frames = plan(cells, {code: {"theory": 50.0} for code in "ABC"})
    hours = frames.hours.assign(demonstration=np.nan, simulation=np.nan, operation=np.nan, assessment=np.nan)
    courses = frames.courses.assign(total_hours=np.nan if totals is None else totals)
    found = steps(replace(frames, hours=hours, courses=courses))["practice"]
    assert (sorted(found.courses), found.pieces) == (["A", "B", "C"], 3)
    assert set(found.chances) == set("abc")


def plan(mappings, hours):
    """Three abilities asked for alike by 400 postings."""
    asked = demand(Postings(400, dict.fromkeys("abc", 200)), searchable="abc")
    frames = curriculum(abilities="abc", hours=hours, mappings=mappings, signed_off=True, demand=asked)
    return replace(frames, abilities=frames.abilities.assign(kind="professional"))


def test_shares_that_nobody_stated_are_asked_of_the_course_that_hides_them():
    nan = float("nan")
    open_shares = [("C", "a", "D", nan), ("C", "b", "D", nan), ("C", "c", "D", nan), ("D", "a", "D", 1.0)]
    hours = {"C": {"theory": 150.0, "operation": 150.0}, "D": {"theory": 1.0, "operation": 1.0}}
    found = steps(plan(open_shares, hours))["shares"]
    assert (found.courses, found.pieces, found.minutes) == (("C",), 3, 9)
    assert 0 < found.expected <= 3


def test_practice_that_is_not_stated_is_asked_of_its_course():
    cells = [(code.upper(), code, "D", 1.0) for code in "abc"]
    hours = {code: {"theory": 50.0, "operation": 50.0} for code in "AB"} | {"C": {"theory": 50.0}}
    frames = plan(cells, hours)
    totals = pd.Series({"A": 100.0, "B": 100.0, "C": 100.0})
    found = steps(replace(frames, courses=frames.courses.assign(total_hours=totals)))["practice"]
    assert (found.courses, found.pieces) == (("C",), 1)
    assert "c" in found.chances


def test_a_second_person_is_asked_for_where_one_alone_has_mapped():
    found = steps(UNSURE)["raters"]
    assert (found.chances, found.open > 0) == ({}, True)


def test_the_same_plan_gives_the_same_list_and_an_unfinished_one_none():
    made = prepare(UNSURE, draws=20)
    assert next_evidence(made, draws=30) == next_evidence(made, draws=30)
    half = replace(UNSURE, mappings=UNSURE.mappings[UNSURE.mappings["ability"].isin([*FILLERS[:3]])])
    assert next_evidence(prepare(half, draws=20)) == ()
