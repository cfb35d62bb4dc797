"""The records of a school on their way in: one kind of import for every kind of record, made from its declaration."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.saving.outcome import Counts
from competencies.saving.undoing import Rows
from curricula.fields.declaration import Field, Place
from curricula.fields.values import Choice
from curricula.models import PendingImport, School, SchoolRecord, school_records
from curricula.records.school_records import RecordsOutcome, last_change, save_records
from curricula.records.sheets import ParsedRecords, RecordRow, read_sheet
from curricula.wording.facts import said_of_stated

from .flow import ImportKind, Scope, read_by
from .forms import RecordUploadForm
from .tables import Column, Table


class OfSchool(ImportKind):
    """What goes among the records of a school."""

    form = RecordUploadForm

    @property
    @abstractmethod
    def models(self) -> Sequence[type[SchoolRecord]]:
        """Of which the file may hold records."""

    def school(self, pending: PendingImport) -> School:
        return get_object_or_404(School, slug=pending.target)

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        school = self.school(pending)
        return [last_change(model, school=school) for model in self.models]

    def scope(self, pending: PendingImport) -> Scope:
        school = get_object_or_404(School.objects.select_for_update(), slug=pending.target)
        return Scope([Rows(model.objects.filter(school=school)) for model in self.models], school=school)


class RecordFile(OfSchool):
    readable = "curricula/imports/readable/record.html"

    def __init__(self, model: type[SchoolRecord]) -> None:
        self.model = model
        self.code = model.kind.name
        self.title = capfirst(model.kind.plural)

    @property
    def models(self) -> Sequence[type[SchoolRecord]]:
        return (self.model,)

    def reading(self, pending: PendingImport) -> Callable[[], ParsedRecords]:
        return read_by(partial(read_records_of, self.code), pending)

    def vocabularies(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        fields = self.model.kind.at(Place.IMPORT)
        return {field.name: field.value.choices for field in fields if isinstance(field.value, Choice)}

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return [(field.name, field.label) for field in self.model.kind.at(Place.IMPORT)]

    def save(self, pending: PendingImport, parsed: ParsedRecords, *, dry_run: bool) -> RecordsOutcome:
        return save_records(self.model, parsed, school=self.school(pending))

    def verdict(self, pending: PendingImport, parsed: ParsedRecords) -> str:
        words = {"name": pending.name, "n": len(parsed.rows), "school": pending.target, "kind": self.model.kind.plural}
        return _("“%(name)s” holds %(kind)s (%(n)s) for the school %(school)s.") % words

    def counts(self, outcome: RecordsOutcome) -> Sequence[tuple[str, Counts]]:
        return ((str(self.title), outcome.counts),)

    def tables(self, pending: PendingImport, parsed: ParsedRecords) -> Sequence[Table]:
        return (Table(self.code, str(self.title), parsed.rows, record_columns(parsed, Place.EXPORT)),)

    def next_page(self, pending: PendingImport, outcome: RecordsOutcome) -> str:
        return reverse("records", args=[pending.target, self.code])


def read_records_of(code: str, content: bytes, **stated: Any) -> ParsedRecords:
    """A sheet of the kind of record with this code."""
    return read_sheet(school_records()[code].kind, content, **stated)


def record_columns(parsed: ParsedRecords, place: Place) -> list[Column]:
    """A column for each field of a place that a row states."""
    stated = {name for row in parsed.rows for name in row.stated}
    fields = [each for each in parsed.kind.at(place) if stated & {each.name, *each.attributes}]
    return [Column(_title(each), _text(each)) for each in fields]


def _title(field: Field) -> str:
    return capfirst(str(field.label))


def _text(field: Field) -> Callable[[RecordRow], object]:
    return lambda row: said_of_stated(field, row.stated)
