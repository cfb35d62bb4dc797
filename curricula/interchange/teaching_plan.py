"""What sets a printed teaching plan apart from a plain list: headings, subtotals, remarks, cells merged downwards."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from curricula.fields.texts import BadValue, is_blank, number

from .aliases import MODE_FIELDS, has_chinese
from .columns import CODE_LIKE, FIGURES, IDENTITY, Column
from .elective_groups import is_choice, is_elective_row
from .headers import Row, Table, is_subtotal
from .term_context import names_only_a_time, when_named

_MERGED = frozenset({"module", "course_type", "nature", "department", "assessment", "term", "year", "ability"})
_CARRIED = frozenset(
    {"module", "course_type", "nature", "term", "year", "ability"}
)  # also where nothing says what is merged
SUMMED = frozenset({"credits", "total_hours", "weeks", "paired_hours", *MODE_FIELDS})
_NOT_A_LABEL = frozenset({"note", "description", "assessment", "pre", "co"})
_HEADING = re.compile(
    r"[（(]?([一二三四五六七八九十]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|\d{1,2})[）)、.．].*|.*(课程?|模块|平台|环节|类|课程群|方向|部分)([（(].{0,60}[）)])?"
    r"|(part|module|group|section)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REMARK = re.compile(r"(注|备注|说明|note|remark)s?\s*[:：\d].*|.{81}.*", re.IGNORECASE | re.DOTALL)
_PLAIN_SUBTOTAL = re.compile(
    r"(.{0,12}(小计|合计|总计|共计)(?![算量划])|(sub-?\s?|grand )?totals?\b).*", re.IGNORECASE | re.DOTALL
)


def row_kind(table: Table, row: Row) -> str:
    """course, heading, choice, module_sums, subtotal, remark, unnamed or empty; judged on the cells as they are.

    Headings, totals and choices come first, so that none of them is taken for a course.
    """
    texts = [cell for cell in row.cells if cell and not is_blank(cell)]
    if len(texts) == 1:
        return _lone_kind(table, row, texts[0])
    code, title = _named(table, row, "code", "number"), _named(table, row, "title", "title_zh", "title_en")
    if not texts or is_repeated_header(table, row):
        return "empty"
    words = list(islice((text for text in texts if not _is_figure(text)), 2))
    if len(words) == 1 and names_only_a_time(words[0]):
        return "heading"
    if not (code and title) and is_choice(code or title):
        return "choice"
    if not code and is_elective_row(title) and _states(table, row, exclude={"module", "note", "sequence", "ignored"}):
        return "course"
    if _is_subtotal_row(table, row, code):
        return "subtotal"
    if not code and not title:
        if _is_module_sums(table, row):
            return "module_sums"
        return "unnamed" if _states(table, row, exclude={"module", "note", "sequence", "ignored", "year"}) else "empty"
    return "remark" if _is_remark(table, row, texts, coded=bool(code)) else "course"


def with_merged_title(table: Table, row: Row) -> Row | None:
    """The row with its title in its place, where one cell was merged from the module across to the title."""
    titles = [column.index for column in table.columns if column.field in ("title", "title_zh", "title_en")]
    filled, above = table.merged_down.get(row.number, {}), table.merged_down.get(row.number - 1, {})
    place = next((index for index in titles if filled.get(index)), None)
    if place is None or filled[place] == above.get(place) or filled[place] not in row.cells[:place]:
        return None
    cells = ["" if index < place and cell == filled[place] else cell for index, cell in enumerate(row.cells)]
    return Row(number=row.number, cells=(*cells[:place], filled[place], *cells[place + 1 :]))


def is_repeated_header(table: Table, row: Row) -> bool:
    named = [column for column in table.columns if column.field in IDENTITY]
    return all(row.at(column.index) in column.parts for column in named)


def _named(table: Table, row: Row, *fields: str) -> str:
    return next((row.at(c.index) for c in table.columns if c.field in fields and not is_blank(row.at(c.index))), "")


def _lone_kind(table: Table, row: Row, text: str) -> str:
    column = next(c for c in table.columns if row.at(c.index) == text) if _in_columns(table, row, text) else None
    field = column.field if column else ""
    if _PLAIN_SUBTOTAL.fullmatch(text):
        return "subtotal"
    if _REMARK.fullmatch(text) or field == "note":
        return "remark"
    if field in ("sequence", "ignored") and (text.isdigit() or field == "ignored"):
        return "empty"
    if names_only_a_time(text):
        return "heading"
    if is_choice(text):
        return "choice"
    if field == "code":
        return "course" if CODE_LIKE.fullmatch(text) else "heading"
    if when_named(text):
        return "heading"
    if field in IDENTITY and not table.has("code", "number") and not _HEADING.fullmatch(text):
        return "course"
    return "unnamed" if _is_figure(text) else "heading"


def _in_columns(table: Table, row: Row, text: str) -> bool:
    return any(row.at(column.index) == text for column in table.columns)


def _is_figure(text: str) -> bool:
    try:
        number(text)
    except BadValue as error:
        return error.code != "unreadable_number"
    return True


def _is_subtotal_row(table: Table, row: Row, code: str) -> bool:
    if code and not is_subtotal(code):
        return False
    labels = (row.at(c.index) for c in table.columns if c.field not in _NOT_A_LABEL)
    return any(map(is_subtotal, labels))


def _states(table: Table, row: Row, *, exclude: set[str]) -> bool:
    return any(
        not is_blank(row.at(column.index))
        for column in table.columns
        if column.field and column.field not in exclude and column.field not in IDENTITY
    )


def _is_remark(table: Table, row: Row, texts: list[str], *, coded: bool) -> bool:
    """A line such as “制表：… 审核：…” under the table: no figures where every course has some."""
    if len(texts) > 1 and all(re.search("[:：]", text) for text in texts):
        return True
    if not table.has(*FIGURES) or any(not is_blank(row.at(c.index)) for c in table.columns if c.field in FIGURES):
        return False
    return all(re.search("[:：]", text) for text in texts) or (
        not coded and table.has("code", "number") and not _states(table, row, exclude={"note", "sequence", "ignored"})
    )


def _is_module_sums(table: Table, row: Row) -> bool:
    """“通识教育课 | 38 | 608”: one name left of the courses, and figures that can be sums, but no term and no kind."""
    filled = [column for column in table.columns if row.at(column.index) and not is_blank(row.at(column.index))]
    labels = [column for column in filled if column.field in ("module", "course_type")]
    others = {column.field for column in filled} - {"module", "course_type", "note", "sequence", ""}
    return len(labels) == 1 and others <= SUMMED


def _columns_merged_down(texts: dict[int, dict[int, str]]) -> set[int]:
    """Columns with a merged cell over several rows; a heading merged across one row says nothing of them."""
    return {
        column
        for row, cells in texts.items()
        for column, text in cells.items()
        if texts.get(row + 1, {}).get(column) == text
    }


class Carrier:
    """Fills what a plan says once for many rows: cells merged downwards, and headings."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._merged = _columns_merged_down(table.merged_down)
        self._columns = [column for column in table.columns if self._is_carried(column)]
        self._last: dict[int, str] = {}
        self.heading = ""

    def _is_carried(self, column: Column) -> bool:
        """Left of the course's name, blank means “as above”; to the right of it only a Chinese module does.

        A column that says the same in two rows, one below the other, was never merged: blank is blank there, and in
        our own files, which alone say whether hours are assumed, everywhere.
        """
        if self._table.ours or column.field not in _CARRIED or column.index in self._merged or self._repeats(column):
            return False
        name = min((c.index for c in self._table.columns if c.field in IDENTITY), default=0)
        return column.index < name or (column.field == "module" and has_chinese(column.header))

    def _repeats(self, column: Column) -> bool:
        texts = [row.at(column.index) for row in self._table.rows]
        return any(text and text == above for above, text in pairwise(texts))

    def enter(self, heading: str) -> None:
        self.heading = heading
        for column in self._columns:
            if column.field == "module":
                self._last.pop(column.index, None)

    def note(self, row: Row) -> None:
        self._last.update({c.index: row.at(c.index) for c in self._columns if row.at(c.index)})

    def text(self, row: Row, column: Column) -> str:
        own = row.at(column.index)
        if own or column.field not in _MERGED:
            return own
        return self._table.merged_down.get(row.number, {}).get(column.index) or self._last.get(column.index, "")
