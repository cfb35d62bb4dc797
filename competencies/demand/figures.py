"""Rates of demand and their changes, each ability a row with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from competencies.demand.presenters.overview import AskedLine, TrendLine
from competencies.figures import DEMAND, INTERVAL, Figure, plain, share_axis, with_percent_sign

ROW_HEIGHT = 34


def asked_figure(lines: Sequence[AskedLine], *, postings: int) -> Figure:
    """How many postings ask for each ability: the rate on its interval.

    Rows run from the top in the order given; `layout.meta.rows` says what static/charts.js writes beside them.
    """
    marks = _marks([line.rate for line in lines], [_asked_words(line, postings) for line in lines])
    rows = [_row(line.title, line.href, _of(line.mentions, postings), "na") for line in lines]
    return _in_rows(lines, marks, rows, share_axis())


def _of(k: int, n: int) -> str:
    return _("%(k)s of %(n)s") % {"k": f"{k:,}", "n": f"{n:,}"}


def _asked_words(line: AskedLine, postings: int) -> str:
    words = _(
        "%(k)s of %(n)s postings, %(employers)s employers: %(rate)s (%(low)s to %(high)s, with %(effective)s "
        "effective postings)"
    )
    rates = {name: _percent(getattr(line, name)) for name in ("rate", "low", "high")}
    counts = {"k": line.mentions, "n": postings, "employers": line.employers, "effective": line.effective or 0}
    return words % (rates | {name: f"{number:,}" for name, number in counts.items()})


def trends_figure(lines: Sequence[TrendLine]) -> Figure:
    """How far each rate moved, in points, on its 95 % interval; 0 is no change."""
    marks = _marks([line.difference for line in lines], list(map(_trend_words, lines)))
    rows = [_row(line.title, line.href, line.state_text, line.tone) for line in lines]
    return _in_rows(lines, marks, rows, {"zeroline": True, "zerolinewidth": 1.5})


def _trend_words(line: TrendLine) -> str:
    words = _(
        "%(before)s of the earlier postings, %(after)s of the later ones; %(change)s points (%(low)s to %(high)s)"
    )
    points = {"change": _points(line.difference), "low": _points(line.low), "high": _points(line.high)}
    return words % ({"before": _percent(line.rate_before), "after": _percent(line.rate_after)} | points)


def _in_rows(
    lines: Iterable[AskedLine | TrendLine], marks: go.Scatter, rows: list[dict[str, str]], axis: dict[str, Any]
) -> Figure:
    figure = go.Figure([_intervals(lines), marks])
    figure.update_layout(
        height=ROW_HEIGHT * len(rows) + 46,
        showlegend=False,
        hovermode="closest",
        xaxis={"fixedrange": True, "nticks": 6, **axis},
        yaxis={"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True},
        meta={"kind": "rows", "rows": rows},
    )
    return plain(figure)


def _row(title: str, href: str, label: str, tone: str) -> dict[str, str]:
    return {"title": escape(title), "href": href, "label": label, "tone": tone}


def _intervals(lines: Iterable[AskedLine | TrendLine]) -> go.Scatter:
    """One bar a row, as a line that is lifted between rows."""
    xs: list[float | None] = []
    ys: list[int | None] = []
    for place, line in enumerate(lines):
        xs += [round(100 * line.low, 2), round(100 * line.high, 2), None]
        ys += [place, place, None]
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": INTERVAL, "width": 8}, hoverinfo="skip")


def _marks(values: Sequence[float], words: Sequence[str]) -> go.Scatter:
    return go.Scatter(
        x=[round(100 * value, 2) for value in values],
        y=list(range(len(values))),
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": DEMAND},
        customdata=[escape(each) for each in words],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _percent(value: float) -> str:
    return with_percent_sign(f"{100 * value:.1f}")


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−")
