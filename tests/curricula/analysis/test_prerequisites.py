from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from curricularanalytics import Course, Curriculum, pre
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.prerequisites import (
    PrerequisiteCycle,
    Requirement,
    complexity,
    critical_path,
    find_cycle,
    pairs_and_choices,
)
from tests.analysis_properties import quick
from tests.test_golden import EXAMPLES

# A ──> B ──> D ──> F
# └───> C ──> D ──> G ──> F
#       └───> E
BASKETS = (list("ABCDEFG"), ["AB", "AC", "BD", "CD", "CE", "DF", "DG", "GF"])


@st.composite
def graphs(draw, most: int = 9):
    """Courses in any order and pairs that never run backwards in a hidden order of terms."""
    size = draw(st.integers(1, most))
    forward = [(i, j) for i in range(size) for j in range(i + 1, size)]
    edges = draw(st.lists(st.sampled_from(forward), unique=True)) if forward else []
    names = draw(st.permutations([f"C{place}" for place in range(size)]))
    return sorted(names), [(names[i], names[j]) for i, j in edges]


def _chains(courses, pairs):
    """Every chain from a course that requires nothing to one that nothing requires, by walking each."""
    after = {course: [then for first, then in pairs if first == course] for course in courses}
    required = {then for _, then in pairs}
    walks = [[course] for course in courses if course not in required]
    finished = []
    while walks:
        walk = walks.pop()
        if not after[walk[-1]]:
            finished.append(walk)
        walks += [[*walk, then] for then in after[walk[-1]]]
    return finished


def _followers(course, pairs):
    found: set[str] = set()
    waiting = [course]
    while waiting:
        current = waiting.pop()
        new = {then for first, then in pairs if first == current} - found
        found |= new
        waiting += new
    return found


def _complexity_twin(courses, pairs):
    chains = _chains(courses, pairs)
    rows = {}
    for course in courses:
        through = [chain for chain in chains if course in chain]
        blocking, delay = len(_followers(course, pairs)), max(map(len, through))
        central = sum(len(chain) for chain in through if course not in (chain[0], chain[-1]))
        rows[course] = {
            "blocking": blocking,
            "delay": delay,
            "centrality": central,
            "complexity": blocking + delay,
        }
    return rows


@quick
@given(graphs())
def test_complexity_equals_walking_every_chain(graph):
    assert complexity(*graph).to_dict(orient="index") == _complexity_twin(*graph)


def _reference(courses, pairs) -> dict[str, dict[str, Any]]:
    """What the published package says of the same graph."""
    made = {course: Course(course, 3.0) for course in courses}
    for first, then in pairs:
        made[then].add_requisite(made[first], pre)
    curriculum = Curriculum("reference", list(made.values()))
    return {
        course: {
            "blocking": curriculum.blocking_factor(node),
            "delay": curriculum.delay_factor(node),
            "centrality": curriculum.centrality(node),
            "complexity": curriculum.complexity(node),
        }
        for course, node in made.items()
    }


@quick
@given(graphs())
def test_complexity_equals_the_reference_package(graph):
    assert complexity(*graph).to_dict(orient="index") == _reference(*graph)


@pytest.mark.skipif(not EXAMPLES, reason="the worked examples are not beside the project")
def test_complexity_equals_the_reference_package_on_the_published_graphs():
    published = [example["input"] for example in EXAMPLES if "nodes" in example["input"]]
    assert len(published) == 4
    for graph in published:
        courses, pairs = graph["nodes"], [tuple(edge) for edge in graph["edges"]]
        assert complexity(courses, pairs).to_dict(orient="index") == _reference(courses, pairs)


def test_complexity_of_postmodern_basket_weaving_is_as_published():
    found = complexity(*BASKETS)
    assert found.sum().to_dict() == {"blocking": 16, "delay": 33, "centrality": 49, "complexity": 49}


@quick
@given(graphs(), st.randoms(use_true_random=False))
def test_complexity_does_not_mind_the_order_of_courses_or_pairs(graph, random):
    courses, pairs = graph
    shuffled = complexity(random.sample(courses, len(courses)), random.sample(pairs, len(pairs)))
    pd.testing.assert_frame_equal(shuffled.loc[courses], complexity(courses, pairs))


@quick
@given(graphs(), st.data())
def test_another_prerequisite_never_lowers_blocking_or_delay(graph, data):
    courses, pairs = graph
    before = complexity(courses, pairs)
    last, first = data.draw(st.sampled_from(courses)), data.draw(st.sampled_from(courses))
    if first == last or first in _followers(last, pairs):
        return
    after = complexity(courses, [*pairs, (first, last)])
    assert (after[["blocking", "delay"]] >= before[["blocking", "delay"]]).all(axis=None)


def test_chains_are_counted_and_not_listed():
    """Two choices in each of ninety terms make 2 ** 90 chains."""
    layers = [[f"{term}a", f"{term}b"] for term in range(90)]
    courses = [course for layer in layers for course in layer]
    pairs = [(x, y) for now, then in pairwise(layers) for x in now for y in then]
    found = complexity(courses, pairs)
    assert found["delay"].tolist() == [90] * 180
    assert found.loc["0a", "blocking"] == 178
    assert found.loc["45a", "centrality"] == 90 * 2**89


