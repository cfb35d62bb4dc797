"""Frames that break the contract are refused with the offending row, before any measure sees them."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from curricula.analysis.frames import MODES, TAUGHT_MODES
from curricula.analysis.teaching_hours import teaching_vectors
from curricula.analysis.validation import check
from tests.gap_universe import STANDARD, Postings, curriculum, demand

SOUND: dict[str, Any] = {
    "abilities": ("a", "b"),
    "hours": {"A": {"theory": 30}, "B": {"theory": 20}},
    "mappings": [("A", "a", "D", 0.5), ("A", "b", "", math.nan)],
    "requirements": [("buyer", "a", 1.0, "D")],
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hours": {"A": {"theory": -1}, "B": {}}}, "'A' has -1 hours of theory"),
        ({"hours": {"A": {}, "B": {"operation": math.inf}}}, "'B' has inf hours of operation"),
        ({"mappings": [("Z", "a", "D", 0.5)]}, "mappings: 'Z' is not known"),
        ({"mappings": [("A", "z", "D", 0.5)]}, "mappings: 'z' is not known"),
        ({"mappings": [("A", "a", "X", 0.5)]}, "mappings: 'X' is not known"),
        ({"mappings": [("A", "a", "D", 1.5)]}, "'A' has the share 1.5"),
        ({"mappings": [("A", "a", "D", -0.5)]}, "'A' has the share -0.5"),
        ({"mappings": [("A", "a", "D", 0.2), ("A", "a", "I", 0.2)]}, "'A' and 'a' stand twice"),
        ({"mappings": [("A", "a", "D", 0.6), ("A", "b", "D", 0.6)]}, "course 'A' sum to 1.2"),
        ({"requirements": [("buyer", "z", 1.0, "D")]}, "requirements: 'z' is not known"),
        ({"requirements": [("buyer", "a", 0.0, "D")]}, "'buyer', 'a' has the weight 0"),
        ({"requirements": [("buyer", "a", 1.0, "Z")]}, "requirements: 'Z' is not known"),
        ({"positions": ("clerk",)}, "requirements: 'buyer' is not known"),
        ({"prepares_for": ("clerk",)}, "prepares_for: 'clerk' is not known"),
    ],
)
def test_a_frame_that_breaks_the_contract_is_refused_with_its_row(changes, message):
    with pytest.raises(ValueError, match=message):
        check(curriculum(**SOUND | changes))


def test_a_posting_without_a_day_is_refused():
    undated = demand(Postings(3), searchable="a")
    undated.postings.loc["p0.1", "counted_on"] = pd.NaT
    with pytest.raises(ValueError, match=r"'p0\.1' has no day"):
        check(curriculum(**SOUND, demand=undated))


def test_a_mention_in_no_posting_is_refused():
    odd = replace(demand(Postings(3), searchable="a"), mentions=pd.DataFrame({"posting": ["p9"], "ability": ["a"]}))
    with pytest.raises(ValueError, match="'p9' is not known"):
        check(curriculum(**SOUND, demand=odd))


def test_shares_that_sum_to_one_in_rounded_percents_pass():
    thirds = [("A", ability, "D", 1 / 3) for ability in "abc"]
    check(curriculum(**SOUND | {"abilities": "abc", "mappings": thirds}))


def test_missing_shares_split_what_the_stated_ones_leave():
    cells = [("A", "a", "D", 0.4), ("A", "b", "D", math.nan), ("A", "c", "D", math.nan), ("B", "a", "D", 0.25)]
    found = teaching_vectors(curriculum(**SOUND | {"abilities": "abc", "mappings": cells}), STANDARD)
    assert found.cells["share"].tolist() == pytest.approx([0.4, 0.3, 0.3, 0.25])
    assert found.cells["assumed"].tolist() == [False, True, True, False]
    assert found.by_mode["theory"].tolist() == pytest.approx([17, 9, 9])
    assert found.unmapped["theory"] == pytest.approx(15)


def test_a_missing_share_gets_nothing_where_the_stated_ones_take_all():
    cells = [("A", "a", "D", 1.0), ("A", "b", "D", math.nan)]
    found = teaching_vectors(curriculum(**SOUND | {"mappings": cells}), STANDARD)
    assert found.by_mode["theory"].tolist() == [30, 0]


def test_hours_not_stated_count_as_nothing_and_only_a_silent_course_lacks_them():
    hours = {"A": {"theory": math.nan, "operation": 8}, "B": dict.fromkeys(MODES, math.nan)}
    found = teaching_vectors(curriculum(**SOUND | {"hours": hours}), STANDARD)
    assert found.by_mode.loc["a"].to_dict() == dict.fromkeys(TAUGHT_MODES, 0) | {"operation": 4}
    assert found.lacking.tolist() == ["B"]
