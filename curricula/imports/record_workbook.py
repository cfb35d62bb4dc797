"""All kinds of records of a school on their way in as one workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.saving.outcome import Counts
from competencies.saving.undoing import Rows
from competencies.tabular.problems import Problem
from curricula.fields.declaration import Place
from curricula.models import PendingImport, School, school_records
from curricula.records.school_records import last_change
from curricula.records.workbook import ParsedWorkbook, counted, read_workbook, save_workbook
from curricula.rules import EDIT, schools_to_import_into

from .flow import ImportKind, Scope
from .forms import RecordUploadForm
from .record_files import record_columns
from .tables import Table


@dataclass(frozen=True)
class WorkbookOutcome:
    """What saving all sheets did, or would do."""

    counts: list[tuple[str, Counts]]
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


class RecordWorkbook(ImportKind):
    code = "records"
    title = gettext_lazy("All records of conditions")
    form = RecordUploadForm
    of_any_table = False  # one sheet a kind: a workbook

    def may_start(self, user: Any) -> bool:
        return schools_to_import_into(user).exists()

    def expect_allowed(self, pending: PendingImport) -> None:
        if not pending.user.has_perm(EDIT, self.school(pending)):
            raise PermissionDenied

    def reading(self, pending: PendingImport) -> Callable[[], ParsedWorkbook]:
        stated = {"name": pending.name, "max_bytes": settings.MAX_UPLOAD_BYTES, "choices": pending.choices}
        return partial(read_workbook, bytes(pending.content), **stated)

    def school(self, pending: PendingImport) -> School:
        return get_object_or_404(School, slug=pending.target)

    def save(self, pending: PendingImport, parsed: ParsedWorkbook, *, dry_run: bool) -> WorkbookOutcome:
        done = save_workbook(parsed, school=self.school(pending))
        return WorkbookOutcome(
            counted(done),
            warnings=[each for outcome in done.values() for each in outcome.warnings],
            refusals=[each for outcome in done.values() for each in outcome.refusals],
        )

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        school = self.school(pending)
        return [last_change(model, school=school) for model in school_records().values()]

    def scope(self, pending: PendingImport) -> Scope:
        school = get_object_or_404(School.objects.select_for_update(), slug=pending.target)
        return Scope([Rows(model.objects.filter(school=school)) for model in school_records().values()], school=school)

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
