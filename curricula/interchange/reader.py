"""From any curriculum file that people have to checked rows: what is it, what does it say, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

from competencies.tabular.column_names import of_the_reader
from competencies.tabular.opening import Source
from competencies.tabular.recognised import RecognisedFile, RecognisedTable
from competencies.tabular.workbooks import WORKBOOK_NAMES
from curricula.fields.texts import is_blank

from . import vendor_formats, whole_file
from .aliases import MEANINGS, field_of, has_chinese
from .columns import FIGURES, meanings, unused
from .course_index import CourseIndex
from .course_table import Draft, read_course_table, stated_fields
from .curricular_analytics import columns_ignored, columns_read, is_curricular_analytics, read_curricular_analytics
from .elective_groups import elective_groups
from .group_sheet import group_columns, read_groups
from .headers import Table, find_tables, header_words
from .joined_hours import apart
from .mapping import MarkedCell, abilities_in, mappings_from, read_mapping_table
from .marks import Mark
from .matrix import is_mapping, lists_outcomes, names_by_code, read_matrix, with_marks
from .parsed import CourseRow, ElectiveGroup, ParsedCurriculum, PrerequisiteRow, ReadSettings, StatedTotal
from .problems import Problems, refuse_too_many, some, unreadable
from .recognition import fixed_table, guessed_tables, recognised_file, recognised_table
from .requisites import Requisites, refuse_cycles
from .sheet_names import Named, ask_program, other_programs, with_module
from .spreadsheet import Sheet, read_sheets
from .vocabularies import with_words

_WANTED = ("课程代码", "课程名称", "Course Code", "Title")
_COURSE_LAYOUTS = frozenset({"teaching_plan", "catalogue", "curricular_analytics"})


@dataclass
class Part:
    """What one table, or one sheet with a layout of its own, gives to the whole."""

    layout: str
    title: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    drafts: Sequence[Draft] = ()
    cells: Sequence[MarkedCell] = ()
    prerequisites: Sequence[PrerequisiteRow] = ()
    groups: Sequence[ElectiveGroup] = ()
    fields: frozenset[str] = frozenset()  # what it has columns for
    totals: Sequence[StatedTotal] = ()
    sheet: str = ""
    stands_on: str = ""  # the sheet, also where it is the only one
    table: Table | None = None  # as it was found, its words as they are
    exact: bool = False  # our own export, which means what it says and leaves out what there is not


def read_curriculum(
    path_or_bytes: Source,
    *,
    name: str,
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> ParsedCurriculum:
    """One file, whole. Raises `UnreadableFile` where it is no curriculum at all.

    `name` is what the person called the file. It never decides what the file is; only a text that is called
    a workbook is refused, because whoever sent it believes to have sent something else.
    """
    settings.choices.expect_meanings(MEANINGS)
    problems = Problems(settings.choices.answers)
    found = read_sheets(path_or_bytes, settings=settings, problems=problems)
    sheets = [apart(sheet) for sheet in found if sheet.rows or not sheet.hidden]
    if sheets[0].plain_text and name.casefold().endswith(WORKBOOK_NAMES):
        raise unreadable("not_a_workbook")
    vendor_formats.refuse_students(sheets)
    parts = _parts(sheets, settings, problems)
    if not parts:
        vendor_formats.refuse_other_lists(sheets)
        words = [word for sheet in sheets for word in header_words(sheet)]
        refusal = unreadable("missing_columns", wanted=", ".join(of_the_reader(_WANTED)), found=some(words))
        raise refusal.with_columns(recognised_file(found, {s.name: guessed_tables(s) for s in sheets}, ()))
    return replace(_joined(parts, settings, problems), recognised=_recognised(found, parts))


def _recognised(sheets: Sequence[Sheet], parts: Sequence[Part]) -> RecognisedFile:
    by_sheet: dict[str, list[RecognisedTable]] = {}
    for part in parts:
        found = recognised_table(part.table) if part.table else fixed_table(part.columns, part.ignored)
        by_sheet.setdefault(part.stands_on, []).append(found)
    return recognised_file(sheets, by_sheet, [part.table for part in parts if part.table])


def _parts(sheets: Sequence[Sheet], settings: ReadSettings, problems: Problems) -> list[Part]:
    found: list[Part] = []
    without = []
    for sheet in sheets:
        problems.sheet = sheet.name if len(sheets) > 1 else ""
        parts = _sheet_parts(sheet, settings, problems)
        if not parts and any(map(any, sheet.rows)):
            without.append(sheet.name)
        found += [replace(part, stands_on=sheet.name) for part in parts]
    problems.sheet = ""
    others = other_programs([Named(part.sheet, frozenset(part.columns), part.drafts) for part in found], problems)
    problems.forget(others)
    found = [part for part in found if part.sheet not in others]
    problems.tell_gathered()
    _refuse_lists_of_outcomes(sheets, found)
    if found:
        problems.warn_about("ignored_sheets", without)
    return found


def _refuse_lists_of_outcomes(sheets: Sequence[Sheet], found: Sequence[Part]) -> None:
    outcomes = [sheet for sheet in sheets if vendor_formats.other_kind(sheet) == "outcomes"]
    if outcomes and not found:
        vendor_formats.refuse_outcome_list(outcomes[0])


def _sheet_parts(sheet: Sheet, settings: ReadSettings, problems: Problems) -> list[Part]:
    if is_curricular_analytics(sheet):
        return [_analytics_part(sheet, settings, problems)]
    if listed := group_columns(sheet):
        read_as = {field.header: str(field.label) for field in listed.values()}
        return [Part(layout="groups", columns=read_as, groups=read_groups(sheet, problems))]
    kind = vendor_formats.other_kind(sheet)
    if kind in ("heliocampus", "watermark"):
        read = vendor_formats.read_heliocampus if kind == "heliocampus" else vendor_formats.read_watermark
        columns, ignored = vendor_formats.columns_of(kind, sheet)
        return [Part(layout=kind, columns=columns, ignored=ignored, drafts=read(sheet, problems))]
    if kind:
        return []
    tables = [table for table in find_tables(sheet, problems, settings.choices) if not lists_outcomes(table)]
    return [_table_part(with_marks(table), settings, problems) for table in tables]


def _analytics_part(sheet: Sheet, settings: ReadSettings, problems: Problems) -> Part:
    file, drafts, prerequisites = read_curricular_analytics(sheet, settings=settings, problems=problems)
    return Part(
        layout="curricular_analytics",
        title=file.title,
        columns={header: str(MEANINGS[name]) for header, name in columns_read(file).items()},
        ignored=columns_ignored(file),
        drafts=drafts,
        prerequisites=prerequisites,
        fields=frozenset({"code", "credits", "prerequisites"}),
    )


def _of_one_program(table: Table, problems: Problems) -> Table:
    """Courses of several programs in one table would become one plan that nobody teaches."""
    for column in table.of("program"):
        names = list(dict.fromkeys(text for row in table.rows if not is_blank(text := row.at(column.index))))
        chosen = ask_program(names, problems, column=column.header) if len(names) > 1 else ""
        if chosen:
            kept = (row for row in table.rows if row.at(column.index) in ("", chosen))
            return replace(table, rows=tuple(kept))
    return table


def _table_part(table: Table, settings: ReadSettings, problems: Problems) -> Part:
    part = Part(
        layout=_layout(table),
        title=table.title,
        columns=meanings(table.columns),
        ignored=unused(table.columns),
        sheet=problems.sheet,
        table=table,
    )
    table = with_words(table, settings.choices)
    if part.layout == "mapping":
        part.cells = read_mapping_table(table, settings=settings, problems=problems)
        return part
    table = _of_one_program(table, problems)
    if part.layout in _COURSE_LAYOUTS or names_by_code(table):
        drafts, part.totals = read_course_table(table, settings=settings, problems=problems)
        part.drafts = with_module(drafts, problems.sheet, problems)
        part.fields = stated_fields(table)
        part.exact = table.ours
    if table.has("mark"):
        part.cells = read_matrix(table, settings=settings, problems=problems)
    return part


def _layout(table: Table) -> str:
    """What a table is, by what its columns mean."""
    if is_mapping(table):
        return "mapping"
    if table.has("mark") and not table.has(*FIGURES):
        return "matrix"
    return "teaching_plan" if any(has_chinese(c.header) for c in table.columns if field_of(c.label)) else "catalogue"


def _joined(parts: Sequence[Part], settings: ReadSettings, problems: Problems) -> ParsedCurriculum:
    whole_file.warn_of_codes([draft for part in parts for draft in part.drafts], problems)
    drafts = whole_file.with_codes([draft for part in parts for draft in part.drafts], problems)
    drafts = whole_file.without_duplicates(drafts, problems)
    cells = [cell for part in parts for cell in part.cells] + _listed_abilities(drafts)
    ratings = sum(bool(cell.rater) for cell in cells)
    refuse_too_many(courses=len(drafts), cells=len(cells) - ratings, ratings=ratings)
    courses = [draft.course for draft in drafts]
    courses = whole_file.with_hours_from_credits(courses, settings=settings, problems=problems)
    groups = _groups(parts, drafts, courses, problems)
    index = CourseIndex(courses, {draft.course.code: draft.other_codes for draft in drafts})
    prerequisites = _prerequisites(parts, drafts, index, problems)
    mappings = mappings_from(cells, index=index, settings=settings, problems=problems)
    layouts = list(dict.fromkeys(part.layout for part in parts))
    if _COURSE_LAYOUTS.intersection(layouts) and not problems.refusals:
        whole_file.warn_of_gaps(courses, problems)
    if not courses and not mappings and not groups and not problems.refusals:
        problems.refuse("no_rows")
    return ParsedCurriculum(
        layout=layouts[0] if len(layouts) == 1 else "workbook",
        title=next((part.title for part in parts if part.title), ""),
        columns={header: meaning for part in parts for header, meaning in part.columns.items()},
        ignored_columns=tuple(dict.fromkeys(header for part in parts for header in part.ignored)),
        courses=tuple(courses),
        prerequisites=prerequisites,
        mappings=mappings,
        groups=groups,
        doubts=tuple(problems.doubts),
        totals=tuple(total for part in parts for total in part.totals),
        warnings=tuple(problems.warnings),
        refusals=tuple(sorted(problems.refusals, key=lambda problem: (problem.sheet, problem.row))),
        fields=_fields(parts, courses),
    )


def _groups(
    parts: Sequence[Part], drafts: Sequence[Draft], courses: Sequence[CourseRow], problems: Problems
) -> tuple[ElectiveGroup, ...]:
    """As a sheet of groups says, and then only so; our own export without one says that there are none."""
    if any(part.layout == "groups" or part.exact for part in parts):
        return tuple(group for part in parts for group in part.groups)
    found = elective_groups(courses, {draft.course.code: draft.choice for draft in drafts if draft.choice[0]})
    for group in found:
        if len(group.courses) > 1:
            problems.warn("elective_group", value=group.title, names=some(group.courses), count=len(group.courses))
    return found


def _prerequisites(
    parts: Iterable[Part], drafts: Iterable[Draft], index: CourseIndex, problems: Problems
) -> tuple[PrerequisiteRow, ...]:
    requisites = Requisites(index, problems)
    for draft in drafts:
        problems.sheet = draft.sheet
        for kind, column, text in draft.requisites:
            requisites.add(row=draft.course.row, course=draft.course.code, text=text, kind=kind, column=column)
    problems.sheet = ""
    found = (*(row for part in parts for row in part.prerequisites), *requisites.rows())
    refuse_too_many(prerequisites=len(found))
    refuse_cycles(found, problems)
    return found


def _listed_abilities(drafts: Iterable[Draft]) -> list[MarkedCell]:
    """A column of a teaching plan that lists the abilities which each course serves."""
    return [
        MarkedCell(
            row=draft.course.row,
            sheet=draft.sheet,
            column=column,
            course=draft.course.code,
            ability=name,
            mark=mark or Mark(tick=True),
            listed=True,
        )
        for draft in drafts
        for column, text in draft.abilities
        for name, mark in abilities_in(text)
    ]


def _fields(parts: Iterable[Part], courses: Sequence[CourseRow]) -> tuple[str, ...]:
    """What the file speaks of: its columns, and what was made from them, such as hours from weeks."""
    empty = CourseRow(row=0, code="")
    named = frozenset().union(*(part.fields for part in parts))
    stated = [f.name for f in fields(CourseRow) if f.name != "row"]
    given = [name for name in stated if any(getattr(c, name) != getattr(empty, name) for c in courses)]
    return tuple(name for name in (*stated, "prerequisites") if name in named or name in given)
