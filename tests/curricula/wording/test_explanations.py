"""Every measure is explained where it stands, and on the page of the method."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from curricula.analysis.codes import BESIDE
from curricula.wording.explanations import EXPLANATIONS
from curricula.wording.further_explanations import FURTHER
from curricula.wording.measures import REASONS
from curricula.wording.method import GROUPS, MEASURES
from curricula.wording.training_explanations import TRAINING
from talentgap.templatetags.talentgap import how_to_read
from tests.places import ROOT

PLACE = re.compile(r'{% how_to_read "([a-z]+)" %}')
ROOMS = ROOT / "templates" / "curricula"
TEMPLATES = sorted(ROOMS.rglob("*.html"))


def explained() -> dict[str, set[str]]:
    """The measures that each template explains."""
    return {str(path.relative_to(ROOMS)): set(PLACE.findall(path.read_text(encoding="utf-8"))) for path in TEMPLATES}


def test_every_explanation_of_a_figure_stands_somewhere_and_every_place_has_one():
    assert set(EXPLANATIONS) <= set.union(*explained().values()) <= set(MEASURES)


def test_the_page_of_the_method_has_every_measure_once():
    assert sorted(key for _title, keys in GROUPS for key in keys) == sorted(MEASURES)
    assert not set(EXPLANATIONS) & set(FURTHER)


@pytest.mark.parametrize(
    ("template", "measures"),
    [
        ("plans/overview.html", {"shares", "porter", "heatmap", "readiness"}),
        ("plans/ability.html", {"label", "demand"}),
        ("plans/prerequisites.html", {"complexity"}),
        ("plans/depth.html", {"webb", "chain", "vintage", "agreement", "advantage"}),
        ("plans/robustness.html", {"robustness", "label", "crosswalk"}),
        ("comparison/compare.html", {"shares", "label", "porter", "distance"}),
        ("comparison/frameworks.html", {"crosswalk"}),
    ],
)
def test_a_page_explains_each_of_its_measures(template, measures):
    assert explained()[template] == measures


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_an_explanation_is_whole_collapsed_and_leads_to_its_place_in_the_method(measure):
    how = MEASURES[measure]
    assert str(how.question).endswith("?")
    for part in (how.title, how.formula, how.low, how.high, how.changes, how.undefined, how.source):
        assert str(part)
    page = render_to_string("curricula/_how_to_read.html", how_to_read(measure))
    assert page.count("<details") == 1
    assert "<details open" not in page
    assert f'href="/method/#{measure}"' in page


def test_a_source_of_a_published_measure_names_its_year():
    own = {"heatmap", "readiness", "practice", *TRAINING}
    for measure, how in MEASURES.items():
        assert measure in own or re.search(r"\b(19|20)\d\d\b", str(how.source)), measure


OPTIMISING = {"beyond_hours", "bounds_too_tight", "targets_conflict", "out_of_time"}  # worded beside the solver
IN_THE_PAGE = {"cells_differ"}  # one sentence for all pairs


def test_every_reason_beside_the_report_has_a_sentence():
    assert set(REASONS) == set(BESIDE) - OPTIMISING - IN_THE_PAGE


@pytest.mark.parametrize("code", sorted(REASONS))
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_reason_uses_only_the_values_that_its_code_promises(code, number):
    values = dict.fromkeys(BESIDE[code], number)
    written = {**values, **{f"n_{name}": number for name in values}}
    assert "%" not in str(REASONS[code] % written)
