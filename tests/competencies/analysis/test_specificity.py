from __future__ import annotations

import numpy as np
import pytest

from competencies.analysis.specificity import specificity
from tests.competencies.analysis.posting_frames import frames, several


def drawn(**says: int):
    """so many postings for each "position_ability"."""
    rows = []
    for name, count in says.items():
        position, ability = name.split("_")
        rows += several(count, position=position, says="" if ability == "none" else ability)
    return specificity(frames(rows), ["p", "q", "r"])


def test_ratios_compare_the_share_in_a_position_with_the_share_in_all():
    found = drawn(p_sql=90, p_excel=30, q_sql=30, q_excel=90)
    assert found.ratios.loc[["p", "q"], ["sql", "excel"]].to_numpy().tolist() == [[1.5, 0.5], [0.5, 1.5]]
    assert found.mentions.loc["p", "sql"] == 90
    assert found.sure.loc[["p", "q"]].to_numpy().all()


def test_nothing_is_sure_of_a_position_of_too_few_employers():
    rows = [
        row | {"employer": f"{row['position']}{n % employers}"}
        for position, employers, said in (("p", 7, "sql"), ("q", 8, "excel"))
        for n, row in enumerate(several(160, position=position, says=said) + several(80, position=position))
    ]
    found = specificity(frames(rows), ["p", "q", "r"])
    assert found.unknown == {"p": "too_few_employers", "q": "", "r": "too_few_postings"}
    assert found.sure["sql"].tolist() == [False, True, False]


def test_one_employer_that_repeats_itself_makes_a_ratio_less_sure():
    def asking(loud):
        rows = several(90, position="p", says="excel") + several(12, position="p", says="sql", employer=loud)
        return specificity(frames(rows + several(100, position="q", says="excel")), ["p", "q"])

    assert asking("").sure.loc["p", "sql"]
    assert not asking("loud").sure.loc["p", "sql"]


def test_a_large_ratio_of_few_mentions_is_not_sure():
    found = drawn(p_sql=1, q_sql=1, q_excel=3)
    assert found.ratios.loc["p", "sql"] == pytest.approx(2.5)
    assert not found.sure.to_numpy().any()


def test_what_is_undefined_says_why():
    found = drawn(p_sql=5, q_none=4)
    assert found.positions_undefined == {"q": "no_mentions", "r": "no_postings"}
    assert found.abilities_undefined == {"excel": "never_mentioned"}
    assert found.ratios.isna().to_numpy().sum() == 5
    assert found.postings.to_dict() == {"p": 5, "q": 4, "r": 0}


def test_postings_of_no_position_are_left_out():
    rows = several(3, says="sql") + several(2, position="p", says="sql") + several(2, position="q", says="excel")
    found = specificity(frames(rows), ["p", "q"])
    assert found.mentions.to_numpy().sum() == 4


def test_without_any_mention_nothing_is_defined():
    found = specificity(frames([]), ["p"])
    assert not found.defined
    assert not found.sure.to_numpy().any()
    assert np.isnan(found.ratios.to_numpy()).all()
