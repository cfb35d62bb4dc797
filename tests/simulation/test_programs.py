"""The programs are what they say, and the truth is judged as a person would judge it who knows all of demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from competencies.analysis.effective import effective_counts
from curricula.analysis.frames import Policy
from curricula.analysis.validation import check

from .outcomes import claims
from .programs import DESIGNS, HOURS, Batch, Program, Terms, program


@pytest.mark.parametrize("design", DESIGNS)
def test_a_program_is_repeatable_and_whole(design):
    first, second = (program(DESIGNS[design], 20, 93, seed=5) for _time in range(2))
    check(first.frames)
    pd.testing.assert_frame_equal(first.frames.demand.mentions, second.frames.demand.mentions)
    assert (first.theory + first.practice).sum() == pytest.approx(HOURS)
    assert not np.array_equal(first.rate, program(DESIGNS[design], 20, 93, seed=6).rate)


@pytest.mark.parametrize("design", DESIGNS)
def test_postings_ask_as_often_as_the_truth_says(design):
    rng = np.random.default_rng(0)
    rate = np.array([0.02, 0.1, 0.5])
    terms = Terms.drawn(rng, DESIGNS[design], 3)
    seen = np.mean([Batch.drawn(rng, DESIGNS[design], terms, 400, rate).mentions.mean(axis=0) for _ in range(300)], 0)
    assert seen == pytest.approx(terms.find(rate), abs=0.02)


def test_only_repeating_employers_cost_postings():
    rng = np.random.default_rng(1)
    rate, worth = np.full(50, 0.2), {}
    for name, design in DESIGNS.items():
        batch = Batch.drawn(rng, design, Terms.drawn(rng, design, 50), 1000, rate)
        worth[name] = np.median(effective_counts(batch.mentions.astype(float), batch.employers).effective_postings)
    assert worth["independent"] == worth["uneven"] == 1000
    assert 100 < worth["clustered"] < 400
    assert worth["heavy"] < 100


def test_one_employer_of_the_heavy_design_posts_a_fifth_to_a_half():
    rng = np.random.default_rng(2)
    drawn = (Batch.drawn(rng, DESIGNS["heavy"], Terms(np.ones(2), np.zeros(2)), 2000, np.full(2, 0.1)) for _ in "1234")
    assert all(0.15 < np.bincount(batch.employers).max() / 2000 < 0.55 for batch in drawn)


def test_the_truth_of_each_label():
    """Ten filling abilities in balance beside the ones in question, so that shares hardly move."""
    cases = {  # rate, rate before, theory, practice, required
        "untaught_emerging": (0.04, 0.01, 0, 0, False),
        "untaught": (0.06, 0.06, 0, 0, False),
        "outside": (0.04, 0.04, 0, 0, False),
        "theory_without_practice": (0.10, 0.10, 200, 0, False),
        "obsolete_candidate": (0.04, 0.10, 50, 50, False),
        "under_taught_and_practised": (0.20, 0.20, 20, 20, False),
        "under_taught": (0.20, 0.20, 5, 150, False),
        "under_practised": (0.20, 0.20, 300, 20, False),
        "over_taught": (0.05, 0.05, 200, 200, False),
        "aligned": (0.10, 0.10, 100, 100, True),
    }
    rows = np.array([(0.1, 0.1, 100, 100, True)] * 10 + list(cases.values()), dtype=float)
    empty = program(DESIGNS["independent"], 20, 93, seed=0)
    frames = replace(
        empty.frames, requirements=pd.DataFrame({"ability": empty.frames.abilities.index[:1], "weight": [1.0]})
    )
    known = Program(
        frames, rows[:, 0], rows[:, 1], rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4] > 0, *[None] * 3
    )
    found = claims(known, Policy())
    first = np.select(list(found.values()), list(found), default="")[10:]
    assert first.tolist() == list(cases)
