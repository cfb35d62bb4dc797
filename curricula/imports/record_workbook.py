"""All kinds of records of a school on their way in as one workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.saving.outcome import Counts
from competencies.tabular.problems import Problem
from curricula.fields.declaration import Place
from curricula.models import PendingImport, SchoolRecord, school_records
from curricula.records.workbook import ParsedWorkbook, counted, read_workbook, save_workbook

from .flow import read_by
from .record_files import OfSchool, record_columns
from .tables import Table


@dataclass(frozen=True)
class WorkbookOutcome:
    """What saving all sheets did, or would do."""

    counts: list[tuple[str, Counts]]
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


class RecordWorkbook(OfSchool):
    code = "records"
    title = gettext_lazy("All records of conditions")
    of_any_table = False  # one sheet a kind: a workbook

    def reading(self, pending: PendingImport) -> Callable[[], ParsedWorkbook]:
        return read_by(read_workbook, pending)

    def save(self, pending: PendingImport, parsed: ParsedWorkbook, *, dry_run: bool) -> WorkbookOutcome:
        done = save_workbook(parsed, school=self.school(pending))
        return WorkbookOutcome(
            counted(done),
            warnings=[each for outcome in done.values() for each in outcome.warnings],
            refusals=[each for outcome in done.values() for each in outcome.refusals],
        )

    @property
    def models(self) -> Sequence[type[SchoolRecord]]:
        return list(school_records().values())

    def verdict(self, pending: PendingImport, parsed: ParsedWorkbook) -> str:
        words = {"name": pending.name, "sheets": len(parsed.sheets), "n": len(parsed.rows), "school": pending.target}
        return _("“%(name)s” holds %(sheets)s kinds of records (%(n)s) for the school %(school)s.") % words

    def counts(self, outcome: WorkbookOutcome) -> Sequence[tuple[str, Counts]]:
        return outcome.counts

    def tables(self, pending: PendingImport, parsed: ParsedWorkbook) -> Sequence[Table]:
        return [
            Table(sheet.kind.name, str(capfirst(sheet.kind.plural)), sheet.rows, record_columns(sheet, Place.EXPORT))
            for _name, sheet in parsed.sheets
        ]

    def next_page(self, pending: PendingImport, outcome: WorkbookOutcome) -> str:
        return reverse("records-all", args=[pending.target])
