"""Which postings count, in which period, for whom."""

from dataclasses import replace

import pandas as pd
import pytest

from curricula.analysis.demand_periods import demand_vectors
from curricula.analysis.frames import Policy
from tests.gap_universe import NEWEST, YEAR, Postings, curriculum, demand, labelled

DAY = pd.Timedelta(days=1)


def of(*batches, **parameters):
    return demand_vectors(curriculum(abilities=["a", "b"], demand=demand(*batches, searchable="ab"), **parameters))


def counts(*batches, **parameters):
    found = of(*batches, **parameters)
    return found.postings, found.dated, found.postings_before, found.evidence.older


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (NEWEST, (2, 2, 0, 0)),
        (NEWEST - YEAR + DAY, (2, 2, 0, 0)),
        (NEWEST - YEAR, (1, 1, 1, 0)),  # the twelve months end on the day before their first anniversary
        (NEWEST - YEAR - YEAR + DAY, (1, 1, 1, 0)),
        (NEWEST - YEAR - YEAR, (1, 1, 0, 1)),
    ],
)
def test_labels_read_twelve_months_and_trends_the_twelve_before(day, expected):
    assert counts(Postings(1), Postings(1, day=day)) == expected


def test_undated_postings_count_where_they_were_collected_and_in_no_trend():
    recent, earlier = Postings(3, {"a": 2}, dated=False), Postings(4, {"a": 4}, day=NEWEST - YEAR, dated=False)
    found = of(Postings(5, {"a": 1}), recent, earlier)
    assert (found.postings, found.dated, found.postings_before) == (8, 5, 0)
    assert [side.mentions[0] for side in (found.label, found.now, found.before)] == [3, 1, 0]
    assert (found.evidence.undated, found.evidence.older) == (3, 4)


def test_postings_searched_with_former_terms_count_but_feed_no_trend():
    asked = demand(Postings(5, {"a": 1}), Postings(4, {"a": 4}, day=NEWEST - YEAR), searchable="ab")
    former = asked.postings.assign(same_terms=asked.postings["counted_on"] > NEWEST - YEAR)
    frames = curriculum(abilities=["a", "b"], demand=replace(asked, postings=former))
    found = demand_vectors(frames)
    assert (found.postings, found.dated, found.postings_before, found.evidence.undated) == (5, 5, 0, 0)
    former["same_terms"] = ~former["same_terms"]
    found = demand_vectors(frames)
    assert (found.postings, found.dated, found.postings_before, found.evidence.undated) == (5, 0, 4, 0)


def test_the_newest_posting_sets_the_period_whatever_its_position():
    old = Postings(2, {"a": 1}, day=NEWEST - YEAR, position="buyer")
    found = of(old, Postings(1, position="seller"), positions=("buyer", "seller"), prepares_for=("buyer",))
    assert (found.postings, found.postings_before, found.evidence.other_positions) == (0, 2, 1)


def test_postings_for_other_positions_are_set_aside_and_counted():
    batches = Postings(2, {"a": 2}, position="buyer"), Postings(3, {"a": 3}, position="seller"), Postings(4)
    all_of_them = of(*batches, positions=("buyer", "seller"))
    assert (all_of_them.postings, all_of_them.mentions) == (9, 5)
    buyers = of(*batches, positions=("buyer", "seller"), prepares_for=("buyer",))
    assert (buyers.postings, buyers.mentions, buyers.evidence.other_positions) == (2, 2, 7)


def test_every_posting_is_counted_once_in_the_evidence():
    batches = [
        Postings(count, day=day, dated=dated, position=position)
        for count, (day, dated, position) in enumerate(
            (day, dated, position)
            for day in (NEWEST, NEWEST - YEAR, NEWEST - YEAR - YEAR)
            for dated in (True, False)
            for position in ("buyer", "seller", None)
        )
    ]
    seen = of(*batches, positions=("buyer", "seller"), prepares_for=("buyer",)).evidence
    total = seen.postings + seen.postings_before + seen.other_positions + seen.older
    assert total == sum(batch.count for batch in batches)


