"""Where to draw each course and each prerequisite, so that a plan of sixty courses can be read.

Terms are columns. Courses that prerequisites tie together stand in `places` from the top, ordered so that few lines
cross; the others, which no line reaches, stand below them in the order given. A line that spans several terms passes
through a waypoint in each column between, shared by all lines from one course, so that it never runs through a box:

    term 1   term 2   term 3
     v1 ────> v2 ────> v4
      └────> · ─────> v3
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import scipy

SWEEPS: Final = 16  # to and fro, to order the columns
SETTLING: Final = 60  # more of them, to even the lines out
BOX: Final = 1.0  # the height of a course with its room, the unit of every y
WAY: Final = 0.3  # the room of a passing line
LOOSE: Final = 0.72  # the height of a course that no line reaches
APART: Final = 0.8  # between the tied courses and the others

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Place:
    column: int
    y: float  # of the middle, downwards from 0
    tied: bool  # some prerequisite reaches it


@dataclass(frozen=True)
class Route:
    """A prerequisite as the points that its line passes, from the required course to the one that requires it."""

    requires: str
    course: str
    points: tuple[tuple[int, float], ...]  # column, y

    @property
    def forward(self) -> bool:
        """It leads from a column to a later one, as a prerequisite should."""
        return self.points[0][0] < self.points[-1][0]


@dataclass(frozen=True)
class GraphLayout:
    columns: tuple[int | None, ...]  # the term of each column; None for the last, of courses without a term
    places: dict[str, Place]
    routes: tuple[Route, ...]
    crossings: int
    tied_height: float  # what the tied courses take, 0 without any
    height: float


@dataclass(frozen=True)
class _Way:
    """Where a line from `source` passes a column."""

    source: str
    column: int


_Node = str | _Way
_Columns = list[list[_Node]]
_Segments = list[tuple[_Node, _Node]]
_Near = Mapping[_Node, Sequence[_Node]]


def layered_layout(terms: Mapping[str, int | None], prerequisites: Pairs) -> GraphLayout:
    """A place for every course, ordered by barycentres, and the way of every prerequisite.

    `terms` gives each course's term, None where unknown; its order is kept where nothing else decides.
    `prerequisites` are pairs (required course, course); a pair given twice counts once. `crossings` counts the
    crossings of lines between neighbouring columns: 0 is the best, and never more than in the order given. The same
    input gives the same layout. Raises KeyError for a course without an entry in `terms`.
    Source: Sugiyama, Tagawa and Toda 1981, IEEE Trans. Syst. Man Cybern. 11, 109-125.

    >>> layout = layered_layout({"v1": 1, "v2": 2, "v3": 3, "v4": 3}, [("v1", "v2"), ("v1", "v3"), ("v2", "v4")])
    >>> layout.columns, layout.crossings, layout.places["v2"].column
    ((1, 2, 3), 0, 1)
    """
    pairs = list(dict.fromkeys(prerequisites))
    columns = tuple(sorted(set(terms.values()), key=lambda term: (term is None, term)))
    column = {course: columns.index(term) for course, term in terms.items()}
    segments = list(dict.fromkeys(link for pair in pairs for link in _links(pair, column)))
    tied = {course for pair in pairs for course in pair}
    near = _neighbours(segments, [pair for pair in pairs if column[pair[0]] >= column[pair[1]]])
    order = _ordered(_listed(tied, segments, terms, column, len(columns)), segments, near)
    heights = _levelled(order, near)
    bottom = max((y + BOX / 2 for y in heights.values()), default=0.0)
    places = {node: Place(column[node], y, tied=True) for node, y in heights.items() if isinstance(node, str)}
    places |= _loose_places([course for course in terms if course not in tied], column, bottom)
    return GraphLayout(
        columns=columns,
        places={course: places[course] for course in terms},
        routes=tuple(Route(*pair, _points(pair, column, heights)) for pair in pairs),
        crossings=_crossings(order, segments),
        tied_height=bottom,
        height=max((p.y + (BOX if p.tied else LOOSE) / 2 for p in places.values()), default=0.0),
    )


def _stations(pair: tuple[str, str], column: Mapping[str, int]) -> list[_Node]:
    """The courses of a pair, and between them a waypoint in every column that its line passes."""
    first, then = pair
    between = range(column[first] + 1, column[then])
    return [first, *(_Way(first, place) for place in between), then]


def _links(pair: tuple[str, str], column: Mapping[str, int]) -> _Segments:
    """Its pieces between neighbouring columns; none where it leads nowhere later, as such lines order nothing."""
    if column[pair[0]] >= column[pair[1]]:
        return []
    stations = _stations(pair, column)
    return list(pairwise(stations))


def _listed(
    tied: set[str], segments: _Segments, terms: Iterable[str], column: Mapping[str, int], width: int
) -> _Columns:
    """Columns in the order given: the tied courses, then the lines that pass, in the order of where they start."""
    rank = {course: place for place, course in enumerate(terms)}
    listed: _Columns = [[] for _ in range(width)]
    for course in sorted(tied, key=lambda course: rank[course]):
        listed[column[course]].append(course)
    ways = {node for link in segments for node in link if isinstance(node, _Way)}
    for way in sorted(ways, key=lambda way: (way.column, rank[way.source])):
        listed[way.column].append(way)
    return listed


def _ordered(columns: _Columns, segments: _Segments, near: tuple[_Near, _Near]) -> _Columns:
    """Sweep to and fro, each node to the mean place of its neighbours; the order with the fewest crossings stays."""
    before, after = near
    best, fewest = columns, _crossings(columns, segments)
    swept = columns
    for sweep in range(SWEEPS):
        swept = _swept(swept, before if sweep % 2 == 0 else after, backwards=sweep % 2 == 1)
        crossings = _crossings(swept, segments)
        if crossings < fewest:
            best, fewest = swept, crossings
    return best


def _neighbours(segments: _Segments, beside: Pairs) -> tuple[_Near, _Near]:
    """Of each node those before it and those after it; the pairs that order nothing count as both."""
    before, after = defaultdict(list), defaultdict(list)
    for first, then in [*segments, *beside, *((then, first) for first, then in beside)]:
        before[then].append(first)
        after[first].append(then)
    return before, after


def _swept(columns: _Columns, neighbours: _Near, *, backwards: bool) -> _Columns:
    swept = list(columns)
    for place in reversed(range(len(swept))) if backwards else range(len(swept)):
        position: dict[Hashable, float] = {node: i for column in swept for i, node in enumerate(column)}
        swept[place] = sorted(swept[place], key=lambda node: _mean(position, neighbours.get(node, ()), position[node]))
    return swept


def _mean(values: Mapping[Hashable, float], nodes: Sequence[_Node], otherwise: float) -> float:
    return sum(values[node] for node in nodes) / len(nodes) if nodes else otherwise


def _crossings(columns: _Columns, segments: _Segments) -> int:
    """Pairs of lines between two neighbouring columns whose ends stand in opposite orders."""
    position = {node: (i, place) for i, column in enumerate(columns) for place, node in enumerate(column)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for first, then in segments:
        between[position[first][0]].append((position[first][1], position[then][1]))
    return sum(
        (one[0] - two[0]) * (one[1] - two[1]) < 0
        for links in between.values()
        for i, one in enumerate(links)
        for two in links[:i]
    )


def _levelled(columns: _Columns, near: tuple[_Near, _Near]) -> dict[_Node, float]:
    """A height for every node, as near to its neighbours as its column's order and room allow."""
    before, after = near
    both = {node: [*before.get(node, ()), *after.get(node, ())] for column in columns for node in column}
    heights: dict[Hashable, float] = {}
    for column in columns:
        heights |= dict(zip(column, _offsets(column), strict=True))
    for sweep in range(SETTLING):
        neighbours = (before, after)[sweep % 2] if sweep < SWEEPS else both
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [_mean(heights, neighbours.get(node, ()), heights[node]) for node in column]
            heights |= dict(zip(column, _spaced(wanted, column), strict=True))
    return _closed({node: heights[node] for column in columns for node in column})


