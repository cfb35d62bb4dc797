"""What a report draws, ready for a template: rows with their words and their SVG, for screen and for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curricula.analysis.frames import MODES, TAUGHT_MODES
from curricula.wording import formats

from . import svg_marks
from .gap_report import AbilityLine, AreaLine, GapReport, LabelLine, PositionLine

TONES: Final = ("gap", "over", "ok", "na")  # what falls short first


@dataclass(frozen=True)
class ShareRow:
    title: str
    svg: SafeString
    words: str  # what the drawing says, for a reader who hears it
    label_text: str
    tone: str


@dataclass(frozen=True)
class ShareChart:
    rows: tuple[ShareRow, ...]
    axis: SafeString
    left_out: int  # further abilities, in the table only


@dataclass(frozen=True)
class Rail:
    title: str
    index: str
    svg: SafeString
    words: str
    verdict: str


@dataclass(frozen=True)
class HeatCell:
    hours: float
    text: str
    strength: float  # 0 to 1, of the largest cell
    stated: bool  # False where no course of the plan says anything of the mode

    @property
    def zero(self) -> bool:
        return self.hours == 0


@dataclass(frozen=True)
class HeatRow:
    code: str  # "" of the hours that reach no ability
    title: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Readiness:
    title: str
    prepared: bool
    counted: str
    svg: SafeString
    words: str


@dataclass(frozen=True)
class ChartWords:
    """What stands over a chart of shares: no word of demand where no mark of it is drawn."""

    title: str
    note: str
    marks: dict[str, str]  # by the kind of mark, as the key shows them


def chart_words(report: GapReport) -> ChartWords:
    marks = {"theory": _("theory"), "practice": _("practice")}
    split = any(line.split for line in report.abilities)
    practised = any(line.practised_share is not None for line in report.abilities)
    if not split:
        marks = {"theory": _("all hours, not split into theory and practice")}
    elif not practised:
        del marks["practice"]
    elif any(line.practised_share_high != line.practised_share for line in report.abilities):
        marks["maybe"] = _("not stated, perhaps practice")
    if not report.demand_known:
        note = _(
            "Share of hours, in per cent. Employers' demand is unknown, so the abilities stand in their own order."
        )
        return ChartWords(_("Where theory and practice part"), note, marks)
    marks |= {"demand": _("demand"), "ci": _("95% interval")}
    if report.analysis.unfinished:
        note = _("Share of the hours mapped so far and of mentions, in per cent. Nothing is judged yet.")
        return ChartWords(_("What is mapped so far, and what employers ask for"), note, marks)
    note = _(
        "Share of hours and of mentions, in per cent. The largest shortfalls first, then what has more than its part."
    )
    title = _("Where theory, practice and demand part") if practised else _("Where hours and demand part")
    return ChartWords(title, note, marks)


def share_chart(report: GapReport, *, limit: int, inline: bool = False) -> ShareChart:
    """The first abilities of the report's order on one common scale."""
    shown = [line for line in report.abilities if _drawable(line)][:limit]
    scale = svg_marks.share_scale(share for line in shown for share in svg_marks.shares_of_line(line))
    return ShareChart(
        rows=tuple(
            ShareRow(
                title=line.title,
                svg=svg_marks.share_row_of(line, scale, inline=inline),
                words=svg_marks.share_words(svg_marks.shares_of_line(line), title=line.title),
                label_text=line.label_text,
                tone=line.tone,
            )
            for line in shown
        ),
        axis=svg_marks.share_axis_svg(scale, inline=inline),
        left_out=len(report.abilities) - len(shown),
    )


def rails(report: GapReport, *, inline: bool = False) -> tuple[Rail, ...]:
    return tuple(
        Rail(
            title=line.title,
            index=formats.show(line.value.index, "index"),
            svg=svg_marks.index_rail_svg(line.value, title=line.title, inline=inline),
            words=svg_marks.index_words(line.value, title=line.title),
            verdict=line.verdict,
        )
        for line in report.indices
    )


def heat(report: GapReport) -> tuple[HeatRow, ...]:
    """Hours by area and mode, each beside the largest, and below them, uncoloured, those that reach no ability."""
    largest = max((hours for area in report.areas for hours in area.hours.values()), default=0.0)
    unmapped = AreaLine("", _("Not mapped to any ability"), report.unmapped)
    return (*(_heat_row(report, area, largest) for area in report.areas), _heat_row(report, unmapped, 0.0))


def heat_modes(report: GapReport) -> tuple[str, ...]:
    """The modes of hours; what is not split into them too, where there is any."""
    unsplit = report.unmapped["unsplit"] or any(area.hours["unsplit"] for area in report.areas)
    return TAUGHT_MODES if unsplit else MODES


def readiness(report: GapReport, *, inline: bool = False) -> tuple[Readiness, ...]:
    """The positions that require anything, those that the plan prepares for first."""
    lines = sorted((line for line in report.positions if line.required), key=lambda line: not line.prepared)
    return tuple(
        Readiness(
            title=line.title,
            prepared=line.prepared,
            counted=_counted(line),
            svg=svg_marks.readiness_svg(line, inline=inline),
            words=svg_marks.readiness_words(line),
        )
        for line in lines
    )


def _counted(line: PositionLine) -> str:
    counted = f"{line.practised} / {line.required}"
    if line.unstated:
        counted += " " + _("(%(n)s not stated)") % {"n": line.unstated}
    return counted


def _drawable(line: AbilityLine) -> bool:
    return any(share is not None for share in svg_marks.shares_of_line(line))


def _heat_row(report: GapReport, area: AreaLine, largest: float) -> HeatRow:
    modes, unstated = heat_modes(report), unstated_modes(report)
    cells = (_heat_cell(area.hours[mode], largest, stated=mode not in unstated) for mode in modes)
    return HeatRow(area.code, area.title, tuple(cells))


def unstated_modes(report: GapReport) -> frozenset[str]:
    """The modes of which no course of the plan says anything: they are unknown, and not none."""
    return frozenset(mode for mode in MODES if all(course.hours.get(mode) is None for course in report.courses))


def _heat_cell(hours: float, largest: float, *, stated: bool) -> HeatCell:
    text = formats.hours(hours) if hours else _("none") if stated else _("not stated")
    return HeatCell(hours, text, hours / largest if largest else 0.0, stated=stated)


def findings(report: GapReport) -> list[LabelLine]:
    """The labels that some ability carries."""
    return sorted((line for line in report.labels if line.abilities), key=lambda line: TONES.index(line.tone))
