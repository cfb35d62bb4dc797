"""What all figures share: their colours, and their form for the page.

Figures are plain dicts with lists for arrays. Colours are those of the light theme; static/charts.js exchanges them
for the tokens of the reader's theme. Texts come from users: Plotly reads a little HTML in them, so they are escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import plotly.graph_objects as go

Figure = dict[str, Any]

THEORY, PRACTICE, DEMAND = "#0072B2", "#D55E00", "#1c2430"
SPAN, INTERVAL, MAYBE, PAPER = "#c9d1da", "#1c243030", "#d55e0040", "#ffffff"
SOFT, FAINT, ACCENT, GAP = "#5b6675", "#5b667588", "#0b4f8a", "#b3261e"


def with_percent_sign(figure: str) -> str:
    """English sets a space before the sign, which never breaks a line; Chinese sets none."""
    return (_("%(figure)s %%") % {"figure": figure}).replace(" ", "\u00a0")


def share_axis() -> dict[str, Any]:
    """An axis of per cents, from 0."""
    return {"rangemode": "tozero", "ticksuffix": with_percent_sign(""), "zeroline": False}


def plain(figure: go.Figure) -> Figure:
    """A figure as lists, numbers and strings; Plotly's own JSON packs arrays in a form other readers miss."""
    return {"data": [_listed(trace.to_plotly_json()) for trace in figure.data], "layout": _layout(figure)}


def _layout(figure: go.Figure) -> Figure:
    layout = figure.layout.to_plotly_json()
    layout.pop("template", None)
    return _listed(layout)


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_listed(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value
