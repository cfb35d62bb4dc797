from __future__ import annotations

import pytest

from curricula.analysis.training.crosswalks import coverage
from curricula.analysis.training.trade import models_in, trade_models


def test_spellings_of_a_model_are_one_model_and_versions_of_the_web_are_none():
    assert models_in("B2B, b2b, B to B, B-to-C") == {"B2B", "B2C"}
    assert models_in("web2.0 C2M AB2B B2Bs") == frozenset()


def test_a_posting_may_name_several_models_and_has_a_wilson_interval_for_each():
    postings = [("P7", frozenset({"B2B", "B2C"}))] * 10 + [("P7", frozenset())] * 6 + [("", frozenset())] * 4
    found = trade_models(postings, [("P1", frozenset()), ("P7", frozenset({"B2C", "C2C"}))])
    assert [(row.model, row.postings) for row in found.rows] == [("B2B", 10), ("B2C", 10), ("C2C", 0)]
    assert found.rows[0].share == 0.5
    assert (found.rows[0].low, found.rows[0].high) == pytest.approx((0.2993, 0.7007), abs=5e-5)  # Wilson, 10 of 20
    assert (found.named, found.postings) == (10, 20)
    assert [row.by_position for row in found.rows] == [0, 6, 6]  # what names a model itself is not counted twice
    assert found.positions_unstated == ("P1",)


def test_where_nothing_names_a_model_that_is_said():
    found = trade_models([("", frozenset())] * 3, [("P1", frozenset())])
    assert found.undefined.code == "no_trade_model"
    assert found.undefined.values == {"postings": 3}


def test_links_to_areas_count_in_no_number_of_a_crosswalks_coverage():
    found = coverage(
        "f", [("a", "x", "exact"), ("AREA", "x", "broader"), ("b", "AREA", "close")], {"a": 6, "b": 2}, "x"
    )
    assert (found.linked, found.of, found.theirs_linked, found.theirs) == (1, 2, 1, 1)
    assert found.hours_part == 0.75
    assert found.by_relation == {"exact": 1}


def test_coverage_of_nothing_is_no_number():
    found = coverage("f", [], {}, [])
    assert (found.part, found.hours_part) == (None, None)
