"""What hangs on a course: the measures of Curricular Analytics, the longest chain, and broken graphs.

The example of the docstrings, figure (a) of Heileman et al. 2018:

    v1 ──> v2 ──> v4
     └───> v3
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
import pandas as pd

from competencies.analysis import UndefinedMeasure

Pairs = Iterable[tuple[Hashable, Hashable]] | Iterable[str] | npt.NDArray[Any] | pd.DataFrame


class PrerequisiteCycle(UndefinedMeasure):
    """Courses that require each other in a ring, so that none can be taken first."""

    def __init__(self, courses: Sequence[Hashable]) -> None:
        ring = " → ".join(str(course) for course in (*courses, courses[0]))
        super().__init__(f"The prerequisites form a cycle: {ring}.")
        self.courses = tuple(courses)


@dataclass(frozen=True)
class _Graph:
    courses: list[Hashable]
    after: list[list[int]]  # for each course, those that require it
    before: list[list[int]]  # for each course, those that it requires


def complexity(courses: Sequence[Hashable], prerequisites: Pairs) -> pd.DataFrame:
    """Blocking, delay, centrality and complexity of each course, as Curricular Analytics defines them.

    `courses` are codes; `prerequisites` are pairs (prerequisite, course) of them, co-requisites as pairs too;
    a pair given twice counts once. Returns whole numbers by course. Blocking: how many courses cannot be
    reached without this one, from 0 to all but itself. Delay: courses in the longest chain through it, from 1
    (it stands alone) up to the number of terms the plan needs. Centrality: the summed lengths (in
    courses) of all chains from a first to a last course that pass through it in between, 0 at either end.
    Complexity: blocking + delay; moving the highest moves most. Raises PrerequisiteCycle, an UndefinedMeasure
    that names the ring; ValueError that names an unknown or repeated course.
    Source: Heileman, Abdallah, Slim and Hickman 2018, arXiv:1811.09676.

    >>> complexity(["v1", "v2", "v3", "v4"], [("v1", "v2"), ("v1", "v3"), ("v2", "v4")]).loc["v2"].to_dict()
    {'blocking': 1, 'delay': 3, 'centrality': 3, 'complexity': 4}
    """
    graph = _graph(courses, prerequisites)
    order = _term_order(graph)
    blocking = _blocking(graph, order)
    delay = _delays(graph, order)
    table = {
        "blocking": blocking,
        "delay": delay,
        "centrality": _centralities(graph, order),
        "complexity": [blocked + delayed for blocked, delayed in zip(blocking, delay, strict=True)],
    }
    frame = pd.DataFrame(table, index=pd.Index(graph.courses, name="course"))
    return frame if len(frame) else frame.astype(int)


def find_cycle(courses: Sequence[Hashable], prerequisites: Pairs) -> list[Hashable]:
    """One ring of prerequisites, each course required by the next and the last by the first; [] without one.

    >>> find_cycle(["A", "B", "C"], [("A", "B"), ("B", "C"), ("C", "B")])
    ['B', 'C']
    """
    graph = _graph(courses, prerequisites)
    return [graph.courses[place] for place in _ring(graph, _reachable_order(graph))]


def critical_path(courses: Sequence[Hashable], prerequisites: Pairs) -> list[Hashable]:
    """The longest chain of prerequisites, first course first; of equals, the one that stands earliest.

    Its length is the fewest terms the plan can take. [] without courses. Raises PrerequisiteCycle.

    >>> critical_path(["v1", "v2", "v3", "v4"], [("v1", "v2"), ("v1", "v3"), ("v2", "v4")])
    ['v1', 'v2', 'v4']
    """
    graph = _graph(courses, prerequisites)
    remaining = _longest(graph.after, _term_order(graph)[::-1])
    path: list[Hashable] = []
    choices: Sequence[int] = range(len(graph.courses))
    while choices:
        place = max(choices, key=lambda choice: (remaining[choice], -choice))
        path.append(graph.courses[place])
        choices = graph.after[place]
    return path


def _graph(courses: Sequence[Hashable], prerequisites: Pairs) -> _Graph:
    codes = list(courses)
    places = {course: place for place, course in enumerate(codes)}
    if len(places) < len(codes):
        twice = next(course for place, course in enumerate(codes) if places[course] != place)
        raise ValueError(f"course {twice!r} stands twice")
    after: list[list[int]] = [[] for _ in codes]
    before: list[list[int]] = [[] for _ in codes]
    for first, then in dict.fromkeys(_pairs(prerequisites)):
        for course in (first, then):
            if course not in places:
                raise ValueError(f"the pair {first!r} → {then!r} names {course!r}, which is no course here")
        after[places[first]].append(places[then])
        before[places[then]].append(places[first])
    return _Graph(codes, after, before)


def _pairs(prerequisites: Pairs) -> list[tuple[Hashable, Hashable]]:
    if isinstance(prerequisites, pd.DataFrame):
        prerequisites = prerequisites.itertuples(index=False, name=None)
    pairs = [tuple(pair) for pair in prerequisites]
    for place, pair in enumerate(pairs):
        if len(pair) != 2:
            raise ValueError(f"prerequisite {place} must be a pair, but is {pair!r}")
    return pairs


def _reachable_order(graph: _Graph) -> list[int]:
    """Every course after all that it requires; courses on a ring, or behind one, are left out."""
    missing = [len(required) for required in graph.before]
    order = [place for place, count in enumerate(missing) if not count]
    for place in order:
        for then in graph.after[place]:
            missing[then] -= 1
            if not missing[then]:
                order.append(then)
    return order


def _term_order(graph: _Graph) -> list[int]:
    order = _reachable_order(graph)
    ring = _ring(graph, order)
    if ring:
        raise PrerequisiteCycle([graph.courses[place] for place in ring])
    return order


def _ring(graph: _Graph, order: list[int]) -> list[int]:
    """A ring among the courses that `order` could not reach, in the direction of the prerequisites.

    Each of them requires another of them, so walking backwards must come round.
    """
    stuck = sorted(set(range(len(graph.courses))) - set(order))
    if not stuck:
        return []
    blocked, walked, place = set(stuck), dict[int, int](), stuck[0]
    while place not in walked:
        walked[place] = len(walked)
        place = min(required for required in graph.before[place] if required in blocked)
    ring = list(walked)[walked[place] :][::-1]
    start = ring.index(min(ring))
    return ring[start:] + ring[:start]


def _blocking(graph: _Graph, order: list[int]) -> list[int]:
    """Courses that follow, directly or not; a bit for each course keeps the sets small."""
    reach = [0] * len(graph.courses)
    for place in reversed(order):
        for then in graph.after[place]:
            reach[place] |= reach[then] | 1 << then
    return [followers.bit_count() for followers in reach]


def _delays(graph: _Graph, order: list[int]) -> list[int]:
    until, since = _longest(graph.before, order), _longest(graph.after, order[::-1])
    return [first + last - 1 for first, last in zip(until, since, strict=True)]


def _longest(neighbours: list[list[int]], order: list[int]) -> list[int]:
    """Courses in the longest chain that ends at each course, counting itself."""
    longest = [1] * len(neighbours)
    for place in order:
        longest[place] += max((longest[near] for near in neighbours[place]), default=0)
    return longest


def _centralities(graph: _Graph, order: list[int]) -> list[int]:
    """Chains are counted, not listed: their number can double with every course."""
    count_in, length_in = _chains(graph.before, order)
    count_out, length_out = _chains(graph.after, order[::-1])
    between = [bool(graph.before[place] and graph.after[place]) for place in range(len(graph.courses))]
    return [
        inside * (length_in[c] * count_out[c] + length_out[c] * count_in[c] - count_in[c] * count_out[c])
        for c, inside in enumerate(between)
    ]


def _chains(neighbours: list[list[int]], order: list[int]) -> tuple[list[int], list[int]]:
    """How many chains reach each course from an end of the graph, and their summed lengths in courses."""
    count, length = [1] * len(neighbours), [1] * len(neighbours)
    for place in order:
        if neighbours[place]:
            count[place] = sum(count[near] for near in neighbours[place])
            length[place] = count[place] + sum(length[near] for near in neighbours[place])
    return count, length
