"""Where the tables of a sheet stand: title rows skipped, header rows joined, merged header cells filled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from competencies.tabular.choices import LEFT_OUT, NO_CHOICES, Choices
from competencies.tabular.column_names import names_to_choose
from competencies.tabular.recognised import CHOSEN

from .aliases import LONGEST_HEADER, MODE_FIELDS, field_of, has_chinese
from .blocks import behind_a_gap, blocks
from .columns import CODE_LIKE, FIGURES, IDENTITY, Column, column_from_header, is_our_export, settled
from .legend import legend
from .marks import mostly_marks
from .problems import Problems
from .spreadsheet import Sheet
from .term_context import NEVER, When, nearest, when_named
from .terms import single_term

MOST_EXTRA_HEADER_ROWS = 3  # groups, terms, the weeks of each term
MOST_LINES_ABOVE = 3
MOST_TITLE_ROWS = 10
MAX_TERMS = 12  # a header counts terms; what is higher is a figure
MOST_FILLED_CELLS = 1_000_000  # merged ranges can claim more cells than any sheet has
_GROUP = re.compile(
    r"学时|学分|学期|学年|分配|考核|性质|毕业要求|能力|hours|credit|term|semester|outcome|abilit|competenc", re.I
)
_OF_COURSES = FIGURES | {"code", "title_zh", "title_en", "nature", "pre", "co", "ability"}
_TITLE = re.compile(r"[:：]|计划|方案|[表级]$|.{21}", re.DOTALL)
_ATTACHMENT = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]*\s*[:：]?")
_EXPLICIT = re.compile(r"课|course|module|unit|class", re.I)
_SUBTOTAL = re.compile(
    r"((小计|合计|总计|共计)(?![算量划])|总学分|毕业最低学分|最低毕业学分|应修|至少|最低|学分小计|学分合计|学分要求|毕业学分|要求学分|毕业要求学分|选修要求|修读要求).*"
    r"|.*((小计|合计|总计|共计)(?![算量划])|学分要求|应修.*学分|至少.*学分|要求学分|要求.*学分)[:：(（]?.{0,12}"
    r"|(占?总?学[分时]的?)?(比例|占比|百分比)([（(]?[%％][)）]?)?|.*占总学[分时].*|(课程?|开课|考试)门数|(平均|每)?周学时数?"
    r"|(sub-?\s?total|grand total|totals?)(\s+(credits?|hours?|credit hours))?\s*[:：]?"
    r"|(semester|term|year|module|group|core|major)?\s?\d?\s?(sub-?total|total|sum)s?\b(\s(number|of|all|the|credits?|hours?"
    r"|units?|points?|ects|required|for|this|degree|program(me)?|semester|term|year|core|electives?|courses?|\d)){0,8}\s*[:：]?"
    r"|(credits? required|required credits?|minimum credits?)\b.*|average|mean|其中.{1,12}学[分时]",
    re.I,
)


@dataclass(frozen=True)
class Row:
    number: int  # as a spreadsheet counts
    cells: tuple[str, ...]

    def at(self, index: int) -> str:
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    merged_down: dict[int, dict[int, str]]  # row number → column → the text of the merged cell above
    title: str = ""
    legend: Mapping[str, str] = field(default_factory=dict)  # sign → what the sheet says that it means
    when: When = NEVER  # the year or term that its title or its sheet names
    header: range = range(0)  # its rows, as a spreadsheet counts

    def has(self, *fields: str) -> bool:
        return any(column.field in fields for column in self.columns)

    @property
    def ours(self) -> bool:
        return is_our_export(self.columns)

    def with_merged(self, row: Row) -> Row:
        """The row with what stands in cells that are merged over it."""
        merged = self.merged_down.get(row.number, {})
        return replace(row, cells=tuple(cell or merged.get(place, "") for place, cell in enumerate(row.cells)))

    def of(self, field: str) -> list[Column]:
        return [column for column in self.columns if column.field == field]


@dataclass(frozen=True)
class _Header:
    top: int
    start: int  # the row that names code or title
    end: int  # the first row after the header


def is_subtotal(text: str) -> bool:
    words = ("" if has_chinese(text) else " ").join(text.split())
    return bool(words) and len(words) <= LONGEST_HEADER and bool(_SUBTOTAL.fullmatch(words))


def find_tables(sheet: Sheet, problems: Problems, choices: Choices = NO_CHOICES) -> list[Table]:
    """Every table of the sheet that names its courses by code or title."""
    grid = _Grid(sheet, choices)
    headers = list(_headers(grid))
    ends = [header.top for header in headers[1:]] + [len(sheet.rows)]
    tables = [
        table for header, end in zip(headers, ends, strict=False) for table in _tables(grid, header, end, problems)
    ]
    said = legend(sheet.rows) if tables else {}
    return [replace(table, title=_title(sheet, headers[0]), legend=said) for table in tables]


def header_words(sheet: Sheet) -> list[str]:
    """What stands in the first row with several texts, to tell which headers were found instead."""
    rows = [[cell for cell in row if cell] for row in sheet.rows[:40]]
    several = next((row for row in rows if len(row) > 1), None)
    return several or next((row for row in rows if row), [])


class _Grid:
    """A sheet with its merged cells filled, for reading headers only."""

    def __init__(self, sheet: Sheet, choices: Choices = NO_CHOICES) -> None:
        self.sheet = sheet
        self.choices = choices
        self.filled = _merged_cells(sheet)

    def field(self, cell: str) -> str:
        """What the cell says as a header, if it is one."""
        return _chosen_field(self.choices.columns.get(" ".join(cell.split()), "")) or field_of(cell)

    def columns(self, columns: Sequence[Column]) -> list[Column]:
        """With the names by which they are chosen, and what was chosen."""
        named = zip(columns, names_to_choose(column.header for column in columns), strict=True)
        return [self._chosen(replace(column, name=name)) for column, name in named]

    def _chosen(self, column: Column) -> Column:
        field = _chosen_field(self.choices.columns.get(column.name, ""))
        return replace(column, field=field, why=CHOSEN) if field else column

    def row(self, index: int) -> list[str]:
        cells = list(self.sheet.rows[index])
        if merged := self.filled.get(index):
            cells += [""] * (max(merged) + 1 - len(cells))
            cells = [cell or merged.get(column, "") for column, cell in enumerate(cells)]
        return cells


def _chosen_field(meaning: str) -> str:
    return "ignored" if meaning == LEFT_OUT else meaning


def _merged_cells(sheet: Sheet) -> dict[int, dict[int, str]]:
    filled: dict[int, dict[int, str]] = defaultdict(dict)
    width = max((len(row) for row in sheet.rows), default=0)
    left_to_fill = MOST_FILLED_CELLS
    for top, left, bottom, right in sheet.merged:
        if top >= len(sheet.rows) or left >= len(sheet.rows[top]) or not sheet.rows[top][left]:
            continue
        rows, columns = range(top, min(bottom + 1, len(sheet.rows))), range(left, min(right + 1, width))
        left_to_fill -= len(rows) * len(columns)
        if left_to_fill < 0:
            break
        for row in rows:
            filled[row].update(dict.fromkeys(columns, sheet.rows[top][left]))
    return filled


def _headers(grid: _Grid) -> Iterator[_Header]:
    if rows := grid.choices.header_rows(grid.sheet.name):
        yield from _chosen_header(grid, _Header(top=rows.start - 1, start=rows.start - 1, end=rows.stop - 1))
        return
    index, found = 0, False
    while index < len(grid.sheet.rows):
        header = _header_at(grid, index, again=found)
        if header is None:
            index += 1
            continue
        found = True
        yield header
        if _is_our_own(grid, header):
            return
        index = header.end


def _is_our_own(grid: _Grid, header: _Header) -> bool:
    """Our export has one header a sheet; a course below may be called, examined and noted in words of headers."""
    return any(grid.field(cell) == "hours_assumed" for cell in grid.sheet.rows[header.start])


def _chosen_header(grid: _Grid, header: _Header) -> Iterator[_Header]:
    """Where somebody said; without a code or a title its rows are still no courses."""
    if header.end <= len(grid.sheet.rows) and any(c.field in IDENTITY for c in _header_columns(grid, header)):
        yield header


def _header_at(grid: _Grid, index: int, *, again: bool) -> _Header | None:
    raw = [cell for cell in grid.sheet.rows[index] if cell]
    if len(raw) < 2 or (again and not any(grid.field(cell) in IDENTITY for cell in raw[:6])):
        return None
    cells = grid.row(index)
    fields = [grid.field(cell) for cell in cells]
    identity = [column for column, field in enumerate(fields) if field in IDENTITY]
    if not identity or (again and not _reads_as_header(cells, fields)):
        return None
    end = _header_end(grid, index, identity)
    header = _Header(top=_header_top(grid, index), start=index, end=end)
    return header if _names_courses(grid, header) else None


def _reads_as_header(cells: Sequence[str], fields: Sequence[str]) -> bool:
    """Far down a sheet a course may be called “实习”; a header has three known words and few others."""
    words = {cell for cell in cells if cell and not re.search(r"\d", cell)}
    known = {field for field in fields if field}
    return len(known) >= 3 and sum(bool(field_of(word)) for word in words) >= 0.6 * len(words)


def _header_end(grid: _Grid, start: int, identity: Sequence[int]) -> int:
    end = start + 1
    while end < min(start + 1 + MOST_EXTRA_HEADER_ROWS, len(grid.sheet.rows)) and _goes_on(grid, end, identity):
        end += 1
    return end


def _goes_on(grid: _Grid, index: int, identity: Sequence[int]) -> bool:
    """A further header row leaves code and title empty, or repeats them where the cells are merged."""
    cells, above = grid.row(index), grid.row(index - 1)
    at = dict(enumerate(cells))
    if any(at.get(column) and at.get(column) != dict(enumerate(above)).get(column) for column in identity):
        return False
    own = [cell for cell in grid.sheet.rows[index] if cell]
    if not own or (any(map(is_subtotal, own)) and not any(field_of(cell) in MODE_FIELDS for cell in own)):
        return False
    if _sums_a_module(own):
        return False
    return len(own) > 1 or (not grid.sheet.rows[index][0] and _may_be_grouped(own[0]))


def _may_be_grouped(text: str) -> bool:
    return field_of(text) in MODE_FIELDS or single_term(text) is not None or bool(when_named(text))


def _sums_a_module(cells: Sequence[str]) -> bool:
    """“通识教育课 | 38 | 608” right below the header says what comes next, not what the columns are."""
    figures = [float(cell) for cell in cells if re.fullmatch(r"\d{1,4}(\.\d+)?", cell)]
    words = [cell for cell in cells if not re.search(r"\d", cell) and not field_of(cell) and single_term(cell) is None]
    return bool(words) and max(figures, default=0) > MAX_TERMS


def _header_top(grid: _Grid, start: int) -> int:
    """The row above belongs to the header when it groups some of the columns, not when it is a title."""
    if start == 0:
        return start
    own = {cell for cell in grid.sheet.rows[start - 1] if cell}
    if any(CODE_LIKE.fullmatch(cell) for cell in own):
        return start  # a course, above the header that each page repeats
    groups = [cell for cell in own if _GROUP.search(cell) and not _TITLE.search(cell)]
    leftmost = grid.sheet.rows[start - 1][:1]
    return start - 1 if groups and (len(own) > 1 or leftmost == ("",)) else start


def _names_courses(grid: _Grid, header: _Header) -> bool:
    """“Name” beside “Company” is no course; “Name” beside “Credits” is, and so is “课程名称” beside anything known."""
    columns = _header_columns(grid, header)
    if _marked_columns(grid, header, columns) > 1:
        return True
    known = {column.field for column in columns if column.field}
    named = [column for column in columns if column.field in IDENTITY]
    explicit = any(column.chosen or _EXPLICIT.search(column.header) for column in named)
    return len(known) > 1 and (explicit or not known.isdisjoint(_OF_COURSES) or {"subject", "number"} <= known)


def _marked_columns(grid: _Grid, header: _Header, columns: Sequence[Column]) -> int:
    sample = grid.sheet.rows[header.end : header.end + 200]
    unknown = [column.index for column in columns if not column.field]
    return sum(mostly_marks([row[index] for row in sample if index < len(row) and row[index]]) for index in unknown)


def _header_columns(grid: _Grid, header: _Header) -> list[Column]:
    rows = [grid.row(index) for index in range(header.top, header.end)]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    for upper, lower in pairwise(rows):
        _fill_right(upper, lower)
    stacks = [[row[column] for row in rows if row[column]] for column in range(width)]
    return grid.columns(
        [
            column_from_header(index, stack, alone=not _shared(stack, stacks, index))
            for index, stack in enumerate(stacks)
        ]
    )


def _fill_right(upper: list[str], lower: Sequence[str]) -> None:
    """A group stands over the first of its columns only, where the file does not say what is merged."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column - 1] not in ("", upper[column - 1]) and _may_stand_below(lower[column]):
            upper[column] = upper[column - 1]


