"""What an analysis and its report read of one plan, as it can be kept and read again without the records."""

from __future__ import annotations

from dataclasses import dataclass

from curricula.analysis.frames import CurriculumFrames, Policy
from curricula.reports.gap_report import RecordLine, ReportSubject
from curricula.wording.names import Names


@dataclass(frozen=True)
class Words:
    """What codes are called in one language, whose plan it is, and the school's records that touch it."""

    names: Names
    subject: ReportSubject
    records: tuple[RecordLine, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """Everything that it takes to say again what a report said."""

    frames: CurriculumFrames
    policy: Policy
    words: dict[str, Words]  # by language
