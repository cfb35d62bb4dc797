from __future__ import annotations

from datetime import date

import pytest

from competencies.analysis.quality import margin_of, postings_for, source_quality, what_to_collect
from competencies.analysis.rates import wilson_bounds
from tests.competencies.analysis.posting_frames import frames, several

TODAY = date(2026, 7, 1)


def quality(rows, *, copies=0, vocabulary=1):
    return source_quality(frames(rows), copies=copies, vocabulary=vocabulary, today=TODAY)


@pytest.mark.parametrize("margin", [0.05, 0.1, 0.2])
def test_the_postings_for_a_margin_are_the_fewest_that_give_it(margin):
    n = postings_for(margin)
    for count, holds in ((n, True), (n - 1, False)):
        low, high = wilson_bounds(count / 2, count)
        assert bool((high - low) / 2 <= margin) is holds
        assert margin_of(count) == pytest.approx((high - low) / 2)


def test_93_postings_give_ten_points():
    assert postings_for(0.10) == 93
    assert margin_of(0) == 0.5


def test_a_source_is_counted_as_it_stands():
    rows = [
        {"employer": "a", "published": "2026-01-10", "says": "sql excel", "position": "p", "near_group": "g"},
        {"employer": "a", "published": "2026-04-10", "says": "sql", "near_group": "g"},
        {"employer": "b", "published": "2026-04-11", "vocabulary": 2},
        {"published": None},
    ]
    found = quality(rows, copies=1)
    assert (found.postings, found.age, found.months, found.empty_months) == (4, 1, 4, 2)
    assert (found.copies, found.repeating, found.undated) == (1, 1, 1)
    assert (found.duplicates_share, found.repeating_share, found.undated_share) == (0.2, 0.25, 0.25)
    assert (found.employers, found.largest_employer_share, found.mentions_per_posting) == (2, 0.5, 0.75)
    assert (found.without_mention, found.without_position) == (2, 3)
    assert (found.without_mention_share, found.without_position_share, found.former_vocabulary) == (0.5, 0.75, 1)
    assert found.concerns == ("too_few", "former_vocabulary", "one_employer", "without_mention", "gaps")


def test_a_source_without_postings_divides_by_nothing():
    found = quality([])
    assert (found.age, found.undated_share, found.mentions_per_posting, found.duplicates_share) == (None,) * 4
    assert found.concerns == ("no_postings",)


def test_a_good_source_raises_no_concern():
    rows = [{"employer": f"e{n % 40}", "says": "sql", "published": f"2026-0{n % 6 + 1}-01"} for n in range(120)]
    assert quality(rows).concerns == ()


def test_an_old_or_nameless_source_says_so():
    rows = several(120, published="2024-01-01", says="sql")
    assert quality(rows).concerns == ("old", "no_employers")


def test_what_to_collect_next_begins_with_what_lacks_most():
    rows = several(100, position="p") + several(40, position="q") + several(50, position="p", published="2025-03-01")
    found = what_to_collect(frames(rows), ["p", "q", "r"])
    assert [(w.position, w.postings, w.before, w.lacking, w.lacking_before) for w in found] == [
        ("r", 0, 0, 93, 93),
        ("q", 40, 0, 53, 93),
        ("p", 100, 50, 0, 43),
    ]
    assert found[0].margin == 0.5


def test_undated_postings_count_now_but_not_as_a_year_before():
    rows = several(5, position="p", published=None) + several(3, position="p", published="2025-01-01")
    (found,) = what_to_collect(frames(rows), ["p"])
    assert (found.postings, found.before) == (5, 3)
