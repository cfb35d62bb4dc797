"""The mapping's credibility: each count with what it is of, and with its reason where there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from curricula.analysis.credibility import PlanCredibility, mapping_credibility
from curricula.reports.evidence import credibility_data, credibility_facts
from tests.report_parts import INDEX
from tests.report_universe import analysis, report

LEVELS = np.array([[3, 3], [1, 3], [0, 0]])


def made(levels=LEVELS, mapped=None):
    mapped = levels > 0 if mapped is None else mapped
    found = PlanCredibility(
        mapping_credibility(np.asarray(mapped, float), scale=[1]), mapping_credibility(levels, scale=[1, 2, 3])
    )
    return report(analysis=analysis(credibility=found, alignment={"theory_demand": replace(INDEX, flat=0.7)}))


def told(of):
    return {title.text: (value.text, note.text) for title, value, note in credibility_facts(of)}


def test_each_count_says_what_it_is_of():
    facts = told(made())
    assert facts["Cells used"][0] == "66.7\u00a0%"
    assert facts["Cells used"][1].startswith("4 of 6 pairs")
    assert facts["At the highest level (assessed)"] == ("75.0\u00a0%", "3 of the 4 mappings that state a level")
    assert facts["Courses with one level throughout"][0] == "1"
    assert facts["Courses that serve nearly everything"][0] == "2"
    flat = facts["Index of a plan that served everything alike: Theory and demand"]
    assert flat == ("0.70", f"This plan scores {INDEX.index:.2f}.")


@pytest.mark.parametrize(
    ("of", "undefined"),
    [
        (report(), {"Cells used", "Agreement of the raters, α"}),
        (
            made(levels=0 * LEVELS, mapped=LEVELS > 0),
            {"At the highest level (assessed)", "Courses with one level throughout", "Agreement of the raters, α"},
        ),
    ],
)
def test_what_has_no_value_has_a_reason(of, undefined):
    facts = told(of)
    assert {title for title, (value, _note) in facts.items() if value == "–"} == undefined
    assert all(facts[title][1] for title in undefined)


def test_machines_read_the_same_numbers():
    data = credibility_data(made())
    assert data
    assert (data["cells"], data["possible"], data["top_level"], data["straight_rows"]) == (4, 6, 3, 1)
    assert credibility_data(report()) is None
