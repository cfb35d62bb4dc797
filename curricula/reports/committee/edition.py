"""The committee edition as typed objects with words in one language: what PDF, web page and workbook read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from curricula.reports.gap_report import GapReport
from curricula.reports.tables import Table

from .findings import FindingLine
from .matrix import Matrix

SECTIONS: Final = (
    ("why", _("Why this revision, and on what evidence")),
    ("changes", _("What changes, and why")),
    ("credits", _("Credits and hours")),
    ("matrix", _("Courses and abilities")),
    ("findings", _("Findings and proposals")),
    ("opinions", _("Opinions of industry")),
    ("decision", _("Decision")),
)
EVERY_SECTION: Final = tuple(code for code, _title in SECTIONS)
WEEKS: Final = 16


@dataclass(frozen=True)
class EditionChoices:
    """What somebody chose before it was made."""

    sections: tuple[str, ...] = EVERY_SECTION
    prepared_by: str = ""
    recipients: tuple[str, ...] = ()
    reason: str = ""
    weeks: int = WEEKS  # of teaching in a term
    logo: bytes = b""  # a PNG, or nothing


@dataclass(frozen=True)
class Opinion:
    """What a member from industry said; who it was stays in the school."""

    day: date
    about: str
    words: str
    followed: str  # what came of it, in words


@dataclass(frozen=True)
class SignatureLine:
    """A step of the review: what was decided, or room for it."""

    step: str
    decision: str  # "" as long as nothing is decided
    document: str
    day: date | None


@dataclass(frozen=True)
class LabelMeaning:
    """What a label means, said where it first stands."""

    text: str
    tone: str
    meaning: str


@dataclass(frozen=True)
class CommitteeEdition:
    report: GapReport
    choices: EditionChoices
    cover: tuple[tuple[str, str], ...]  # fact, what it is
    why: tuple[str, ...]  # paragraphs
    evidence: tuple[str, ...]
    changes: Table | None  # None without an earlier plan
    changes_told: tuple[str, ...]
    changes_labels: tuple[LabelMeaning, ...]
    credits: tuple[Table, ...]
    matrix: Matrix
    findings: tuple[FindingLine, ...]
    findings_told: tuple[str, ...]
    opinions: tuple[Opinion, ...] = ()
    signatures: tuple[SignatureLine, ...] = field(default=())

    def shows(self, section: str) -> bool:
        return section in self.choices.sections

    @property
    def shown(self) -> list[str]:
        """The chosen sections, in their order."""
        return [code for code in EVERY_SECTION if self.shows(code)]


def section_titles() -> dict[str, str]:
    """In the language of the moment."""
    return {code: str(title) for code, title in SECTIONS}
