"""What stands over a chart says no more than its marks show."""

from __future__ import annotations

from curricula.reports.drawings import chart_words, readiness, share_chart
from curricula.reports.svg_marks import shares_of_line
from tests.report_universe import abilities, analysis, report


def test_hours_that_no_course_splits_are_drawn_as_all_hours():
    bare = {"taught_share": None, "practised_share": None, "practised_share_high": None, "exposure_share": 0.25}
    told = report(analysis=analysis(abilities=abilities().assign(**bare)))
    assert "practice" not in chart_words(told).marks
    assert chart_words(told).marks["theory"] == "all hours, not split into theory and practice"
    line = next(line for line in told.abilities if line.code == "MK.1")
    assert shares_of_line(line).taught == 0.25
    assert line.title in [row.title for row in share_chart(told, limit=9).rows]


def test_an_unfinished_mapping_has_no_shortfalls_in_its_chart():
    assert "shortfall" in chart_words(report()).note
    assert "shortfall" not in chart_words(report(analysis=analysis(unfinished=True))).note


def test_a_position_says_how_much_practice_is_not_stated():
    assert [line.counted for line in readiness(report())] == ["1 / 3", "0 / 2 (1 not stated)"]
