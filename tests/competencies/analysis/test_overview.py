from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import wilson_interval
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
        asking = [row for row in rows if ability in row["says"].split()]
        line = seen.table.loc[ability]
        assert line["mentions"] == len(asking)
        assert line["rate"] == pytest.approx(len(asking) / len(rows))
        assert (line["low"], line["high"]) == pytest.approx(wilson_interval(len(asking), len(rows)))
        assert line["employers"] == len({row["employer"] for row in asking} - {""})
    assert seen.evidence.undated == sum(row["published"] is None for row in rows)


@quick
@given(POSTINGS)
def test_the_wide_interval_holds_the_narrow_one(rows):
    table = demand_overview(frames(rows)).table
    assert (table["wide_low"] <= table["low"] + 1e-12).all()
    assert (table["wide_high"] >= table["high"] - 1e-12).all()
    assert (table["effective"] <= len(rows) + 1e-9).all()


def test_an_employer_that_repeats_itself_is_one_voice():
    loud = several(10, employer="a", says="sql") + several(10, employer="b", says="excel")
    table = demand_overview(frames(loud)).table
    assert table["effect"].tolist() == [10, 10]
    assert table["effective"].tolist() == [2, 2]


def test_postings_of_nobody_that_nearly_repeat_each_other_are_one_voice_too():
    apart = several(5, says="sql") + several(5, says="excel")
    together = several(5, says="sql", near_group="g") + several(5, says="excel")
    assert demand_overview(frames(apart)).table["effect"].tolist() == [1, 1]
    assert demand_overview(frames(together)).table["effect"].min() > 2


def test_the_most_mentioned_stands_first_and_what_nobody_mentions_stays():
    seen = demand_overview(frames([{"says": "excel"}, {"says": "excel sql"}], ("sql", "excel", "r")))
    assert seen.table.index.tolist() == ["excel", "sql", "r"]
    assert pd.isna(seen.table.loc["r", "first"])
    assert seen.effective == 2


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
