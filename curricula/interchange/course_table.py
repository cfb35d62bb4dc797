"""The rows of one table → drafts of courses, as far as a row alone can say."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from competencies.tabular.plain_text import plain_text
from curricula.fields.course import COURSE
from curricula.fields.declaration import Place
from curricula.fields.texts import BadValue, is_yes_or_no, required_flag
from curricula.fields.values import Text

from .aliases import MODE_FIELDS, has_chinese
from .amounts import Amount, credit_amount
from .cells import Cells, one_line
from .columns import mostly_chinese
from .course_index import codes_listed
from .elective_groups import is_elective_row, is_placeholder, rule
from .elective_headings import NOTHING_BELOW, Below, below_choice, below_electives
from .headers import Row, Table
from .hours import read_hours
from .legend import without_marks
from .parsed import CourseRow, ReadSettings, StatedTotal
from .problems import Problems, some
from .teaching_plan import row_kind, with_merged_title
from .term_context import NEVER, When, names_only_a_time, when_named, within
from .terms import Terms, counts_other_terms, parse_terms, term_in_year, term_style
from .totals import Totals

LONGEST_LIST = 2_000  # characters
REQUISITE_KINDS = ("pre", "co", "strict-co")
_NAMING = ("code", "number", "title", "title_zh", "title_en")
# Columns that take more than their name to read, with the fields that they state.
_STATES = {
    "code": ("code",),
    "subject": ("code",),
    "title_en": ("title_en",),
    "title_zh": ("title_zh",),
    "credits": ("credits", "credits_max"),
    "credits_max": ("credits_max",),
    "term": ("term", "term_last"),
    "weekly_term": ("term", "term_last"),
    "module": ("module",),
    "course_type": ("course_type",),
    "nature": ("required",),
    "total_hours": ("total_hours", "hours_assumed"),
    "weeks": ("total_hours", "hours", "hours_assumed"),
    "experiment": ("hours", "experiment_hours"),
    "experiment_part": ("experiment_hours",),
    "hours_assumed": ("hours_assumed",),
    "paired_hours": ("hours",),
    **dict.fromkeys((mode for mode in MODE_FIELDS if mode != "experiment"), ("hours",)),
    **dict.fromkeys(REQUISITE_KINDS, ("prerequisites",)),
}
_PLAIN = {field.heading: field for field in COURSE.at(Place.IMPORT) if field.heading not in _STATES}


@dataclass(frozen=True)
class Draft:
    """A course before the whole file gives it a code, where it has none, and finds its prerequisites."""

    course: CourseRow
    sheet: str = ""
    column: str = ""  # the header over its code, or over its title
    requisites: tuple[tuple[str, str, str], ...] = ()  # kind, column, text
    abilities: tuple[tuple[str, str], ...] = ()  # column, text
    section: str = ""
    other_codes: tuple[str, ...] = ()  # by which it is listed elsewhere
    choice: tuple[str, str] = ("", "")  # the words of the heading from whose options it is, and where that stands


def stated_fields(table: Table) -> frozenset[str]:
    """The fields of a course that the table has columns for, empty ones too."""
    plain = {_PLAIN[column.field].name for column in table.columns if column.field in _PLAIN}
    return frozenset(plain.union(*(_STATES.get(column.field, ()) for column in table.columns)))


def read_course_table(
    table: Table, *, settings: ReadSettings, problems: Problems
) -> tuple[list[Draft], list[StatedTotal]]:
    """And the totals that the table states itself."""
    reader = _CourseTable(table, settings, problems)
    return reader.drafts(), reader.totals.found


def _first_text(row: Row) -> str:
    return next((cell for cell in row.cells if cell), "")


class _CourseTable:
    def __init__(self, table: Table, settings: ReadSettings, problems: Problems) -> None:
        self.table = table
        self.settings = settings
        self.problems = problems
        self.cells = Cells(table, problems)
        self.style = term_style(self._column_texts("term"))
        self.chinese = self._titles_are_chinese()
        self.when = table.when
        self.totals = Totals(self.cells)
        self.choices: dict[int, tuple[str, str]] = {}  # row number → the heading of choice above it
        self.chosen = False  # the heading above is one of choice,
        self.outer = ""  # and this one stands above it
        self.meant = str if self.cells.exact else html.unescape  # catalogues from web pages hold “&amp;”

    def drafts(self) -> list[Draft]:
        numbered = enumerate(self.table.rows)
        return [draft for place, row in numbered if (draft := self._draft(row, place)) is not None]

    def _column_texts(self, field: str) -> list[str]:
        columns = self.cells.columns[field]
        return [text for row in self.table.rows for column in columns if (text := row.at(column.index))]

    def _titles_are_chinese(self) -> bool:
        if self.settings.language:
            return self.settings.language.startswith("zh")
        return mostly_chinese(self._column_texts("title"))

    def _draft(self, row: Row, place: int) -> Draft | None:
        kind = row_kind(self.table, row)
        if kind in ("unnamed", "module_sums") and (named := with_merged_title(self.table, row)):
            row, kind = named, "course"
        if kind in ("course", "unnamed") and self.totals.adds_up(row):
            self.problems.warn("module_sums", row=row.number, value=_first_text(row))
            kind = "subtotal"
        below = below_electives(self.cells, place) if kind == "course" else NOTHING_BELOW
        if kind != "course" or below.heading:
            self._pass_by("choice" if below.heading else kind, row, place, below)
            return None
        self._leave_choice(row)
        if below.doubtful:
            names = [self._code(option) for option in below.rows]
            words: dict[str, Any] = {"names": some(names), "count": len(names)}
            self.problems.warn("elective_row_above", row=row.number, value=self._name(row), **words)
        self.cells.carrier.note(row)
        course = self._course(row)
        self.totals.read.append(course)
        return Draft(
            course=course,
            sheet=self.problems.sheet,
            column=self.cells.header(*_NAMING),
            requisites=tuple((kind, *cell) for kind in REQUISITE_KINDS for cell in self._lists(row, kind)),
            abilities=tuple(self._lists(row, "ability")),
            section=self.cells.text(row, "section"),
            other_codes=codes_listed(" ; ".join(self.cells.texts(row, "cross_listed"))),
            choice=self.choices.get(row.number, ("", "")),
        )

    def _pass_by(self, kind: str, row: Row, place: int, below: Below) -> None:
        """A row that is no course: what it says of those below it, or that it was left out."""
        text = _first_text(row)
        if kind == "choice":
            text = self._name(row) or text
            self.problems.warn("choice_row", row=row.number, value=text)
            self.totals.chosen = True
        if kind in ("heading", "module_sums", "choice"):
            self._enter(next((cell for cell in row.cells if names_only_a_time(cell)), text), place, below)
            self.totals.heading()
        if kind == "subtotal":
            self.totals.total(row, self.problems)
        elif kind == "module_sums":
            self.problems.warn(kind, row=row.number, value=text)
        elif kind == "remark":
            self.problems.warn("row_skipped", row=row.number, value=text)
        elif kind == "unnamed":
            self.problems.refuse("missing_code_and_title", row=row.number, column=self.cells.header(*_NAMING))

    def _name(self, row: Row) -> str:
        return next(filter(None, (self.cells.text(row, field) for field in _NAMING)), "")

    def _leave_choice(self, row: Row) -> None:
        """Where another part of the plan begins, what is chosen above it is over."""
        if self.chosen and row.number not in self.choices:
            self.chosen = False
            self.cells.carrier.enter(self.outer)

    def _enter(self, heading: str, place: int, below: Below) -> None:
        """A heading names the module of the rows below it, or the term; a choice ends with the next of either."""
        when = self._when(heading)
        if when is not None:
            self.when = when
            heading = self.outer
        if when is None or self.chosen:
            self.cells.carrier.enter(heading)
        self.chosen = when is None and bool(rule(heading))
        if self.chosen:
            at = f"{self.problems.sheet}:{self.table.rows[place].number}"
            rows = below.rows or below_choice(self.cells, place)
            self.choices |= {row.number: (heading, at) for row in rows}
        else:
            self.outer = heading

    def _when(self, heading: str) -> When | None:
        if counts_other_terms(heading):
            self.problems.warn_once("other_terms", value=heading)
            return NEVER
        when = when_named(heading)
        return within(self.when, when) if when else None

    def _lists(self, row: Row, field: str) -> Iterator[tuple[str, str]]:
        """(column, text) of the cells that list other things; no list is as long as a page."""
        for column in self.cells.columns[field]:
            text = row.at(column.index)
            if len(text) > LONGEST_LIST:
                place: dict[str, Any] = {"row": row.number, "column": column.header, "value": text}
                self.problems.refuse("text_too_long", **place, length=len(text), limit=LONGEST_LIST)
            elif text:
                yield column.header, text

    def _course(self, row: Row) -> CourseRow:
        (title_en, marks_en), (title_zh, marks_zh) = map(self._unmarked, self._titles(row))
        hours = read_hours(self.cells, row, self.settings)
        if hours.rest_as_theory:
            self.problems.gather("rest_as_theory", title_zh or title_en)
        code = self._code(row)
        title = title_zh or title_en
        if not code and (is_elective_row(title) or (is_placeholder(title) and rule(title))):
            self.problems.warn("elective_row", row=row.number, value=title)
            self.totals.chosen = True
        stated: dict[str, Any] = {
            "module": " / ".join(dict.fromkeys(self.cells.texts(row, "module"))) or self.cells.carrier.heading,
            "total_hours": hours.total,
            "hours": hours.by_mode,
            "experiment_hours": hours.experiment,
            "hours_assumed": hours.assumed,
        }
        for found in (self._plain(row), self._credits(row), self._nature(row), self._terms(row, title)):
            stated |= found
        listed = [f"{self.cells.header('cross_listed')}: {text}" for text in self.cells.texts(row, "cross_listed")]
        said = dict.fromkeys(self.table.legend.get(mark, mark) for mark in marks_zh or marks_en)
        stated["note"] = "\n".join(filter(None, (stated.get("note"), *said, *listed)))
        return CourseRow(row=row.number, code=code, title_en=title_en, title_zh=title_zh, **stated)

    def _unmarked(self, title: str) -> tuple[str, str]:
        bare, marks = (title, "") if self.cells.exact else without_marks(title, self.table.legend)
        if marks:
            self.problems.warn_once("marks_of_titles", value=marks)
        return bare, marks

    def _plain(self, row: Row) -> dict[str, Any]:
        """The fields that are read as they are declared."""
        read: dict[str, Any] = {}
        for heading, field in _PLAIN.items():
            if isinstance(field.value, Text) and field.value.lines > 1:
                prose = self.cells.prose(row, heading)
                read[field.name] = prose if self.cells.exact else plain_text(prose)
            elif text := " ".join(self.cells.texts(row, heading)):
                read |= field.stated(self.cells.value(field.value, row, self.cells.header(heading), text))
        return read

    def _code(self, row: Row) -> str:
        if self.cells.columns["subject"] and self.cells.columns["number"]:
            parts = (self.cells.text(row, "subject"), self.cells.text(row, "number"))
            return " ".join(part for part in parts if part)
        return self.cells.text(row, "code")

    def _titles(self, row: Row) -> tuple[str, str]:
        """(English, Chinese); one cell may hold both, on two lines."""
        english, chinese = self.cells.text(row, "title_en"), self.cells.text(row, "title_zh")
        title = self.cells.text(row, "title")
        lines = [line.strip() for line in title.split("\n")]
        if len(lines) == 2 and has_chinese(lines[0]) != has_chinese(lines[1]):
            english, chinese = sorted(lines, key=has_chinese)
        elif title:
            english, chinese = (english, title) if self.chinese else (title, chinese)
        return self.meant(self._line(english)), self.meant(self._line(chinese))

    def _line(self, title: str) -> str:
        return title if self.cells.exact else one_line(title)

    def _credits(self, row: Row) -> dict[str, Any]:
        amounts = [figure.amount for figure in self.cells.figures(row, "credits", credit_amount)]
        highest = [figure.amount for figure in self.cells.figures(row, "credits_max", credit_amount)]
        amount = amounts[0] if amounts else Amount()
        return {
            "credits": amount.value if amounts else None,
            "credits_max": highest[0].value if highest and highest[0].value != amount.value else amount.highest,
        }

    def _nature(self, row: Row) -> dict[str, Any]:
        nature, kind = self.cells.text(row, "nature"), self.cells.text(row, "course_type")
        if self.cells.columns["nature"]:
            if self.cells.exact:
                return {"required": required_flag(nature), "course_type": kind}
            return {"required": required_flag(nature), "course_type": kind or ("" if is_yes_or_no(nature) else nature)}
        return {"required": None if is_yes_or_no(kind) else required_flag(kind), "course_type": kind}

    def _terms(self, row: Row, name: str) -> dict[str, Any]:
        terms = self._weekly_terms(row) or self._stated_terms(row, name)
        return {"term": terms.first, "term_last": terms.last} if terms else {}

    def _weekly_terms(self, row: Row) -> Terms | None:
        columns = self.cells.columns["weekly_term"]
        terms = [c.term for c in columns if c.term is not None and row.at(c.index) not in ("", "0", "-", "—", "/")]
        if not terms:
            return None
        return Terms(first=min(terms), last=max(terms) if max(terms) > min(terms) else None)

    def _stated_terms(self, row: Row, name: str) -> Terms | None:
        text, header = self.cells.text(row, "term"), self.cells.header("term")
        if not text:
            return self._surrounding_term(row)
        try:
            terms = parse_terms(self._with_year(row, text), self.style)
        except BadValue as problem:
            self._report_term(problem, row, text, name)
            return None
        if terms.assumed:
            shown = f"{terms.first}-{terms.last}" if terms.last else str(terms.first)
            tell = self.problems.warn if terms.assumed == "date_as_term" else self.problems.warn_once
            tell(terms.assumed, row=row.number, column=header, value=text, term=shown)
        return terms

    def _with_year(self, row: Row, text: str) -> str:
        if year := self.cells.text(row, "year"):
            return term_in_year(year, text)
        counted = term_in_year(self.when.year, text) if self.when.year else text
        if counted != text:
            self.problems.warn_once("term_from_heading", row=row.number, value=self.when.words)
        return counted

    def _surrounding_term(self, row: Row) -> Terms | None:
        if self.when.term is None:
            return None
        self.problems.warn_once("term_from_heading", row=row.number, value=self.when.words)
        return Terms(self.when.term)

    def _report_term(self, problem: BadValue, row: Row, text: str, name: str) -> None:
        header = self.cells.header("term")
        if problem.code == "season_ignored":
            self.problems.gather("season_ignored", name)
        elif problem.code == "other_terms":
            self.problems.warn_once(problem.code, row=row.number, column=header, value=text)
        elif problem.code == "unreadable_term":
            self.problems.warn(problem.code, row=row.number, column=header, value=text)
        else:
            self.cells.refuse(problem, row, header, text)
