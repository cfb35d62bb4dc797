"""The worked examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = [
    "competencies.analysis.changes",
    "competencies.analysis.demand",
    "competencies.analysis.effective",
    "competencies.analysis.overview",
    "competencies.analysis.quality",
    "competencies.analysis.rates",
    "competencies.analysis.resampling",
    "competencies.matching.feedback",
    "curricula.analysis.agreement",
    "curricula.analysis.alignment",
    "curricula.analysis.attainment",
    "curricula.analysis.credibility",
    "curricula.analysis.exposure",
    "curricula.analysis.levels",
    "curricula.analysis.measures.carriers",
    "curricula.analysis.measures.echelons",
    "curricula.analysis.measures.growth",
    "curricula.analysis.measures.lag",
    "curricula.analysis.measures.questionnaires",
    "curricula.analysis.needs",
    "curricula.analysis.prerequisites",
    "curricula.analysis.training.assessment",
    "curricula.analysis.training.attained",
    "curricula.analysis.training.competitions",
    "curricula.analysis.training.graduation",
    "curricula.analysis.training.placements",
    "curricula.analysis.training.stages",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
