"""What an analysis and its report read of one plan, as it can be kept and read again without the records."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curricula.analysis.frames import CurriculumFrames, Policy
from curricula.reports.gap_report import ActionLine, DecisionLine, GapReport, RecordLine, ReportSubject
from curricula.reports.panels import PanelSection
from curricula.wording.names import Names


@dataclass(frozen=True)
class Words:
    """What codes are called in one language, whose plan it is, and what is recorded of it beside the analysis."""

    names: Names
    subject: ReportSubject
    records: tuple[RecordLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    panels: tuple[PanelSection, ...] = ()

    def beside(self, report: GapReport) -> GapReport:
        """The report with what is recorded beside the analysis."""
        return replace(
            report, records=self.records, decisions=self.decisions, actions=self.actions, panels=self.panels
        )


@dataclass(frozen=True)
class Inputs:
    """Everything that it takes to say again what a report said."""

    frames: CurriculumFrames
    policy: Policy
    words: dict[str, Words]  # by language
