"""The drawing of a plan: everything has a place, nothing overlaps, and the order is no worse than the plan's own."""

from __future__ import annotations

import doctest
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from curricula.analysis.measures import graph_layout
from curricula.analysis.measures.graph_layout import BOX, LOOSE, GraphLayout, layered_layout
from tests.analysis_properties import quick

COURSES = st.dictionaries(
    st.sampled_from([f"C{n}" for n in range(14)]), st.one_of(st.none(), st.integers(1, 6)), min_size=1
)


@st.composite
def plans(draw):
    terms = draw(COURSES)
    pairs = st.tuples(st.sampled_from(sorted(terms)), st.sampled_from(sorted(terms)))
    return terms, [pair for pair in draw(st.lists(pairs, max_size=25)) if pair[0] != pair[1]]


def drawn_crossings(layout: GraphLayout) -> int:
    """Crossings counted on the drawing itself, piece by piece."""
    pieces = {
        (one, two)
        for route in layout.routes
        if route.forward
        for one, two in zip(route.points, route.points[1:], strict=False)
    }
    return sum(
        one[0][0] == two[0][0] and (one[0][1] - two[0][1]) * (one[1][1] - two[1][1]) < 0
        for one, two in combinations(pieces, 2)
    )


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(graph_layout).failed == 0


@given(plans())
@quick
def test_every_course_stands_in_the_column_of_its_term_and_none_on_another(plan):
    terms, pairs = plan
    layout = layered_layout(terms, pairs)
    assert list(layout.places) == list(terms)
    for code, term in terms.items():
        assert layout.columns[layout.places[code].column] == term
    for one, two in combinations(layout.places.values(), 2):
        if one.column == two.column:
            least = (BOX if one.tied else LOOSE) / 2 + (BOX if two.tied else LOOSE) / 2
            assert abs(one.y - two.y) >= least - 1e-6


@given(plans())
@quick
def test_every_prerequisite_has_one_line_between_its_courses_through_each_column(plan):
    terms, pairs = plan
    layout = layered_layout(terms, pairs)
    assert [(route.requires, route.course) for route in layout.routes] == list(dict.fromkeys(pairs))
    for route in layout.routes:
        ends = [layout.places[code] for code in (route.requires, route.course)]
        assert [route.points[0], route.points[-1]] == [(place.column, place.y) for place in ends]
        if route.forward:
            assert [column for column, _y in route.points] == list(range(ends[0].column, ends[1].column + 1))


@given(plans())
@quick
def test_crossings_are_those_of_the_drawing_and_all_of_it_lies_inside(plan):
    layout = layered_layout(*plan)
    assert layout.crossings == drawn_crossings(layout)
    assert all(0 < place.y < layout.height for place in layout.places.values())
    assert all(place.tied == (place.y < layout.tied_height) for place in layout.places.values())


def test_lines_that_can_be_drawn_without_a_crossing_are():
    terms = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert layered_layout(terms, [("a", "f"), ("b", "e"), ("c", "d")]).crossings == 0


def test_a_chain_of_single_courses_is_a_straight_line():
    terms = {f"C{n}": n for n in range(5)}
    layout = layered_layout(terms, [(f"C{n}", f"C{n + 1}") for n in range(4)])
    assert {round(place.y, 6) for place in layout.places.values()} == {BOX / 2}


def test_courses_without_a_term_have_the_last_column():
    layout = layered_layout({"a": None, "b": 3, "c": 1}, [("c", "a")])
    assert layout.columns == (1, 3, None)
    assert layout.places["a"].column == 2


def test_a_line_to_an_earlier_term_is_drawn_and_orders_nothing():
    layout = layered_layout({"a": 2, "b": 1}, [("a", "b")])
    (route,) = layout.routes
    assert not route.forward
    assert len(route.points) == 2
    assert layout.crossings == 0


def test_nothing_to_draw_has_no_height():
    assert layered_layout({}, []).height == 0