def _may_stand_below(text: str) -> bool:
    return bool(text) and field_of(text) in ("", "total_hours", "credits", "ability", "assessment_any", *MODE_FIELDS)


def _shared(stack: list[str], stacks: list[list[str]], index: int) -> bool:
    return any(other[:1] == stack[:1] for position, other in enumerate(stacks) if position != index and len(other) > 1)


def _tables(grid: _Grid, header: _Header, end: int, problems: Problems) -> Iterator[Table]:
    end = end if _is_our_own(grid, header) else _last_row(grid, header.end, end)
    columns = _own_columns(grid, header, end, problems)
    for block in blocks(columns):
        yield _table(grid, header, end, columns[block.start : block.stop], problems)


def _own_columns(grid: _Grid, header: _Header, end: int, problems: Problems) -> list[Column]:
    columns = _header_columns(grid, header)
    gap = behind_a_gap(columns, grid.sheet.rows[header.end : end], is_subtotal)
    if gap is None:
        return columns
    problems.warn("table_beside", value=", ".join(column.header for column in columns[gap:] if column.parts))
    return columns[:gap]


def _table(grid: _Grid, header: _Header, end: int, columns: Sequence[Column], problems: Problems) -> Table:
    """One table of the header's columns; what stands left and right of them is not its own."""
    block = range(columns[0].index, columns[-1].index + 1)
    rows = tuple(
        Row(number=index + 1, cells=cells)
        for index in range(header.end, end)
        if any(cells := _within(grid.sheet.rows[index], block))
    )
    settled_columns = settled(columns, [row.cells for row in rows], problems)
    return Table(
        sheet=grid.sheet.name,
        columns=tuple(settled_columns),
        rows=rows,
        merged_down={row + 1: texts for row, texts in grid.filled.items() if row >= header.end},
        header=range(header.top + 1, header.end + 1),
        when=nearest([grid.sheet.name, *_lines_above(grid, header, block)]),
    )


