"""The gap report as one HTML file that asks nothing of any host: styles, drawings and tables inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from curricula.wording import phrases

from . import drawings, svg_marks
from .gap_report import GapReport, LabelLine
from .printed_tables import printed_tables
from .table import Table

CHARTED: Final = 14
RECOMMENDED: Final = 5


@dataclass(frozen=True)
class Page:
    """What the template shows."""

    report: GapReport
    words: drawings.ChartWords
    key: tuple[tuple[SafeString, str], ...]  # the marks drawn, with their words
    findings: tuple[LabelLine, ...]
    modes: tuple[str, ...]
    chart: drawings.ShareChart
    rails: tuple[drawings.Rail, ...]
    heat: tuple[drawings.HeatRow, ...]
    readiness: tuple[drawings.Readiness, ...]
    tables: tuple[Table, ...]


def html_report(report: GapReport) -> bytes:
    with override(report.subject.language):
        words = drawings.chart_words(report)
        page = Page(
            report=report,
            words=words,
            key=tuple((svg_marks.mark_svg(kind), said) for kind, said in words.marks.items()),
            findings=tuple(drawings.findings(report)),
            modes=tuple(phrases.mode_text(mode) for mode in drawings.heat_modes(report)),
            chart=drawings.share_chart(report, limit=CHARTED),
            rails=drawings.rails(report),
            heat=drawings.heat(report),
            readiness=drawings.readiness(report),
            tables=tuple(printed_tables(report).values()),
        )
        return render_to_string("curricula/reports/report.html", {"page": page, "first": RECOMMENDED}).encode()
