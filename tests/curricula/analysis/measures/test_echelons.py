from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.alignment import porter_index
from curricula.analysis.measures.echelons import by_echelon, echelon_index
from tests.analysis_properties import amounts, quick

KINDS = ["taught", "practised", "exposed", "assessed"]
abilities = st.lists(st.tuples(amounts, amounts, amounts, st.tuples(amounts, amounts)), min_size=1, max_size=5)


@quick
@given(abilities)
def test_hours_are_split_by_weight_and_none_is_lost(rows):
    hours = pd.DataFrame([(taught, done, taught + done, seen) for taught, done, seen, _ in rows], columns=KINDS)
    found = by_echelon(hours, pd.DataFrame([weights for *_, weights in rows], columns=["low", "high"]))
    for place, echelon in enumerate(("low", "high")):
        spent, needed = 0.0, []
        for taught, done, seen, weights in rows:
            if weights[place]:
                spent += (taught + done) * weights[place] / sum(weights)
                needed.append((taught + done > 0, done > 0, seen > 0))
        row = found.table.loc[echelon]
        assert row["hours"] == pytest.approx(spent)
        assert row["required"] == len(needed)
        counted = row[["taught", "practised", "assessed"]].tolist()
        assert counted == [sum(each[kind] for each in needed) for kind in range(3)]
    assert found.table["hours"].sum() + found.unrequired_hours == pytest.approx(hours["exposed"].sum())


def test_abilities_are_matched_by_code_and_must_be_the_same():
    hours = pd.DataFrame(0.0, index=["a", "b"], columns=KINDS)
    hours["exposed"] = [10.0, 30.0]
    weights = pd.DataFrame({"low": [1.0, 0.0], "high": [0.0, 1.0]}, index=["b", "a"])
    assert by_echelon(hours, weights).table["hours"].to_dict() == {"low": 30.0, "high": 10.0}
    with pytest.raises(ValueError, match="'b' is on one side only"):
        by_echelon(hours, weights.drop(index="b"))


def test_too_few_assigned_postings_are_not_compared():
    assert echelon_index([3, 1], [62, 31]) == porter_index([3, 1], [2, 1])
    with pytest.raises(UndefinedMeasure, match="Only 92 postings are assigned"):
        echelon_index([3, 1], [61, 31])
    with pytest.raises(UndefinedMeasure, match="One side is empty"):
        echelon_index([0, 0], [62, 31])
