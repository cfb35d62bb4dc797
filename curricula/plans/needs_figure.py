"""Importance against competence, with both crosshairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from competencies.figures import ACCENT, FAINT, GAP, PAPER, SOFT, Figure, plain
from curricula.plans.presenters.needs import QUADRANTS, NeedLine, NeedsPage

_LABEL_ROOM = (0.06, 0.035)  # parts of the scale across and along, within which a label would lie on a point
_SIDES = ("left", "right")
_ENDS = ("bottom", "top")


def needs_figure(page: NeedsPage, *, link: Callable[[NeedLine], str]) -> Figure:
    """Each ability a point with its place in the table, open where it changes its quadrant with the crosshair.

    `meta.links` says what each point opens.
    """
    settled = [line for line in page.lines if not line.moves]
    figure = go.Figure()
    for lines, color, outline in ((settled, ACCENT, ACCENT), (page.movers, PAPER, GAP)):
        figure.add_trace(_points(lines, page, color=color, outline=outline))
    low, high = page.scale
    axis = {"range": [low - 0.1 * (high - low), high + 0.1 * (high - low)], "fixedrange": True, "zeroline": False}
    figure.update_layout(
        height=460,
        showlegend=False,
        hovermode="closest",
        xaxis={**axis, "title": {"text": _("competence")}},
        yaxis={**axis, "title": {"text": _("importance")}},
        shapes=_crosshairs(page),
        annotations=_quadrant_names(),
        meta={"links": [[link(line) for line in lines] for lines in (settled, page.movers)]},
    )
    return plain(figure)


def _label_side(line: NeedLine, page: NeedsPage) -> str:
    """Right of the point, or left where another point lies just there."""
    low, high = page.scale
    across, along = (part * (high - low) for part in _LABEL_ROOM)
    neighbours = (
        0 <= other.competence - line.competence < across and abs(other.importance - line.importance) < along
        for other in page.lines
        if other is not line
    )
    return "middle left" if any(neighbours) else "middle right"


def _points(lines: Sequence[NeedLine], page: NeedsPage, *, color: str, outline: str) -> go.Scatter:
    ranks = {line.code: rank for rank, line in enumerate(page.lines, start=1)}
    return go.Scatter(
        x=[round(line.competence, 3) for line in lines],
        y=[round(line.importance, 3) for line in lines],
        mode="markers+text",
        text=[str(ranks[line.code]) for line in lines],
        textposition=[_label_side(line, page) for line in lines],
        textfont={"size": 11, "color": SOFT},
        marker={"size": 11, "color": color, "line": {"color": outline, "width": 2}},
        customdata=[[f"{ranks[line.code]} {escape(line.title)}", _words(line)] for line in lines],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


def _words(line: NeedLine) -> str:
    words = _("importance %(importance)s, competence %(competence)s, %(pairs)s respondents: %(verdict)s")
    values = {"importance": f"{line.importance:.2f}", "competence": f"{line.competence:.2f}", "pairs": line.pairs}
    by_mean, by_midpoint = line.words
    verdict = by_mean
    if line.moves:
        verdict = _("%(mean)s by the means, %(midpoint)s by the middle of the scale") % {
            "mean": by_mean,
            "midpoint": by_midpoint,
        }
    return escape(words % (values | {"verdict": verdict}))


def _crosshairs(page: NeedsPage) -> list[dict[str, Any]]:
    """The means as a full line, the middle of the scale as a dotted one."""
    competence, importance = page.means
    middle = page.midpoint
    return [
        *_cross(competence, importance, line={"color": FAINT, "width": 1.5}),
        *_cross(middle, middle, line={"color": FAINT, "width": 1.5, "dash": "dot"}),
    ]


def _quadrant_names() -> list[dict[str, Any]]:
    """Each in its corner, where no crosshair reaches."""
    corners = {"concentrate_here": (0, 1), "keep_up": (1, 1), "low_priority": (0, 0), "possible_overkill": (1, 0)}
    plain_text = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": SOFT}}
    return [
        {**plain_text, "text": str(QUADRANTS[name]), "x": x, "y": y, "xanchor": _SIDES[x], "yanchor": _ENDS[y]}
        for name, (x, y) in corners.items()
    ]


def _cross(x: float, y: float, *, line: dict[str, Any]) -> list[dict[str, Any]]:
    whole = {"type": "line", "layer": "below", "line": line}
    return [
        {**whole, "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1},
        {**whole, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y},
    ]
