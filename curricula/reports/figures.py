"""The three shares of each ability on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from competencies.figures import DEMAND, INTERVAL, MAYBE, PAPER, PRACTICE, SPAN, THEORY, Figure, plain, share_axis
from curricula.wording import formats

from .gap_report import AbilityLine

Link = Callable[[AbilityLine], str]
Ends = tuple[float, float] | None

ROW_HEIGHT = 30
FIXED = {"fixedrange": True, "nticks": 6}
DEMANDED = ("rate", "low", "high", "share")


def three_shares(lines: Sequence[AbilityLine], *, link: Link, beside: Sequence[AbilityLine] = ()) -> Figure:
    """Each ability a row: taught, practised and demanded share on one line with the interval of demand.

    Rows run from the top in the order given. `layout.meta.rows` carries title, address, label and tone, which the
    script writes beside the row or, on a narrow screen, above it. With `beside` the scale is that of a figure of
    those lines, so that two figures of one page can be compared.
    """
    figure = go.Figure(share_traces(dict(enumerate(lines))))
    figure.update_layout(
        height=ROW_HEIGHT * len(lines) + 46,
        showlegend=False,
        hovermode="closest",
        xaxis=share_axis() | FIXED | _same_scale(beside),
        yaxis={"range": [len(lines) - 0.5, -0.5], "visible": False, "fixedrange": True},
        meta={"kind": "rows", "rows": [_row(line, link) for line in lines]},
    )
    return plain(figure)


def _same_scale(lines: Sequence[AbilityLine]) -> dict[str, list[float]]:
    ends = [s for line in lines for s in (line.drawn_hours, line.practised_share_high, line.demand_share_high) if s]
    return {"range": [0, round(104 * max(ends), 2)]} if ends else {}


def share_traces(lines: Mapping[int, AbilityLine]) -> list[go.Scatter]:
    """The marks of abilities at their rows: what spans them, the interval, then theory, practice and demand."""
    return [
        _bars(lines, _span, SPAN, 2),
        _bars(lines, lambda line: _interval(line.demand_share_low, line.demand_share_high), INTERVAL, 6),
        _bars(lines, lambda line: _interval(line.practised_share, line.practised_share_high), MAYBE, 6),
        _marks(lines, "drawn_hours", _("theory"), symbol="circle", color=PAPER, line=THEORY),
        _marks(lines, "practised_share", _("practice"), symbol="circle", color=PRACTICE),
        _marks(lines, "demand_share", _("demand"), symbol="diamond", color=DEMAND),
    ]


def _row(line: AbilityLine, link: Link) -> dict[str, str]:
    return {"title": escape(line.title), "href": link(line), "label": line.label_text, "tone": line.tone}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _bars(lines: Mapping[int, AbilityLine], ends: Callable[[AbilityLine], Ends], color: str, width: int) -> go.Scatter:
    """A line from one share to another in each row that has such ends."""
    xs: list[float | None] = []
    ys: list[int | None] = []
    for place, line in lines.items():
        if found := ends(line):
            xs += [*map(_percent, found), None]
            ys += [place, place, None]
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": color, "width": width}, hoverinfo="skip")


def _span(line: AbilityLine) -> Ends:
    """From the smallest to the largest of the three shares."""
    known = [s for s in (line.drawn_hours, line.practised_share, line.demand_share) if s is not None]
    return (min(known), max(known)) if len(known) > 1 else None


def _interval(low: float | None, high: float | None) -> Ends:
    return None if low is None or high is None or low == high else (low, high)


def _marks(
    lines: Mapping[int, AbilityLine], field: str, name: str, *, symbol: str, color: str, line: str = ""
) -> go.Scatter:
    marker = {"symbol": symbol, "size": 11, "color": color}
    if line:
        marker["line"] = {"color": line, "width": 2.2}
    return go.Scatter(
        x=[_percent(getattr(row, field)) for row in lines.values()],
        y=list(lines),
        mode="markers",
        cliponaxis=False,
        name=name,
        marker=marker,
        customdata=[counts_of(row, field) for row in lines.values()],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


def counts_of(line: AbilityLine, field: str) -> list[str]:
    """What a mark says when pointed at: the title, then counts before shares."""
    title = escape(line.title)
    if field == "demand_share":
        shares = {name: formats.show(getattr(line, f"demand_{name}"), "share") for name in DEMANDED}
        words = formats.plural(
            "%(n)s posting mentions it: %(rate)s of all, %(low)s to %(high)s; share %(share)s",
            "%(n)s postings mention it: %(rate)s of all, %(low)s to %(high)s; share %(share)s",
            line.demand_mentions or 0,
            **shares,
        )
        return [title, words]
    hours, words = line.practised_hours, _("practice: %(hours)s h, %(share)s")
    if field == "drawn_hours":
        hours, words = line.taught_hours, _("theory: %(hours)s h, %(share)s")
        if not line.split:
            hours, words = line.exposure_hours, _("all hours: %(hours)s h, %(share)s")
    return [
        title,
        words % {"hours": formats.show(hours, "hours"), "share": formats.show(getattr(line, field), "share")},
    ]
