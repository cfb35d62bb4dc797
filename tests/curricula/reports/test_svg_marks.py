"""The drawings: what is unknown is not drawn, what is drawn is also said, and nothing of a user is markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from curricula.analysis.frames import PairAlignment
from curricula.reports import drawings, svg_marks
from curricula.reports.gap_report import PositionLine
from tests import report_universe

SCALE = svg_marks.share_scale([0.1])
SVG = "{http://www.w3.org/2000/svg}"


def classes(svg: str) -> list[str]:
    return [element.get("class", "").split()[0] for element in ET.fromstring(svg) if element.get("class")]


def test_the_three_shares_have_the_three_marks_of_every_page():
    svg = svg_marks.share_row_svg(svg_marks.Shares(0.02, 0.04, 0.06, 0.05, 0.08), scale=SCALE, tone="gap")
    assert [name for name in classes(svg) if name != "grid"] == ["span", "ci", "theory", "practice", "demand"]
    assert 'class="span gap"' in svg


def test_a_row_says_what_it_draws():
    svg = svg_marks.share_row_svg(svg_marks.Shares(0.02, 0.0, 0.06, 0.05, 0.08), scale=SCALE, title="Live selling")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "Live selling: theory 2.0\u00a0%, practice 0\u00a0%, demand 6.0\u00a0% (95% interval 5.0\u00a0% to 8.0\u00a0%)"
    )


def test_unknown_demand_is_not_drawn_and_is_said_to_be_unknown():
    svg = svg_marks.share_row_svg(svg_marks.Shares(0.02, 0.04, None, None, None), scale=SCALE)
    assert "demand" not in classes(svg)
    assert "ci" not in classes(svg)
    assert "demand unknown" in svg


def test_a_mark_stands_where_its_share_is():
    svg = svg_marks.share_row_svg(svg_marks.Shares(0.0, 0.1, None, None, None), scale=SCALE)
    theory, practice = (element for element in ET.fromstring(svg) if element.tag == SVG + "circle")
    assert (theory.get("cx"), practice.get("cx")) == ("10.0", "410.0")


def test_an_interval_that_leaves_the_scale_ends_at_its_edge():
    svg = svg_marks.share_row_svg(svg_marks.Shares(None, None, 0.09, 0.05, 0.4), scale=SCALE)
    interval = next(element for element in ET.fromstring(svg) if element.get("class") == "ci")
    assert float(interval.get("x", 0)) + float(interval.get("width", 0)) == 410.0


@pytest.mark.parametrize(
    ("shares", "ticks"),
    [
        ([0.08], (0.0, 0.02, 0.04, 0.06, 0.08)),
        ([0.043, None], (0.0, 0.01, 0.02, 0.03, 0.04)),
        ([1.0], (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        ([], (0.0, 0.02, 0.04, 0.06, 0.08, 0.1)),
        ([0.0, None], (0.0, 0.02, 0.04, 0.06, 0.08, 0.1)),
    ],
)
def test_the_scale_has_round_steps_and_holds_every_share(shares, ticks):
    scale = svg_marks.share_scale(shares)
    assert scale.ticks == pytest.approx(ticks)
    assert scale.maximum >= max((share for share in shares if share), default=0)


def test_an_index_is_drawn_in_its_band_under_its_ceiling():
    pair = PairAlignment(index=0.5, null_low=0.4, null_high=0.6, ceiling=0.9)
    svg = svg_marks.index_rail_svg(pair, title="Theory and demand")
    assert classes(svg) == ["rail", "null", "ceil", "idx"]
    assert 'aria-label="Theory and demand: 0.50, exchanged abilities give 0.40 to 0.60, ceiling 0.90"' in svg


def test_an_undefined_index_leaves_its_rail_empty():
    svg = svg_marks.index_rail_svg(PairAlignment(index=None))
    assert classes(svg) == ["rail"]
    assert 'aria-label="undefined"' in svg


def test_readiness_draws_taught_and_practised_on_rails_of_their_own_and_assessed_as_the_triangle():
    line = PositionLine("P1", "Analyst", prepared=True, required=4, taught=3, practised=2, assessed=1)
    svg = svg_marks.readiness_svg(line)
    assert classes(svg) == ["rail", "light", "rail", "practice", "assessed"]
    assert "Analyst: of 4 required abilities 3 taught, 2 practised, 1 assessed" in svg


def test_a_position_without_requirements_draws_nothing_on_its_rail():
    line = PositionLine("P1", "Analyst", prepared=True, required=0, taught=0, practised=0, assessed=0)
    bars = [element.get("width") for element in ET.fromstring(svg_marks.readiness_svg(line))]
    assert bars == ["300.0", "0.0", "300.0", "0.0"]


def test_what_is_practised_beyond_what_is_taught_lies_over_nothing():
    line = PositionLine("P1", "Analyst", prepared=True, required=4, taught=1, practised=4, assessed=0)
    bars = [(float(each.get("y")), float(each.get("width"))) for each in ET.fromstring(svg_marks.readiness_svg(line))]
    (taught_at, taught), (practised_at, practised) = bars[1], bars[3]
    assert (taught, practised) == (75.0, 300.0)
    assert practised_at >= taught_at + 5


@pytest.mark.parametrize("kind", ["theory", "practice", "demand", "assessed", "ci"])
def test_every_mark_of_a_key_can_be_drawn_alone(kind):
    assert classes(svg_marks.mark_svg(kind)) == [kind]


def test_in_print_the_drawing_brings_its_own_colours():
    svg = svg_marks.share_row_svg(svg_marks.Shares(0.02, 0.04, 0.06, 0.05, 0.08), scale=SCALE, inline=True)
    assert "class=" not in svg
    assert svg_marks.THEORY in svg
    assert svg_marks.PRACTICE in svg


def test_a_title_cannot_leave_its_attribute():
    svg = svg_marks.share_row_svg(
        svg_marks.Shares(0.1, 0.1, 0.1, None, None), scale=SCALE, title='"><script>alert(1)</script>\x00'
    )
    assert "<script>" not in svg
    assert ET.fromstring(svg).get("aria-label", "").startswith('"><script>alert(1)</script> : theory')


def test_hours_that_reach_no_ability_neither_have_a_colour_nor_set_its_scale():
    *areas, unmapped = drawings.heat(report_universe.report())
    assert max(cell.strength for row in areas for cell in row.cells) == 1
    assert [(cell.text, cell.strength) for cell in unmapped.cells] == [("16", 0), *[("none", 0)] * 4]
