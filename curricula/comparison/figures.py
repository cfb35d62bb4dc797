"""Plans side by side: the same abilities in the same rows, one panel a plan."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from competencies.figures import Figure, plain, share_axis
from curricula.reports.figures import FIXED, share_traces

from .presenters import AbilityRow, Comparison

ROWS = 16
ROW_HEIGHT = 30
APART = 0.03  # between panels, of the whole width
TRACES = len(share_traces({}))  # of one panel


def plans_side_by_side(comparison: Comparison) -> Figure:
    """The three shares of each ability in each plan, the same scale throughout.

    Panels stand side by side; static/charts/panels.js makes room for the names, or, on a narrow screen, puts
    the plans of an ability below its name. The trace at place i belongs to panel i // `meta.traces`.
    """
    rows = comparison.rows[:ROWS]
    figure = go.Figure()
    for number in range(len(comparison.plans)):
        shown = {place: row.cells[number].line for place, row in enumerate(rows)}
        traces = share_traces({place: line for place, line in shown.items() if line})
        axis = f"x{number + 1}" if number else "x"
        figure.add_traces([trace.update(xaxis=axis) for trace in traces])
    limit = 1.04 * max((x or 0 for trace in figure.data for x in trace.x), default=0) or 1
    figure.update_layout(
        height=ROW_HEIGHT * len(rows) + 80,
        showlegend=False,
        hovermode="closest",
        yaxis={"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True},
        **{_axis(number): _panel(number, len(comparison.plans), limit) for number in range(len(comparison.plans))},
        meta={
            "kind": "panels",
            "traces": TRACES,
            "panels": [{"name": plan.program, "year": plan.curriculum.year_of_entry} for plan in comparison.plans],
            "rows": _titles(rows),
        },
    )
    return plain(figure)


def _axis(number: int) -> str:
    return f"xaxis{number + 1}" if number else "xaxis"


def _panel(number: int, panels: int, limit: float) -> dict[str, Any]:
    width = (1 - APART * (panels - 1)) / panels
    start = number * (width + APART)
    return (
        share_axis()
        | FIXED
        | {
            "rangemode": "normal",
            "range": [-0.03 * limit, limit],
            "domain": [round(start, 4), round(start + width, 4)],
            "nticks": 4,
        }
    )


def _titles(rows: Sequence[AbilityRow]) -> list[dict[str, Any]]:
    return [{"title": escape(row.title), "hrefs": [cell.href for cell in row.cells]} for row in rows]