def test_evidence_names_sources_employers_and_period():
    batches = (
        Postings(4, {"a": 2, "b": 1}, employers=["acme", "bolt", None], source="north"),
        Postings(1, day=NEWEST - 30 * DAY, source="south", dated=False),
        Postings(2, day=NEWEST - YEAR),
    )
    seen = of(*batches).evidence
    assert (seen.sources, seen.first, seen.last) == (("board", "north", "south"), NEWEST - 30 * DAY, NEWEST)
    assert (seen.employers, seen.employer_unknown, seen.mentions, seen.undated) == (2, 2, 3, 1)
    assert of(Postings(3)).evidence.employers is None


def test_a_second_mention_in_one_posting_adds_nothing():
    frames = demand(Postings(3, {"a": 2}), searchable="ab")
    twice = pd.concat([frames.mentions, frames.mentions])
    doubled = type(frames)(frames.postings, twice, frames.searchable)
    assert demand_vectors(curriculum(abilities=["a", "b"], demand=doubled)).mentions == 2


def test_mentions_of_what_is_no_searchable_leaf_are_no_evidence():
    frames = demand(Postings(3, {"a": 2, "b": 3, "area": 3}), searchable=["a", "area"])
    found = demand_vectors(curriculum(abilities=["a", "b"], demand=frames))
    assert found.mentions == 2
    assert found.table["mentions"].isna().tolist() == [False, True]


@pytest.mark.parametrize(("now", "before", "trend"), [(93, 93, "rising"), (92, 93, "unknown"), (93, 92, "unknown")])
def test_a_trend_asks_for_enough_postings_in_both_periods(now, before, trend):
    postings = Postings(now, {"a": 60}), Postings(before, {"a": 5}, day=NEWEST - YEAR)
    table = labelled(curriculum(abilities=["a"], demand=demand(*postings, searchable="a")))
    row = table.loc["a"].to_dict()
    assert row["trend"] == trend
    assert row["mentions_before"] == 5  # shown even where no trend can be told
    assert pd.isna(row["change"]) == (trend == "unknown")


@pytest.mark.parametrize(("before", "trend"), [(5, "falling"), (4, "unknown")])
def test_fewer_than_five_mentions_in_both_periods_are_left_out_of_trends(before, trend):
    postings = Postings(100, {"b": 1}), Postings(100, {"a": before, "b": 1}, day=NEWEST - YEAR)
    frames = curriculum(
        abilities=["a", "b"],
        hours={"c": {"theory": 10}},
        mappings=[("c", "a", "I", 1.0)],
        demand=demand(*postings, searchable="ab"),
    )
    table = labelled(frames)
    assert table["trend"].tolist() == [trend, "unknown"]
    assert table["p_change"].isna().tolist() == [trend == "unknown", True]


def test_saturated_demand_gives_more_to_what_nearly_all_ask_for():
    frames = curriculum(abilities=["a", "b"], demand=demand(Postings(100, {"a": 90, "b": 10}), searchable="ab"))
    plain, saturated = labelled(frames), labelled(frames, Policy(saturated_demand=True))
    assert plain["demand_share"].tolist() == [0.9, 0.1]
    assert saturated["demand_share"].tolist() == pytest.approx([0.956245, 0.043755], abs=1e-6)
    assert (saturated["demand_rate"] == plain["demand_rate"]).all()


def test_saturated_demand_stays_finite_where_all_postings_ask():
    frames = curriculum(abilities=["a", "b"], demand=demand(Postings(100, {"a": 100, "b": 10}), searchable="ab"))
    shares = labelled(frames, Policy(saturated_demand=True))["demand_share"]
    assert shares.sum() == pytest.approx(1)
    assert shares["a"] < 1