def _closed(heights: Mapping[_Node, float]) -> dict[_Node, float]:
    """The same heights without the bands in which no column holds anything."""
    closed: dict[_Node, float] = {}
    bottom = empty = 0.0
    for node, height in sorted(heights.items(), key=lambda item: item[1] - _room(item[0]) / 2):
        top = height - _room(node) / 2
        empty += max(0.0, top - empty - bottom) if closed else top
        closed[node] = height - empty
        bottom = max(bottom, closed[node] + _room(node) / 2)
    return closed


def _spaced(wanted: Sequence[float], column: Sequence[_Node]) -> list[float]:
    """The heights nearest to those wanted (least squares) that keep the order and everyone's room."""
    if not column:
        return []
    offsets = _offsets(column)
    moved = [height - offset for height, offset in zip(wanted, offsets, strict=True)]
    return [float(x) + offset for x, offset in zip(scipy.optimize.isotonic_regression(moved).x, offsets, strict=True)]


def _offsets(column: Sequence[_Node]) -> list[float]:
    """The middles of the nodes when they stand without a gap from 0."""
    offsets, bottom = [], 0.0
    for node in column:
        offsets.append(bottom + _room(node) / 2)
        bottom += _room(node)
    return offsets


def _room(node: _Node) -> float:
    return WAY if isinstance(node, _Way) else BOX


def _loose_places(courses: Iterable[str], column: Mapping[str, int], top: float) -> dict[str, Place]:
    start = top + APART if top else 0.0
    filled: dict[int, int] = defaultdict(int)
    places = {}
    for course in courses:
        places[course] = Place(column[course], start + (filled[column[course]] + 0.5) * LOOSE, tied=False)
        filled[column[course]] += 1
    return places


def _points(
    pair: tuple[str, str], column: Mapping[str, int], heights: Mapping[_Node, float]
) -> tuple[tuple[int, float], ...]:
    stations = _stations(pair, column)
    return tuple((node.column if isinstance(node, _Way) else column[node], heights[node]) for node in stations)
