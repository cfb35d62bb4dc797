from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import effective_postings, wilson_interval
from competencies.analysis.frames import PostingFrames, selected
from competencies.analysis.overview import demand_overview
from tests.analysis_properties import quick
from tests.competencies.analysis.posting_frames import frames, several

POSTINGS = st.lists(
    st.fixed_dictionaries(
        {
            "employer": st.sampled_from(["", "a", "b", "c"]),
            "says": st.sampled_from(["", "sql", "excel", "sql excel", "sql unknown"]),
            "published": st.sampled_from([None, "2026-01-01", "2026-06-01"]),
        }
    ),
    min_size=1,
    max_size=30,
)


@quick
@given(POSTINGS)
def test_counts_are_those_of_counting_one_by_one(rows):
    seen = demand_overview(frames(rows))
    for ability in ("sql", "excel"):
        says = [int(ability in row["says"].split()) for row in rows]
        line = seen.table.loc[ability]
        assert (line["mentions"], line["rate"]) == (sum(says), pytest.approx(sum(says) / len(rows)))
        assert line["employers"] == len({row["employer"] for row, said in zip(rows, says, strict=True) if said} - {""})
        assert line["effective_postings"] <= len(rows) + 1e-9 or pd.isna(line["effective_postings"])
    assert seen.evidence.undated == sum(row["published"] is None for row in rows)
    named = [row["employer"] for row in rows if row["employer"]]
    repetition = seen.evidence.repetition
    assert repetition.employers == len(set(named)) + seen.evidence.unnamed
    assert repetition.largest == max(map(named.count, named), default=1)


def test_intervals_are_those_of_effective_postings():
    rows = several(6, employer="a", says="sql") + several(4, employer="b") + [{"says": "sql excel"}, {}, {}]
    line = demand_overview(frames(rows, ("sql",))).table.loc["sql"]
    says = ["sql" in row.get("says", "") for row in rows]
    alone = effective_postings(says, [row.get("employer") for row in rows])
    assert (line["low"], line["high"]) == pytest.approx((alone.low, alone.high))
    low, high = wilson_interval(7, 13)
    assert line["low"] < low < high < line["high"]


def test_with_one_employer_no_rate_has_an_interval():
    table = demand_overview(frames(several(10, employer="a", says="sql") + several(5, employer="a"))).table
    assert table.loc["sql", ["mentions", "rate"]].tolist() == [10, pytest.approx(10 / 15)]
    assert table[["low", "high", "effective_postings"]].isna().all(axis=None)


def test_postings_of_nobody_stand_alone_even_where_they_nearly_repeat_each_other():
    together = several(5, says="sql", near_group="g") + several(5, says="excel")
    assert demand_overview(frames(together)).table["design_effect"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("rows", "unknown"),
    [
        (several(92), "too_few_postings"),
        (several(93), ""),
        ([{"employer": f"e{place % 7}"} for place in range(700)], "too_few_employers"),
        ([{"employer": f"e{place % 8}"} for place in range(800)], ""),
        (several(900, employer="a") + several(100), "too_few_employers"),
    ],
)
def test_demand_is_unknown_with_too_few_postings_or_employers(rows, unknown):
    assert demand_overview(frames(rows)).unknown == unknown


def test_the_most_mentioned_stands_first_and_what_nobody_mentions_stays():
    seen = demand_overview(frames([{"says": "excel"}, {"says": "excel sql"}], ("sql", "excel", "r")))
    assert seen.table.index.tolist() == ["excel", "sql", "r"]
    assert pd.isna(seen.table.loc["r", "first"])
    repetition = seen.evidence.repetition
    assert (repetition.effective_postings, repetition.effective_employers, repetition.noticeable) == (2, 2, False)


@pytest.mark.parametrize(
    ("employers", "noticeable", "of_one"),
    [
        (["loud"] * 40 + [f"e{n}" for n in range(163)], True, True),
        ([f"e{n % 20}" for n in range(200)], True, False),
        ([f"e{n}" for n in range(200)], False, False),
        (["only"] * 200, True, True),
    ],
)
def test_it_is_told_whether_one_employer_repeats_itself_or_many(employers, noticeable, of_one):
    rows = [{"employer": each, "says": "sql" if each[-1] in "d02468y" else ""} for each in employers]
    repetition = demand_overview(frames(rows)).evidence.repetition
    assert (repetition.noticeable, repetition.of_one) == (noticeable, of_one)


def test_without_postings_demand_is_undefined_not_zero():
    with pytest.raises(UndefinedMeasure):
        demand_overview(frames([]))


def test_a_choice_keeps_what_fits_all_of_it():
    rows = [
        {"position": "p", "region": "X", "source": "one", "published": "2026-01-01", "says": "sql"},
        {"position": "p", "region": "Y", "source": "one", "published": "2026-02-01"},
        {"position": "q", "region": "X", "source": "two", "published": None},
    ]
    drawn = frames(rows)

    def kept(**choice):
        return selected(drawn, **choice).postings.index.tolist()

    assert kept() == [0, 1, 2]
    assert kept(position="p", region="X") == [0]
    assert kept(source="two") == [2]
    assert kept(first=date(2026, 2, 1)) == [1, 2]
    assert kept(last=date(2026, 1, 31)) == [0]
    assert len(selected(drawn, position="q").mentions) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: PostingFrames(f.postings.drop(columns="region"), f.mentions, f.abilities), "no column 'region'"),
        (lambda f: PostingFrames(f.postings.iloc[[0, 0]], f.mentions, f.abilities), "posting 0 stands twice"),
        (lambda f: PostingFrames(f.postings.iloc[1:], f.mentions, f.abilities), "posting 0 is not known"),
        (lambda f: PostingFrames(f.postings.assign(counted_on=pd.NaT), f.mentions, f.abilities), "no day"),
    ],
)
def test_frames_are_checked_at_the_border(change, message):
    with pytest.raises(ValueError, match=message):
        change(frames([{"says": "sql"}, {}]))
