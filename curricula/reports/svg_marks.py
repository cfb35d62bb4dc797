"""The small drawings of LOOKS.md: one mark for theory, practice, demand and assessment, on screen and in print.

Every function gives one SVG text whose colours come from CSS classes, or, with `inline`, from its own attributes
(for print, where there is no style sheet). Only numbers and translated words enter it, and words are escaped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from competencies.figures import with_percent_sign
from curricula.analysis.frames import PairAlignment
from curricula.wording import formats, phrases

from .gap_report import AbilityLine, PositionLine

THEORY: Final = "#0072B2"
PRACTICE: Final = "#D55E00"
INK: Final = "#1c2430"

WIDTH: Final = 420
HEIGHT: Final = 26
MARGIN: Final = 10
RAIL: Final = 300
HALF_TICK: Final = 16  # half of "0 %" as drawn: the first figure of the axis stays inside

_INLINE: Final[dict[str, dict[str, str]]] = {
    "grid": {"stroke": "#e3e7ec"},
    "span": {"stroke": "#c9d1da", "stroke-width": "2"},
    "ci": {"fill": INK, "fill-opacity": "0.18"},
    "maybe": {"fill": PRACTICE, "fill-opacity": "0.25"},
    "theory": {"fill": "#fff", "stroke": THEORY, "stroke-width": "2.2"},
    "practice": {"fill": PRACTICE},
    "demand": {"fill": INK},
    "assessed": {"fill": INK},
    "rail": {"fill": "#eceff3"},
    "null": {"fill": "#c9d1da"},
    "ceil": {"stroke": "#5b6675", "stroke-width": "1.5"},
    "idx": {"fill": "#0b4f8a"},
    "was": {"fill": "#fff", "stroke": "#5b6675", "stroke-width": "1.8"},
    "way": {"stroke": "#5b6675", "stroke-width": "1.5"},
    "light": {"fill": "#9cc3de"},
    "tick": {"fill": "#5b6675", "font-size": "15", "font-family": "Libertinus Serif"},
}


@dataclass(frozen=True)
class Scale:
    """An axis from 0 to `maximum` with a line at each `step`; both are shares."""

    maximum: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        return tuple(self.step * i for i in range(int(self.maximum / self.step + 1e-9) + 1))

    def x(self, share: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * min(share, self.maximum) / self.maximum


def share_scale(shares: Iterable[float | None]) -> Scale:
    """The smallest axis with round steps that holds all shares; unknown ones are passed over."""
    largest = max((share for share in shares if share is not None), default=0.0) or 0.1
    rough = largest / 5
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= rough * 0.999)
    return Scale(maximum=max(largest, step), step=step)


class Shares(NamedTuple):
    """What is drawn of an ability on one line; None where it is unknown."""

    taught: float | None
    practised: float | None
    demand: float | None
    low: float | None  # of demand
    high: float | None
    practised_high: float | None = None


def shares_of_line(line: AbilityLine) -> Shares:
    demand = line.demand_share, line.demand_share_low, line.demand_share_high
    return Shares(line.drawn_hours, line.practised_share, *demand, line.practised_share_high)


def share_row_of(line: AbilityLine, scale: Scale, *, inline: bool = False) -> SafeString:
    """The three shares of an ability on one line."""
    return share_row_svg(shares_of_line(line), scale=scale, title=line.title, tone=line.tone, inline=inline)


def share_row_svg(
    shares: Shares, *, scale: Scale, title: str = "", tone: str = "", inline: bool = False
) -> SafeString:
    """One ability on one line: theory, practice and demand on their intervals. What is unknown is not drawn."""
    marks = dict(zip(("theory", "practice", "demand"), shares, strict=False))
    known = [share for share in marks.values() if share is not None]
    drawing = [_line(scale.x(tick), 0, HEIGHT, "grid", inline=inline) for tick in scale.ticks]
    if len(known) > 1:
        left, right = scale.x(min(known)), scale.x(max(known))
        drawing.append(_shape("line", "span", inline=inline, extra=tone, x1=left, x2=right, y1=13, y2=13))
    drawing += _interval(shares.low, shares.high, "ci", scale, inline=inline)
    if shares.practised_high != shares.practised:
        drawing += _interval(shares.practised, shares.practised_high, "maybe", scale, inline=inline)
    for mark, share in marks.items():
        if share is not None:
            drawing.append(_mark(mark, scale.x(share), 13, inline=inline))
    return _svg(drawing, WIDTH, HEIGHT, share_words(shares, title=title))


def _interval(low: float | None, high: float | None, role: str, scale: Scale, *, inline: bool) -> list[str]:
    if low is None or high is None:
        return []
    width = max(scale.x(high) - scale.x(low), 1)
    return [_shape("rect", role, inline=inline, x=scale.x(low), y=10.5, width=width, height=5, rx=2.5)]


def share_words(shares: Shares, *, title: str = "") -> str:
    """The same row for a reader who hears it."""
    told = [formats.share(share) if share is not None else _("unknown") for share in shares[:3]]
    said = _("theory %(theory)s, practice %(practice)s, demand %(demand)s") % dict(
        zip(("theory", "practice", "demand"), told, strict=True)
    )
    if shares.low is not None and shares.high is not None:
        interval = {"low": formats.share(shares.low), "high": formats.share(shares.high)}
        said += phrases.space() + _("(95%% interval %(low)s to %(high)s)") % interval
    if shares.practised_high not in (None, shares.practised):
        between = _("practice perhaps up to %(high)s") % {"high": formats.show(shares.practised_high, "share")}
        said = phrases.in_clauses([said, between])
    return phrases.headed(title, said) if title else said


def share_axis_svg(scale: Scale, *, inline: bool = False) -> SafeString:
    """The figures under a column of share rows."""
    texts = [
        _shape(
            "text",
            "tick",
            inline=inline,
            text=with_percent_sign(f"{tick:.3g}"),
            x=max(scale.x(tick / 100), HALF_TICK),
            y=12,
            **{"text-anchor": "middle"},
        )
        for tick in (share * 100 for share in scale.ticks)
    ]
    return _svg(texts, WIDTH, 18, "")


def index_rail_svg(pair: PairAlignment, *, title: str = "", inline: bool = False) -> SafeString:
    """An index from 0 to 1, that of exchanged abilities in grey, its ceiling as a tick; empty where undefined."""
    drawing = [*_index_rail(pair, inline=inline), *_index_mark("idx", _index_place(pair), inline=inline)]
    return _svg(drawing, RAIL, 18, index_words(pair, title=title))


def _index_rail(pair: PairAlignment, *, inline: bool) -> list[str]:
    """What an index is read by: the rail, the band of exchanged abilities and the ceiling."""
    drawing = [_shape("rect", "rail", inline=inline, x=0, y=7, width=RAIL, height=4, rx=2)]
    if pair.null_low is not None and pair.null_high is not None:
        x, width = RAIL * pair.null_low, max(RAIL * (pair.null_high - pair.null_low), 2)
        drawing.append(_shape("rect", "null", inline=inline, x=x, y=4, width=width, height=10, rx=2))
    if pair.ceiling is not None:
        drawing.append(_line(min(RAIL * pair.ceiling, RAIL - 1), 2, 16, "ceil", inline=inline))
    return drawing


def _index_place(pair: PairAlignment) -> float | None:
    return None if pair.index is None else min(max(RAIL * pair.index, 5), RAIL - 5)


def _index_mark(role: str, place: float | None, *, radius: float = 5, inline: bool) -> list[str]:
    return [] if place is None else [_shape("circle", role, inline=inline, cx=place, cy=9, r=radius)]


def index_words(pair: PairAlignment, *, title: str = "") -> str:
    """The rail for a reader who hears it."""
    said = [_("undefined") if pair.index is None else formats.index(pair.index)]
    if pair.null_low is not None and pair.null_high is not None:
        band = {"low": formats.index(pair.null_low), "high": formats.index(pair.null_high)}
        said.append(_("exchanged abilities give %(low)s to %(high)s") % band)
    if pair.ceiling is not None:
        said.append(_("ceiling %(ceiling)s") % {"ceiling": formats.index(pair.ceiling)})
    return phrases.headed(title, phrases.in_clauses(said)) if title else phrases.in_clauses(said)


def index_change_svg(
    before: PairAlignment, after: PairAlignment, *, title: str = "", inline: bool = False
) -> SafeString:
    """An index before (open) and after (filled) on one rail, with the chance band and the ceiling of after."""
    drawing, was, now = _index_rail(after, inline=inline), _index_place(before), _index_place(after)
    if was is not None and now is not None:
        drawing.append(_shape("line", "way", inline=inline, x1=was, x2=now, y1=9, y2=9))
    drawing += _index_mark("was", was, radius=4.2, inline=inline) + _index_mark("idx", now, inline=inline)
    return _svg(drawing, RAIL, 18, index_change_words(before, after, title=title))


def index_change_words(before: PairAlignment, after: PairAlignment, *, title: str = "") -> str:
    """The rail of a change for a reader who hears it."""
    unknown = _("undefined")
    said = [unknown if pair.index is None else formats.index(pair.index) for pair in (before, after)]
    change = _("before %(before)s, after %(after)s") % {"before": said[0], "after": said[1]}
    return phrases.headed(title, change) if title else change


def value_rail_svg(
    value: float | None,
    *,
    span: tuple[float, float],
    interval: tuple[float, float] | None = None,
    ticks: Iterable[float] = (),
    said: str = "",
    inline: bool = False,
) -> SafeString:
    """A value on a rail of its own span with its interval and the ticks it is read by; undefined leaves it empty."""
    lowest, highest = span

    def x(at: float) -> float:
        return RAIL * min(max((at - lowest) / (highest - lowest), 0.0), 1.0)

    drawing = [_shape("rect", "rail", inline=inline, x=0, y=7, width=RAIL, height=4, rx=2)]
    drawing += [_line(min(max(x(tick), 1), RAIL - 1), 2, 16, "ceil", inline=inline) for tick in ticks]
    if interval is not None:
        left, width = x(interval[0]), max(x(interval[1]) - x(interval[0]), 2)
        drawing.append(_shape("rect", "ci", inline=inline, x=left, y=5, width=width, height=8, rx=2))
    if value is not None:
        drawing.append(_shape("circle", "idx", inline=inline, cx=min(max(x(value), 5), RAIL - 5), cy=9, r=5))
    return _svg(drawing, RAIL, 18, said)


def attained_svg(ends: tuple[float, float, float], target: float | None, *, said: str) -> SafeString:
    """Attainment (low, value, high) as the triangle of what was assessed on its interval; a line is the target."""
    width = 132

    def x(at: float) -> float:
        return 6 + (width - 12) * at

    low, value, high = ends
    drawing = [_shape("rect", "rail", inline=False, x=x(0), y=8, width=x(1) - x(0), height=3, rx=1.5)]
    drawing.append(_shape("rect", "ci", inline=False, x=x(low), y=5, width=max(x(high) - x(low), 2), height=9, rx=2))
    drawing += [] if target is None else [_line(x(target), 1, 18, "ceil", inline=False)]
    return _svg([*drawing, _mark("assessed", x(value), 9.5, inline=False)], width, 19, said)


def stages_svg(hours: Iterable[float | None], *, said: str) -> SafeString:
    """The stages in their order, each with its house mark: solid where it has hours, a short line where it has none.

    A stage that is not stated has no sign at all.
    """
    kinds = ("theory", "theory", "practice", "practice", "assessed")
    drawing, last = [], 0
    for place, (kind, amount) in enumerate(zip(kinds, hours, strict=True)):
        middle = 10 + 22 * place
        if amount:
            drawing.append(_mark(kind, middle, 9, inline=False))
            last = place
        elif amount is not None:
            drawing.append(_shape("rect", "null", inline=False, x=middle - 4, y=8, width=8, height=2))
    way = _shape("rect", "rail", inline=False, x=10, y=8, width=22 * last, height=2) if last else ""
    return _svg([way, *drawing], 108, 18, said)


def readiness_svg(line: PositionLine, *, inline: bool = False) -> SafeString:
    """Of the abilities required: taught above, practised below, each on its rail; assessed is the triangle."""
    part = {
        name: RAIL * (getattr(line, name) or 0) / line.required if line.required else 0.0
        for name in ("taught", "practised", "assessed")
    }
    drawing = []
    for role, name, top in (("light", "taught", 3), ("practice", "practised", 10)):
        drawing.append(_shape("rect", "rail", inline=inline, x=0, y=top, width=RAIL, height=5, rx=1.5))
        drawing.append(_shape("rect", role, inline=inline, x=0, y=top, width=part[name], height=5, rx=1.5))
    if part["assessed"]:
        drawing.append(_mark("assessed", min(max(part["assessed"], 5), RAIL - 5), 9, inline=inline))
    return _svg(drawing, RAIL, 18, readiness_words(line))


def readiness_words(line: PositionLine) -> str:
    """The bars for a reader who hears them."""
    said = (
        _("%(position)s: of %(required)s required abilities %(taught)s taught, %(practised)s practised")
        if line.assessed is None
        else _(
            "%(position)s: of %(required)s required abilities %(taught)s taught, %(practised)s practised, "
            "%(assessed)s assessed"
        )
    )
    counts = {"required": line.required, "taught": line.taught, "practised": line.practised}
    return said % {"position": line.title, "assessed": line.assessed, **counts}


def mark_svg(kind: str, *, inline: bool = False) -> SafeString:
    """One mark alone, for a key: theory, practice, demand, assessed, or ci and maybe for intervals."""
    if kind in ("ci", "maybe"):
        drawing = _shape("rect", kind, inline=inline, x=1, y=5.5, width=22, height=5, rx=2.5)
        return _svg([drawing], 24, 16, "")
    return _svg([_mark(kind, 8, 8, inline=inline)], 16, 16, "")


def _mark(kind: str, x: float, y: float, *, inline: bool) -> str:
    if kind in {"theory", "practice"}:
        return _shape("circle", kind, inline=inline, cx=x, cy=y, r=5)
    corners = {
        "demand": ((0, -6.5), (5.5, 0), (0, 6.5), (-5.5, 0)),
        "assessed": ((0, -5.5), (5.2, 4.5), (-5.2, 4.5)),
    }[kind]
    path = " L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners)
    return _shape("path", kind, inline=inline, d=f"M{path}Z")


def _line(x: float, top: float, bottom: float, role: str, *, inline: bool) -> str:
    return _shape("line", role, inline=inline, x1=x, x2=x, y1=top, y2=bottom)


def _shape(name: str, role: str, *, inline: bool, extra: str = "", text: str = "", **attributes: float | str) -> str:
    style = _INLINE[role] if inline else {"class": f"{role} {extra}".strip()}
    written = {key: f"{value:.1f}" if isinstance(value, float | int) else value for key, value in attributes.items()}
    head = " ".join(f'{key}="{escape(value)}"' for key, value in {**written, **style}.items())
    return f"<{name} {head}>{escape(text)}</{name}>" if text else f"<{name} {head}/>"


def _svg(drawing: list[str], width: int, height: int, label: str) -> SafeString:
    # A control character from somebody's title would make the drawing unreadable as XML.
    said = escape(formats.printable(label))
    role = f'role="img" aria-label="{said}"' if said else 'aria-hidden="true"'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {role}>'
    # Attributes and texts were escaped where they were written.
    return mark_safe(head + "".join(drawing) + "</svg>")  # noqa: S308