def _within(cells: tuple[str, ...], block: range) -> tuple[str, ...]:
    if not block.start:
        return cells[: block.stop]
    return ("",) * block.start + cells[block.start : block.stop]


def _lines_above(grid: _Grid, header: _Header, block: range) -> list[str]:
    """The rows right above a table that say one thing over all its columns."""
    rows = (grid.row(index) for index in range(max(0, header.start - MOST_LINES_ABOVE), header.start))
    lines = [{cell for cell in row[block.start : block.stop] if cell} for row in rows]
    return [line.pop() for line in lines if len(line) == 1]


def _last_row(grid: _Grid, start: int, end: int) -> int:
    """A table ends where another begins that lists something else, such as credits by module."""
    for index in range(start, end):
        cells = [cell for cell in grid.sheet.rows[index] if cell]
        if len(cells) >= 3 and field_of(cells[0]) and field_of(cells[1]):
            fields = [field_of(cell) for cell in cells]
            if _reads_as_header(cells, fields) and not any(re.search(r"\d", cell) for cell in cells):
                return index
    return end


def _title(sheet: Sheet, header: _Header) -> str:
    rows = sheet.rows[: header.top] if header.top < MOST_TITLE_ROWS else ()
    texts = (cell for row in rows for cell in row if cell and not cell.isdigit())
    return next((text for text in texts if not _ATTACHMENT.fullmatch(text)), "")
