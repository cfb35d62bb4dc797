"""What a few programs can tell in seconds; `make simulate` asks many, and holds the bounds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from competencies.analysis.changes import demand_change
from competencies.analysis.effective import effective_counts

from .programs import DESIGNS, Batch, program
from .running import checked, pooled, run

POLICY_FDR = 0.10


def counted(batch: Batch):
    return effective_counts(batch.mentions.astype(float), batch.employers)


@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_cover_and_unchanged_demand_seldom_seems_to_change(design):
    covered, moved = [], []
    for postings, seed in product((93, 300, 1000), range(4)):
        drawn = program(DESIGNS[design], 40, postings, seed)
        now, smaller = counted(drawn.now), counted(drawn.unchanged)
        low, high = now.bounds()
        covered.append((low <= drawn.found) & (drawn.found <= high))
        changes = demand_change(smaller, now, fdr=POLICY_FDR)["trend"]
        moved.append(changes[changes.isin(["rising", "falling", "open"])] != "open")
    assert np.concatenate(covered).mean() >= 0.90
    assert np.concatenate(moved).mean() <= 0.05


def test_a_few_independent_programs_are_judged_soundly():
    rows = run([("independent", 40, postings, seed) for postings in (200, 1000) for seed in range(2)], processes=1)
    told = pooled(rows)["independent"]
    rate = {what: each["hits"] / each["cases"] for what, each in told.items() if each["cases"]}
    assert told["under:wrong_sign"]["cases"] > 5
    assert rate["under:wrong_sign"] == 0
    assert rate["coverage:rate"] >= 0.90
    assert rate["trend:of_unchanged"] <= 0.05


def test_a_bound_without_cases_is_not_held():
    found = {"independent": {"coverage:rate": {"hits": 0, "cases": 0}, "coverage:change": {"hits": 95, "cases": 100}}}
    held = {(bound["what"], bound["design"]): bound["held"] for bound in checked(found)}
    assert not held["coverage:rate", "independent"]
    assert held["coverage:change", "independent"]
    assert not held["coverage:change", "clustered"]
