"""The labels of random universes, against the rules written out once more for one ability at a time."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.analysis.frames import MODES, Policy
from tests.gap_twin import twin
from tests.gap_universe import NEWEST, YEAR, Postings, curriculum, demand, labelled

POLICY = Policy(min_postings=20, least_hours=2)  # small universes reach every rule
ABILITIES = tuple("abcde")
HOURS = st.sampled_from([0.0, 0.0, 1.0, 8.0, 30.0, math.nan])
SILENT = st.sampled_from([(), (), (), ("simulation", "operation")])  # modes of which no course of a plan says anything


@st.composite
def plans(draw):
    """Up to six courses of any hours, mapped with or without shares and levels."""
    hours = {f"c{place}": dict.fromkeys(MODES, math.nan) for place in range(draw(st.integers(1, 6)))}
    mappings, silent = [], draw(SILENT)
    for course, row in hours.items():
        if draw(st.integers(0, 9)):  # one course in ten states nothing
            row |= {mode: draw(HOURS) for mode in MODES if mode not in silent}
        served = draw(st.lists(st.sampled_from(ABILITIES), unique=True, max_size=4))
        for ability in served:
            share = draw(st.sampled_from([math.nan, 0.0, 1 / len(served) / 2, 1 / len(served)]))
            mappings.append((course, ability, draw(st.sampled_from(["", "I", "D", "A"])), share))
    for ability in draw(st.sampled_from([(), ABILITIES])):  # a sound plan beside it, or nothing could be aligned
        for level in ("I", "D", "A"):
            hours[f"{ability}.{level}"] = dict.fromkeys(MODES, 0.0) | {"theory": 60.0, "operation": 60.0}
            mappings.append((f"{ability}.{level}", ability, level, 1.0))
    return {"hours": hours, "mappings": mappings, "signed_off": draw(st.booleans())}


@st.composite
def batches(draw, day):
    count = draw(st.sampled_from([0, 12, 25, 80, 160]))
    parts = st.sampled_from([0, 0.01, 0.03, 0.2, 0.2, 0.2, 0.5, 0.9])
    employers = draw(st.sampled_from([None, ["e1", "e2", "e3", None], [f"e{place}" for place in range(30)]]))
    return Postings(
        count,
        {ability: round(count * draw(parts)) for ability in ABILITIES},
        day=day,
        dated=draw(st.sampled_from([True, True, True, False])),
        position=draw(st.sampled_from([None, "buyer", "seller"])),
        employers=employers,
    )


@st.composite
def universes(draw):
    days = [NEWEST, NEWEST, NEWEST - YEAR + pd.Timedelta(days=1), NEWEST - YEAR, NEWEST - YEAR - YEAR]
    postings = [draw(batches(day)) for day in days]
    needs = st.tuples(
        st.sampled_from(["buyer", "seller"]),
        st.sampled_from(ABILITIES),
        st.sampled_from([1.0, 2.0]),
        st.sampled_from(["", "D", "A"]),
    )
    searchable = draw(st.sampled_from([ABILITIES, ABILITIES[1:]]))
    return with_facts(
        draw,
        abilities=ABILITIES,
        **draw(plans()),
        requirements=draw(st.lists(needs, max_size=4)),
        positions=("buyer", "seller"),
        prepares_for=draw(st.sampled_from([(), (), ("buyer",)])),
        demand=draw(st.sampled_from([None, *[demand(*postings, searchable=searchable)] * 9])),
    )


def with_facts(draw, **given_):
    """With totals of some courses, social abilities, and levels that no source states."""
    frames = curriculum(**given_)
    stated = frames.hours.fillna(0.0).sum(axis=1)
    totals = [draw(st.sampled_from([math.nan, math.nan, hours, hours + 4, hours + 40])) for hours in stated]
    assumed = [draw(st.booleans()) for _ in range(len(frames.requirements))]
    return replace(
        frames,
        abilities=frames.abilities.assign(
            kind=[*["professional"] * 4, draw(st.sampled_from(["social", "professional"]))]
        ),
        courses=frames.courses.assign(total_hours=totals),
        requirements=frames.requirements.assign(level_assumed=pd.Series(assumed, dtype=bool)),
    )


COMPARED = {
    "label": "label",
    "exposure_status": "exposed_status",
    "practice_status": "practised_status",
    "trend": "trend",
    "counted": "counted",
    "known": "known",
    "level_reached": "reached",
}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(universes())
def test_labels_equal_those_of_the_slow_twin(frames):
    table, expected = labelled(frames, POLICY), twin(frames, POLICY)
    for ability, row in expected.items():
        found = table.loc[ability]
        assert {name: found[name] for name in COMPARED} == {name: row[own] for name, own in COMPARED.items()}
        assert found["exposure_hours"] == pytest.approx(row["exposed"], abs=1e-9)
        assert found["design_effect"] == pytest.approx(row["effect"], rel=1e-6, nan_ok=True) or not row["known"]
