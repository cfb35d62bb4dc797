"""What to collect next, with what was ticked off."""

from __future__ import annotations

from dataclasses import dataclass

from curricula.evaluation.reports import next_evidence_for
from curricula.links import Linked, links_of
from curricula.models import Curriculum, EvidenceDone
from curricula.reports.gap_report import EvidenceLine, GapReport

OPENED_BY = {"shares": "matrix", "levels": "matrix", "raters": "matrix", "practice": "courses", "postings": "import"}


@dataclass(frozen=True)
class Chance(Linked):
    chance: float


@dataclass(frozen=True)
class Wanted:
    line: EvidenceLine
    page: str  # where it is entered
    findings: tuple[Chance, ...]
    done: EvidenceDone | None


@dataclass(frozen=True)
class EvidencePage:
    wanted: tuple[Wanted, ...]
    earlier: tuple[EvidenceDone, ...]  # ticked off, and not asked for any more
    undecided: int


def evidence_page(curriculum: Curriculum, report: GapReport) -> EvidencePage:
    """The list, best first; a step that was ticked off stays in its place for as long as it is asked for."""
    links = links_of(curriculum)
    ticked = {done.step: done for done in curriculum.evidence_done.select_related("done_by")}
    lines = next_evidence_for(curriculum)
    wanted = tuple(
        Wanted(
            line=line,
            page=OPENED_BY[line.kind],
            findings=tuple(Chance(*links.ability(code), chance) for code, _title, chance in line.findings),
            done=ticked.get(line.step),
        )
        for line in lines
    )
    asked = {line.step for line in lines}
    earlier = tuple(done for step, done in ticked.items() if step not in asked)
    return EvidencePage(wanted, earlier, undecided=report.undecided)
