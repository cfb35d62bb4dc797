"""What hangs on a course: the measures of Curricular Analytics, the longest chain, and broken graphs.

The example of the docstrings, figure (a) of Heileman et al. 2018:

    v1 ──> v2 ──> v4
     └───> v3

Of alternatives one is enough: a course is reachable when one of each choice is. What hangs on a course is what cannot
be reached without it; chains run through the alternative that is reached first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise, repeat
from operator import and_
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis import UndefinedMeasure

from .frames import CurriculumFrames

Pairs = Iterable[tuple[Hashable, Hashable]] | Iterable[str] | npt.NDArray[Any] | pd.DataFrame
Choices = Iterable[tuple[Sequence[Hashable], Hashable]]  # alternatives, and the course that one of them is enough for


class Requirement(NamedTuple):
    """A row of prerequisites; rows of one course with the same `alternative` above 0 are alternatives."""

    requires: Hashable
    course: Hashable
    kind: str = "pre"
    alternative: int = 0


class PrerequisiteCycle(UndefinedMeasure):
    """Courses that require each other in a ring, so that none can be taken first."""

    def __init__(self, courses: Sequence[Hashable]) -> None:
        ring = " → ".join(str(course) for course in (*courses, courses[0]))
        super().__init__(f"The prerequisites form a cycle: {ring}.")
        self.courses = tuple(courses)


@dataclass(frozen=True)
class _Graph:
    courses: list[Hashable]
    needs: list[list[tuple[int, ...]]]  # for each course what it requires, each as the alternatives to it


@dataclass(frozen=True)
class _Order:
    """The courses that can be reached, each after what it requires, by the alternatives that are reached first."""

    places: list[int]
    after: list[list[int]]  # for each course, those that require it
    before: list[list[int]]  # for each course, those that it requires


def required_rows(frames: CurriculumFrames) -> list[Requirement]:
    """The prerequisites of a plan; before it, and no alternatives, where the frame does not say."""
    said = frames.prerequisites
    kinds = said["kind"].astype(object).fillna("pre") if "kind" in said else repeat("pre", len(said))
    numbers = said["alternative"].astype(float).fillna(0) if "alternative" in said else repeat(0, len(said))
    rows = zip(said["requires"], said["course"], kinds, numbers, strict=True)
    return [Requirement(requires, course, kind, int(alternative)) for requires, course, kind, alternative in rows]


def pairs_and_choices(rows: Iterable[Requirement]) -> tuple[list[tuple[Hashable, Hashable]], list[tuple[Any, Any]]]:
    """What the measures take: pairs, and the alternatives of each choice with their course.

    Courses that are taken together require each other without either being first: such links are left out.

    >>> pairs_and_choices([Requirement("A", "C", "pre", 1), Requirement("B", "C", "pre", 1), Requirement("C", "D")])
    ([('C', 'D')], [(('A', 'B'), 'C')])
    """
    rows = list(rows)
    together = _rings_of([(row.requires, row.course) for row in rows if row.kind != "pre" and not row.alternative])
    pairs, choices = [], defaultdict[tuple[Hashable, int], list[Hashable]](list)
    for row in rows:
        if row.alternative:
            choices[row.course, row.alternative].append(row.requires)
        elif row.kind == "pre" or (row.requires, row.course) not in together:
            pairs.append((row.requires, row.course))
    return pairs, [(tuple(alternatives), course) for (course, _number), alternatives in choices.items()]


def _rings_of(pairs: list[tuple[Hashable, Hashable]]) -> set[tuple[Hashable, Hashable]]:
    courses, found = list(dict.fromkeys(course for pair in pairs for course in pair)), set[tuple[Hashable, Hashable]]()
    while ring := find_cycle(courses, [pair for pair in pairs if pair not in found]):
        found |= {*pairwise((*ring, ring[0]))}
    return found


def complexity(courses: Sequence[Hashable], prerequisites: Pairs, choices: Choices = ()) -> pd.DataFrame:
    """Blocking, delay, centrality and complexity of each course, as Curricular Analytics defines them.

    `courses` are codes; `prerequisites` are pairs (prerequisite, course) of them, co-requisites as pairs too; a pair
    given twice counts once; `choices` are alternatives with the course that one of them is enough for. Returns whole
    numbers by course. Blocking: how many courses cannot be reached without this one, from 0 to all but itself. Delay:
    courses in the longest chain through it, from 1 (it stands alone) up to the number of terms the plan needs.
    Centrality: the summed lengths (in courses) of all chains from a first to a last course that pass through it in
    between, 0 at either end. Complexity: blocking + delay; moving the highest moves most. Raises PrerequisiteCycle,
    an UndefinedMeasure that names the ring; ValueError that names an unknown or repeated course.
    Source: Heileman, Abdallah, Slim and Hickman 2018, arXiv:1811.09676.

    >>> complexity(["v1", "v2", "v3", "v4"], [("v1", "v2"), ("v1", "v3"), ("v2", "v4")]).loc["v2"].to_dict()
    {'blocking': 1, 'delay': 3, 'centrality': 3, 'complexity': 4}
    """
    graph = _graph(courses, prerequisites, choices)
    order = _term_order(graph)
    blocking = _blocking(graph, order)
    delay = _delays(order)
    table = {
        "blocking": blocking,
        "delay": delay,
        "centrality": _centralities(order),
        "complexity": [blocked + delayed for blocked, delayed in zip(blocking, delay, strict=True)],
    }
    frame = pd.DataFrame(table, index=pd.Index(graph.courses, name="course"))
    return frame if len(frame) else frame.astype(int)


def find_cycle(courses: Sequence[Hashable], prerequisites: Pairs, choices: Choices = ()) -> list[Hashable]:
    """One ring of prerequisites, each course required by the next and the last by the first; [] without one.

    A choice closes a ring only where none of its alternatives can be reached.

    >>> find_cycle(["A", "B", "C"], [("A", "B"), ("B", "C"), ("C", "B")])
    ['B', 'C']
    """
    graph = _graph(courses, prerequisites, choices)
    return [graph.courses[place] for place in _ring(graph, _reached(graph).places)]


def critical_path(courses: Sequence[Hashable], prerequisites: Pairs, choices: Choices = ()) -> list[Hashable]:
    """The longest chain of prerequisites, first course first; of equals, the one that stands earliest.

    Its length is the fewest terms the plan can take. [] without courses. Raises PrerequisiteCycle.

    >>> critical_path(["v1", "v2", "v3", "v4"], [("v1", "v2"), ("v1", "v3"), ("v2", "v4")])
    ['v1', 'v2', 'v4']
    """
    graph = _graph(courses, prerequisites, choices)
    order = _term_order(graph)
    remaining = _longest(order.after, order.places[::-1])
    path: list[Hashable] = []
    open_to: Sequence[int] = range(len(graph.courses))
    while open_to:
        place = max(open_to, key=lambda choice: (remaining[choice], -choice))
        path.append(graph.courses[place])
        open_to = order.after[place]
    return path


def _graph(courses: Sequence[Hashable], prerequisites: Pairs, choices: Choices) -> _Graph:
    codes = list(courses)
    places = {course: place for place, course in enumerate(codes)}
    if len(places) < len(codes):
        twice = next(course for place, course in enumerate(codes) if places[course] != place)
        raise ValueError(f"course {twice!r} stands twice")
    needs: list[dict[tuple[int, ...], None]] = [{} for _ in codes]
    for alternatives, then in (*(((first,), then) for first, then in _pairs(prerequisites)), *choices):
        for course in (*alternatives, then):
            if course not in places:
                named = " or ".join(map(repr, alternatives))
                raise ValueError(f"the pair {named} → {then!r} names {course!r}, which is no course here")
        needs[places[then]][tuple(places[course] for course in alternatives)] = None
    return _Graph(codes, [list(each) for each in needs])


def _pairs(prerequisites: Pairs) -> list[tuple[Hashable, Hashable]]:
    if isinstance(prerequisites, pd.DataFrame):
        prerequisites = prerequisites.itertuples(index=False, name=None)
    pairs = [tuple(pair) for pair in prerequisites]
    for place, pair in enumerate(pairs):
        if len(pair) != 2:
            raise ValueError(f"prerequisite {place} must be a pair, but is {pair!r}")
    return pairs


def _reached(graph: _Graph) -> _Order:
    """Courses on a ring, or behind one, are left out.

    Courses are reached in the order of how many must come before them, one after another; so the first alternative
    that is reached is the one with the shortest way.
    """
    waiting: list[list[tuple[int, int]]] = [[] for _ in graph.courses]
    for course, needs in enumerate(graph.needs):
        for number, need in enumerate(needs):
            for place in need:
                waiting[place].append((course, number))
    missing = [set(range(len(needs))) for needs in graph.needs]
    first = [place for place, left in enumerate(missing) if not left]
    order = _Order(first, [[] for _ in missing], [[] for _ in missing])
    for place in order.places:
        for course, number in waiting[place]:
            if number in missing[course]:
                _meet(order, place, course)
                missing[course].discard(number)
                if not missing[course]:
                    order.places.append(course)
    return order


def _meet(order: _Order, place: int, course: int) -> None:
    if place not in order.before[course]:
        order.before[course].append(place)
        order.after[place].append(course)


def _term_order(graph: _Graph) -> _Order:
    order = _reached(graph)
    ring = _ring(graph, order.places)
    if ring:
        raise PrerequisiteCycle([graph.courses[place] for place in ring])
    return order


def _ring(graph: _Graph, order: list[int]) -> list[int]:
    """A ring among the courses that `order` could not reach, in the direction of the prerequisites.

    Each of them requires others of them and nothing else, so walking backwards must come round.
    """
    stuck = sorted(set(range(len(graph.courses))) - set(order))
    if not stuck:
        return []
    blocked, walked, place = set(stuck), dict[int, int](), stuck[0]
    while place not in walked:
        walked[place] = len(walked)
        place = min(first for need in graph.needs[place] if blocked.issuperset(need) for first in need)
    ring = list(walked)[walked[place] :][::-1]
    start = ring.index(min(ring))
    return ring[start:] + ring[:start]


def _blocking(graph: _Graph, order: _Order) -> list[int]:
    """How many courses cannot be reached without each; a bit for each course keeps the sets small.

    At first every course is thought to be needed for every other; what is not is taken away until nothing changes.
    """
    needed = [(1 << len(graph.courses)) - 1] * len(graph.courses)  # for each course, itself included
    changed = True
    while changed:
        changed = False
        for place in order.places:
            ways = [reduce(and_, (needed[first] for first in need)) for need in graph.needs[place]]
            found = reduce(int.__or__, ways, 1 << place)
            changed |= found != needed[place]
            needed[place] = found
    return [count - 1 for count in _set_bits(needed)]  # none blocks itself


def _set_bits(numbers: Sequence[int]) -> list[int]:
    """How many of the numbers hold each bit, as many bits as there are numbers."""
    counts, width = np.zeros(len(numbers), dtype=np.int64), (len(numbers) + 7) // 8
    for bits in numbers:
        held = np.frombuffer(bits.to_bytes(width, "little"), dtype=np.uint8)
        counts += np.unpackbits(held, count=len(numbers), bitorder="little")
    return [int(count) for count in counts]


def _delays(order: _Order) -> list[int]:
    until, since = _longest(order.before, order.places), _longest(order.after, order.places[::-1])
    return [first + last - 1 for first, last in zip(until, since, strict=True)]


def _longest(neighbours: list[list[int]], order: list[int]) -> list[int]:
    """Courses in the longest chain that ends at each course, counting itself."""
    longest = [1] * len(neighbours)
    for place in order:
        longest[place] += max((longest[near] for near in neighbours[place]), default=0)
    return longest


def _centralities(order: _Order) -> list[int]:
    """Chains are counted, not listed: their number can double with every course."""
    count_in, length_in = _chains(order.before, order.places)
    count_out, length_out = _chains(order.after, order.places[::-1])
    between = [bool(first and last) for first, last in zip(order.before, order.after, strict=True)]
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
