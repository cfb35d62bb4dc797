"""What is unknown is said, never computed around: each of the empty cases runs through to the end."""

import math
from dataclasses import fields
from typing import Any

import pandas as pd
import pytest

from curricula.analysis.frames import Notice, PairAlignment
from curricula.analysis.gap import analyse
from tests.gap_universe import NEWEST, Postings, curriculum, demand

HOURS = {"A": {"theory": 30, "operation": 10, "assessment": 2}, "B": {"theory": 20, "operation": 20}}
MAPPINGS = [("A", "a", "D", 0.5), ("B", "b", "", math.nan)]
REQUIREMENTS = [("buyer", "a", 1.0, "D"), ("seller", "b", 1.0, "")]
WHOLE: dict[str, Any] = {"abilities": ("a", "b"), "hours": HOURS, "mappings": MAPPINGS, "requirements": REQUIREMENTS}
SEARCHED = demand(Postings(100, {"a": 50, "b": 20}), searchable="ab")

CHOSEN: dict[str, Any] = {"prepares_for": ("buyer", "seller"), "positions": ("buyer", "seller")}

CASES: dict[str, dict[str, Any]] = {
    "nothing at all": {"hours": {}, "mappings": [], "requirements": []},
    "no demand source": {"demand": None},
    "a source without postings": {"demand": demand(searchable="ab")},
    "no posting for the positions": {"demand": SEARCHED, "prepares_for": ("buyer",)},
    "postings that mention nothing": {"demand": demand(Postings(100), searchable="ab")},
    "nothing searchable": {"demand": demand(Postings(100), searchable="")},
    "three postings": {"demand": demand(Postings(3, {"a": 1}), searchable="ab")},
    "one posting, undated": {"demand": demand(Postings(1, {"a": 1}, dated=False), searchable="ab")},
    "no requirements": {"requirements": [], "demand": SEARCHED},
    "no mapping": {"mappings": [], "demand": SEARCHED},
    "zero hours": {"hours": {"A": {}, "B": {}}, "demand": SEARCHED},
    "hours that nobody stated": {"hours": {"A": dict.fromkeys(("theory", "operation"), math.nan), "B": {}}},
    "no practice": {"hours": {"A": {"theory": 3}, "B": {"theory": 5}}, "demand": SEARCHED},
    "no theory": {"hours": {"A": {"operation": 3}, "B": {"operation": 5}}, "demand": SEARCHED},
    "assessment only": {"hours": {"A": {"assessment": 3}, "B": {}}, "demand": SEARCHED},
    "one rater": {"ratings": [("r1", "A", "a", "D")], "demand": SEARCHED},
    "raters without variation": {"ratings": [(r, "A", "a", "D") for r in ("r1", "r2")], "demand": SEARCHED},
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_nan_where_none_is_promised(case):
    found = analyse(curriculum(**WHOLE | CASES[case]), draws=30)
    assert len(found.abilities) == 2
    for pair in found.alignment.values():
        assert not any(value != value for value in (getattr(pair, field.name) for field in fields(PairAlignment)))
        assert (pair.index is None) == (pair.reason is not None)
    assert found.unmapped_part is None or 0 <= found.unmapped_part <= 1
    for value in (found.agreement.alpha, found.agreement.low, found.agreement.high):
        assert value is None or value == value
    for notice in (*found.warnings, *(reason for reasons in found.abilities["reasons"] for reason in reasons)):
        assert all(value == value for value in notice.values.values()), notice
    for advice in found.recommendations:
        assert advice.worth == advice.worth
    assert all(found.abilities["reasons"])


def labels(**changes):
    return analyse(curriculum(**WHOLE | CHOSEN | changes), draws=30).abilities["label"].tolist()


def test_without_demand_only_what_needs_none_is_said():
    assert labels() == ["covered", "covered"]
    assert labels(mappings=[]) == ["mapping_missing", "mapping_missing"]
    assert labels(mappings=[], prepares_for=()) == ["no_finding", "no_finding"]
    assert labels(mappings=[], signed_off=True) == ["untaught", "untaught"]
    assert labels(requirements=[]) == ["inconclusive", "inconclusive"]


def test_an_unstated_level_is_not_met_where_one_is_required():
    assert labels(requirements=[("buyer", "b", 1.0, "D")])[1] == "inconclusive"


def test_postings_that_mention_nothing_give_rates_and_no_shares():
    found = analyse(curriculum(**WHOLE | CASES["postings that mention nothing"]), draws=30).abilities
    assert found["demand_rate"].tolist() == [0, 0]
    assert found["demand_share"].isna().all()
    assert found["exposure_status"].tolist() == ["unknown", "unknown"]


def test_a_source_without_postings_leaves_no_evidence():
    found = analyse(curriculum(**WHOLE | CASES["a source without postings"]), draws=30)
    assert found.evidence is None
    assert found.abilities["searchable"].all()
    assert found.abilities["demand_mentions"].isna().all()


def test_postings_for_others_leave_evidence_of_none():
    found = analyse(curriculum(**WHOLE | CASES["no posting for the positions"]), draws=30)
    assert found.evidence is not None
    assert (found.evidence.postings, found.evidence.other_positions, found.evidence.last) == (0, 100, NEWEST)
    assert found.abilities["demand_rate"].isna().all()
    assert Notice("no_postings_for_positions", {"other_positions": 100}) in found.warnings


def test_hours_of_assessment_alone_expose_nobody():
    found = analyse(curriculum(**WHOLE | CASES["assessment only"]), draws=30)
    assert found.abilities["label"].tolist() == ["untaught", "untaught"]
    assert found.unmapped_part is None
    assert pd.isna(found.abilities["exposure_share"]).all()


@pytest.mark.parametrize(
    ("case", "code"), [("no demand source", "too_few_postings"), ("nothing searchable", "demand_not_searchable")]
)
def test_unknown_demand_says_whether_postings_or_words_are_missing(case, code):
    found = analyse(curriculum(**WHOLE | CASES[case]), draws=30).abilities
    codes = {reason.code for reason in found["reasons"]["a"]}
    assert codes & {"too_few_postings", "demand_not_searchable"} == {code}
