from __future__ import annotations

import pytest

from competencies.analysis.demand import adjusted_p_values, rate_change
from competencies.analysis.rates import two_proportion_score_p
from competencies.analysis.trends import demand_trends
from tests.competencies.analysis.posting_frames import frames, several

BEFORE, AFTER = "2025-03-01", "2026-03-01"


def year(day: str, n: int, **mentions: int):
    """`n` postings of a day, of which the first so many mention each ability."""
    rows = several(n, published=day)
    for row, posting in enumerate(rows):
        posting["says"] = " ".join(ability for ability, count in mentions.items() if row < count)
    return rows


def states(*rows, **options):
    drawn = frames([row for part in rows for row in part], ("sql", "excel", "r", "fax"))
    trends = demand_trends(drawn, vocabulary=1, **options)
    return dict(trends.table["state"]), trends


def test_what_rises_falls_is_new_or_open_is_told_apart():
    found, trends = states(
        year(BEFORE, 100, sql=10, excel=60, fax=30), year(AFTER, 100, sql=50, excel=58, r=20, fax=2)
    )
    assert found == {"sql": "rising", "excel": "open", "r": "new", "fax": "falling"}
    assert trends.of("new", "rising").index.tolist() == ["sql", "r"]


def test_numbers_are_those_of_the_published_measures():
    _found, trends = states(year(BEFORE, 100, sql=10, fax=30), year(AFTER, 120, sql=50, fax=2))
    change = rate_change((10, 100), (50, 120))
    line = trends.table.loc["sql"]
    assert (line["difference"], line["low"], line["high"]) == pytest.approx(
        (change.difference, change.low, change.high)
    )
    p = two_proportion_score_p([10, 30], 100, [50, 2], 120)
    assert trends.table.loc[["sql", "fax"], "adjusted"].tolist() == pytest.approx(adjusted_p_values(p).tolist())
    assert trends.total is not None
    assert trends.total.growth == pytest.approx(50 / 120 - 10 / 100)
    assert trends.total.decline == pytest.approx(30 / 100 - 2 / 120)


def test_fewer_than_five_mentions_are_too_few_to_be_tested():
    found, _trends = states(year(BEFORE, 100, sql=0), year(AFTER, 100, sql=4, excel=5))
    assert (found["sql"], found["r"]) == ("too_few", "too_few")
    assert found["excel"] != "too_few"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (0, 0, "no_dated"),
        (92, 93, "too_few_postings_before"),
        (93, 92, "too_few_postings_after"),
        (0, 200, "too_few_postings_before"),
        (93, 93, ""),
    ],
)
def test_a_period_with_too_few_postings_has_no_trend_and_says_which(before, after, reason):
    found, trends = states(year(BEFORE, before, sql=before), year(AFTER, after, sql=0))
    assert trends.reason == reason
    assert bool(found) == (reason == "")
    assert (trends.total is None) == (reason != "")


def test_undated_postings_feed_no_trend():
    found, trends = states(
        year(BEFORE, 100, sql=10), year(AFTER, 100, sql=10), several(500, published=None, says="sql")
    )
    assert found["sql"] == "open"
    assert (trends.left_out.undated, trends.after.postings) == (500, 100)


def test_postings_searched_with_other_terms_are_left_out_and_counted():
    former = [row | {"vocabulary": 2} for row in year(BEFORE, 100, sql=90)]
    found, trends = states(former, year(AFTER, 100, sql=10))
    assert trends.reason == "too_few_postings_before"
    assert trends.left_out.other_vocabulary == 100
    assert found == {}


def test_the_later_period_ends_with_the_newest_posting_and_holds_twelve_months():
    rows = [
        *year("2026-03-01", 93),
        *year("2025-03-02", 1),
        *year("2025-03-01", 93),
        *year("2024-03-02", 1),
        *year("2024-03-01", 7),
    ]
    _found, trends = states(rows)
    assert (trends.after.postings, trends.before.postings, trends.left_out.older) == (94, 94, 7)
    assert str(trends.after.first.date()) == "2025-03-02"


def test_one_loud_employer_does_not_make_a_trend():
    def asking(day, sql, employer):
        rows = several(sql, published=day, says="sql") + several(100 - sql, published=day, says="excel")
        return [row | {"employer": employer(n, row)} for n, row in enumerate(rows)]

    before = asking(BEFORE, 10, lambda n, _row: f"e{n}")
    many = asking(AFTER, 30, lambda n, _row: f"e{n}")
    one = asking(AFTER, 30, lambda n, row: "loud" if row["says"] == "sql" else f"e{n}")
    assert states(before, many)[0]["sql"] == "rising"
    assert states(before, one)[0]["sql"] == "open"


def test_no_finding_survives_chance_in_both_directions():
    found, _trends = states(year(BEFORE, 100, sql=50, excel=50), year(AFTER, 100, sql=50, excel=50))
    assert (found["sql"], found["excel"]) == ("open", "open")


def test_all_rates_together_move_further_than_chance_or_not():
    rates = {"sql": 50, "excel": 50}
    _states, same = states(year(BEFORE, 100, **rates), year(AFTER, 100, sql=52, excel=49))
    assert (same.total.total, same.moved) == (pytest.approx(0.03), False)
    assert same.floor > 0.03
    assert states(year(BEFORE, 100, **rates), year(AFTER, 100, sql=80, excel=20))[1].moved


def test_a_period_of_seven_employers_has_no_trend():
    seven = [row | {"employer": f"e{n % 7}"} for n, row in enumerate(year(BEFORE, 140, sql=10))]
    found, trends = states(seven, year(AFTER, 100, sql=50))
    assert (found, trends.reason) == ({}, "too_few_employers_before")