def test_a_pair_given_twice_counts_once_and_pairs_come_in_any_shape():
    courses, pairs = ["A", "B", "C"], [("A", "B"), ("B", "C")]
    expected = complexity(courses, pairs)
    for same in ([*pairs, ("A", "B")], np.array(pairs), pd.DataFrame(pairs), iter(pairs)):
        pd.testing.assert_frame_equal(complexity(courses, same), expected)


def test_a_course_that_stands_alone_delays_itself_only_and_no_courses_give_an_empty_table():
    assert list(complexity(["A"], []).loc["A"]) == [0, 1, 0, 1]
    empty = complexity([], [])
    assert list(empty.columns) == ["blocking", "delay", "centrality", "complexity"]
    assert empty.empty
    assert critical_path([], []) == []
    assert find_cycle([], []) == []


def test_a_cycle_is_named_in_the_direction_of_its_prerequisites():
    courses = ["A", "B", "C", "D", "E"]
    pairs = [("A", "B"), ("B", "C"), ("C", "D"), ("D", "B"), ("D", "E")]
    assert find_cycle(courses, pairs) == ["B", "C", "D"]
    for measure in (complexity, critical_path):
        with pytest.raises(PrerequisiteCycle, match="B → C → D → B") as broken:
            measure(courses, pairs)
        assert broken.value.courses == ("B", "C", "D")
        assert isinstance(broken.value, UndefinedMeasure)


def test_a_course_that_requires_itself_is_a_cycle():
    with pytest.raises(PrerequisiteCycle, match="A → A"):
        complexity(["A"], [("A", "A")])


@quick
@given(graphs(), st.data())
def test_a_cycle_found_is_a_cycle_and_no_cycle_is_found_without_one(graph, data):
    courses, pairs = graph
    assert find_cycle(courses, pairs) == []
    back = [(then, first) for first in courses for then in _followers(first, pairs)]
    if back:
        closed = [*pairs, data.draw(st.sampled_from(sorted(back)))]
        ring = find_cycle(courses, closed)
        assert all(pair in closed for pair in zip(ring, [*ring[1:], ring[0]], strict=True))


@quick
@given(graphs())
def test_the_critical_path_is_one_of_the_longest_chains(graph):
    path, chains = critical_path(*graph), _chains(*graph)
    assert path in chains
    assert len(path) == max(map(len, chains)) == complexity(*graph)["delay"].max()


def test_of_equally_long_paths_the_one_that_stands_earliest_is_taken():
    assert critical_path(*BASKETS) == ["A", "B", "D", "G", "F"]
    assert critical_path(["B", "A", "C"], [("A", "C"), ("B", "C")]) == ["B", "C"]


@pytest.mark.parametrize(
    ("courses", "pairs", "message"),
    [
        (["A"], [("A", "X")], "names 'X', which is no course here"),
        (["A", "A"], [], "course 'A' stands twice"),
        (["A", "B"], [("A", "B", "C")], "prerequisite 0 must be a pair"),
    ],
)
def test_what_cannot_be_a_graph_is_named(courses, pairs, message):
    with pytest.raises(ValueError, match=message) as refusal:
        complexity(courses, pairs)
    assert not isinstance(refusal.value, UndefinedMeasure)


def test_of_alternatives_one_is_enough():
    """C needs A or B; D needs C and A. Without A there is no D; without B everything is there."""
    table = complexity("ABCD", ["CD", "AD"], [("AB", "C")])
    assert table["blocking"].to_dict() == {"A": 1, "B": 0, "C": 1, "D": 0}
    assert table["delay"].to_dict() == {"A": 3, "B": 1, "C": 3, "D": 3}


def test_what_all_alternatives_need_is_needed():
    table = complexity("XABC", ["XA", "XB"], [("AB", "C")])
    assert table["blocking"].to_dict() == {"X": 3, "A": 0, "B": 0, "C": 0}


def test_chains_run_through_the_alternative_that_is_reached_first():
    """C by A alone takes two terms, by Y after X three."""
    table = complexity("XYAC", ["XY"], [("YA", "C")])
    assert table["delay"].to_dict() == {"X": 2, "Y": 2, "A": 2, "C": 2}
    assert critical_path("XYAC", ["XY"], [("YA", "C")]) == ["X", "Y"]


def test_a_circle_that_an_alternative_avoids_is_none():
    choices = [("MQ", "P"), ("MP", "Q")]
    assert find_cycle("MPQ", [], choices) == []
    assert complexity("MPQ", [], choices)["blocking"].to_dict() == {"M": 2, "P": 0, "Q": 0}


def test_a_circle_that_no_alternative_avoids_is_named():
    assert find_cycle("MPQ", ["PM"], [("MQ", "P"), ("MP", "Q")]) == ["M", "P"]


def test_courses_that_are_taken_together_are_no_circle():
    rows = [Requirement("L", "P", "co"), Requirement("P", "L", "strict-co"), Requirement("M", "P")]
    assert pairs_and_choices(rows) == ([("M", "P")], [])
    one_way = [Requirement("L", "P", "co"), Requirement("M", "L")]
    assert pairs_and_choices(one_way) == ([("L", "P"), ("M", "L")], [])


def test_a_course_that_must_come_before_and_with_is_a_circle():
    pairs, choices = pairs_and_choices([Requirement("L", "P", "co"), Requirement("P", "L")])
    assert find_cycle("LP", pairs, choices) == ["L", "P"]
