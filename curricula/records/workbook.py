"""Every kind of record of a school in one workbook with both languages: out, empty as a template, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from competencies.saving.outcome import Counts
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.limits import Limits
from competencies.tabular.problems import Problem, UnreadableFile, some
from competencies.tabular.recognised import RecognisedFile, RecognisedSheet
from competencies.tabular.sheets import raw_sheets
from curricula.fields.declaration import Place, RecordKind
from curricula.interchange.export import SheetOfRows, workbook_of
from curricula.interchange.spreadsheet import LISTS_SHEET
from curricula.models import School, SchoolRecord, school_records

from .school_records import RecordsOutcome, save_records
from .sheets import ParsedRecords, read_sheet

MOST_ROWS: Final = 100_000
_LONGEST_NAME: Final = 31  # of a sheet, as spreadsheets allow


@dataclass(frozen=True)
class ParsedWorkbook:
    """Its sheets by kind, each read whole; sheets of no kind are named and left alone."""

    sheets: tuple[tuple[str, ParsedRecords], ...]  # name of the sheet, what it holds
    others: tuple[str, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen

    @property
    def rows(self) -> tuple[Any, ...]:
        return tuple(row for _name, parsed in self.sheets for row in parsed.rows)


def sheet_name(kind: RecordKind) -> str:
    """Both languages, and at the end the code by which the sheet is known again."""
    with override("zh-hans"):
        said = str(capfirst(kind.plural))
    return f"{said} {kind.name}"[-_LONGEST_NAME:]


def workbook_of_school(school: School | None) -> bytes:
    """Every kind, also those without a record; a template where no school is given."""
    return workbook_of(_sheets(school))


def _sheets(school: School | None) -> Iterator[SheetOfRows]:
    for model in school_records().values():
        fields = list(model.kind.at(Place.EXPORT))
        records = model.objects.filter(school=school) if school else ()
        rows = [tuple(each.cell(record) for each in fields) for record in records]
        yield SheetOfRows(sheet_name(model.kind), tuple(each.bilingual_header for each in fields), rows)


def read_workbook(content: bytes, *, name: str, max_bytes: int, choices: Choices = NO_CHOICES) -> ParsedWorkbook:
    """Sheets are known by the code at the end of their names, and hidden ones are read where they were chosen.

    Raises UnreadableFile where none is.
    """
    kinds = {model.kind.name: model.kind for model in school_records().values()}
    limits = Limits(max_bytes=max_bytes, max_rows=MOST_ROWS)
    found, others, seen = [], [], []
    for sheet in raw_sheets(content, limits=limits, read_hidden=choices.sheets):
        if sheet.name == LISTS_SHEET:
            continue
        seen.append(RecognisedSheet(sheet.name, hidden=sheet.hidden))
        if choices.sheets and sheet.name not in choices.sheets:
            continue
        kind = kinds.get(sheet.name.strip().rpartition(" ")[2])
        rows = [list(row) for row in sheet.rows]
        if kind is None or (sheet.hidden and not choices.sheets):
            others.append(_("%(name)s (hidden)") % {"name": sheet.name} if sheet.hidden else sheet.name)
        elif any(any(cell.strip() for cell in row) for row in rows[1:]):
            found.append((sheet.name, _read(kind, rows, sheet.name)))
    recognised = RecognisedFile(tuple(seen) if any(sheet.hidden for sheet in seen) else ())
    if not found:
        message = _(
            "No sheet of this workbook holds records: its sheets are named as in the template. Found: %(names)s"
        )
        raise UnreadableFile("no_sheets", message % {"names": some(others) or name}).with_columns(
            recognised if recognised.sheets else None
        )
    return ParsedWorkbook(tuple(found), tuple(others), recognised)


def _read(kind: RecordKind, rows: Sequence[Sequence[str]], name: str) -> ParsedRecords:
    """One sheet by the reader of its kind, which then reads nothing but rows."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    try:
        return read_sheet(kind, text.getvalue().encode("utf-8-sig"), name=f"{name}.csv")
    except UnreadableFile as error:
        raise UnreadableFile(error.code, f"{name}: {error}") from error


@transaction.atomic
def save_workbook(parsed: ParsedWorkbook, *, school: School) -> dict[str, RecordsOutcome]:
    """All sheets or none: kind → what was done, or would be."""
    models = school_records()
    done = {
        sheet.kind.name: _named(save_records(models[sheet.kind.name], sheet, school=school), name)
        for name, sheet in parsed.sheets
    }
    if any(outcome.refusals for outcome in done.values()):
        transaction.set_rollback(True)
    return done


def _named(outcome: RecordsOutcome, sheet: str) -> RecordsOutcome:
    """Each problem with the sheet in which it stands."""

    def told(problems: list[Problem]) -> list[Problem]:
        return [replace(each, sheet=sheet) for each in problems]

    return replace(outcome, warnings=told(outcome.warnings), refusals=told(outcome.refusals))


def counted(done: dict[str, RecordsOutcome]) -> list[tuple[str, Counts]]:
    """What saving does, by kind."""
    models: dict[str, type[SchoolRecord]] = school_records()
    return [(str(capfirst(models[name].kind.plural)), outcome.counts) for name, outcome in done.items()]
