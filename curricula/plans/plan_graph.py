"""The prerequisites of a plan as a drawing: terms as columns, courses as boxes, prerequisites as lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import plotly.graph_objects as go
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.figures import ACCENT, FAINT, GAP, SOFT, Figure, plain
from curricula.analysis.measures.graph_layout import Route
from curricula.plans.presenters.prerequisites import CourseLine, PrerequisitePage, Term
from curricula.wording import formats

HALF: Final = 0.42  # of a box's width, in columns; charts/graph.js makes the boxes as wide
STEPS: Final = 14  # pieces of a bend
BULGE: Final = 0.085  # how far a line within a term leaves its column, in columns
ROW: Final = 58  # height of a course, in pixels
HEAD: Final = 44  # of the terms' names

Points = list[tuple[float, float]]


def plan_graph(page: PrerequisitePage) -> Figure:
    """Boxes are placed by `page.layout`; lines are one trace each, in the order of `layout.meta.edges`.

    The longest chain has a thick line and border, a prerequisite that the plan does not keep a dashed line. What a
    box says stands in `layout.meta.nodes`; the script writes it, because only it knows how wide a box is.
    """
    places, columns = page.layout.places, len(page.layout.columns)
    critical = set(pairwise(line.code for line in page.longest))
    kinds = {(row.requires, row.course): "or" if row.alternative else row.kind for row in page.pairs}
    lines = {line.code: line for line in page.lines}
    figure = go.Figure([_line(route, kinds, critical=critical, page=page) for route in page.layout.routes])
    figure.update_layout(
        height=round(page.layout.height * ROW) + HEAD,
        showlegend=False,
        hovermode=False,
        margin={"l": 0, "r": 0, "t": HEAD, "b": 2},
        xaxis={"range": [-0.5, columns - 0.5], "visible": False, "fixedrange": True},
        yaxis={"range": [page.layout.height, 0], "visible": False, "fixedrange": True},
        meta={
            "kind": "graph",
            "half": HALF,
            "row": ROW,
            "divider": page.layout.tied_height if page.untied else 0,
            "loose": _("neither requiring nor required"),
            "nodes": [_node(lines[code], place.column, place.y, tied=place.tied) for code, place in places.items()],
            "edges": [[route.requires, route.course] for route in page.layout.routes],
            "terms": [_heading(term) for term in page.terms],
        },
    )
    return plain(figure)


def _node(line: CourseLine, column: int, y: float, *, tied: bool) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "href": line.href,
        "x": column,
        "y": round(y, 3),
        "tied": tied,
        "critical": line.critical,
        "figure": formats.show(line.measures["complexity"], "count") if tied else "",
        "said": said(line),
    }


def said(line: CourseLine) -> str:
    """What the page says of a course that is pointed at: counts, then the longest chain."""
    words = _("%(course)s – before it: %(before)s · waiting for it: %(blocking)s · longest chain: %(delay)s")
    values = {name: formats.show(line.measures[name], "count") for name in ("blocking", "delay")}
    return words % {"course": line.name, "before": line.before, **values}


def _heading(term: Term) -> dict[str, str]:
    courses = len(term.lines)
    words = ngettext("%(count)s course", "%(count)s courses", courses) % {"count": courses}
    if term.credits is not None:
        stated = ngettext("%(credits)s credit", "%(credits)s credits", 1 if term.credits == 1 else 2)
        words += " · " + stated % {"credits": formats.number(term.credits)}
    return {"title": term.title, "words": words}


def _line(
    route: Route, kinds: dict[tuple[str | None, str], str], *, critical: set[tuple[str, str]], page: PrerequisitePage
) -> go.Scatter:
    pair = (route.requires, route.course)
    style: dict[str, Any] = {"color": FAINT, "width": 1.5}
    if kinds[pair] == "or":
        style = {"color": SOFT, "width": 1.5, "dash": "longdashdot"}
    elif kinds[pair] != "pre":
        style = {"color": SOFT, "width": 1.5, "dash": "dot"}
    if pair in critical:
        style |= {"color": ACCENT, "width": 3.5}
    if not _in_order(pair, page):
        style = {"color": GAP, "width": 2, "dash": "dash"}
    points = _points(route)
    return go.Scatter(
        x=[round(x, 3) for x, _y in points],
        y=[round(y, 3) for _x, y in points],
        mode="lines",
        line=style,
        hoverinfo="skip",
    )


def _in_order(pair: tuple[str, str], page: PrerequisitePage) -> bool:
    ring = {*pairwise((*page.ring, *page.ring[:1]))}
    needs = next(line.needs for line in page.lines if line.code == pair[1])
    return pair not in ring and all(need.in_order for need in needs if need.name == pair[0])


def _points(route: Route) -> Points:
    """From the right side of one box to the left side of the other, level through every column between."""
    (first, y), (last, end) = route.points[0], route.points[-1]
    if first == last:
        return _bulge(first + HALF, y, end)
    if not route.forward:
        return _bend((first - HALF, y), (last + HALF, end))
    points: Points = []
    for (column, here), (following, there) in pairwise(route.points):
        points += _bend((column + HALF, here), (following - HALF, there))
    return points


def _bend(start: tuple[float, float], end: tuple[float, float]) -> Points:
    """An S between two points that leaves and arrives level."""
    parts = (step / STEPS for step in range(STEPS + 1))
    return [
        (start[0] + part * (end[0] - start[0]), start[1] + part**2 * (3 - 2 * part) * (end[1] - start[1]))
        for part in parts
    ]


def _bulge(x: float, start: float, end: float) -> Points:
    parts: Sequence[float] = [step / STEPS for step in range(STEPS + 1)]
    return [(x + BULGE * 4 * part * (1 - part), start + part * (end - start)) for part in parts]
