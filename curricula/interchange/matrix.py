"""The wide matrix: a course in each row, an ability in each column, a mark where they meet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from competencies.tabular.recognised import BY_VALUES
from curricula.fields.texts import is_number, plain

from .cells import Cells
from .columns import FIGURES, Column
from .headers import Row, Table, is_subtotal
from .legend import CIRCLED, SYMBOLS, strengths
from .mapping import MarkedCell, course_name, read_mark
from .marks import DENIALS, LEVEL_SETS, LONGEST_MARK, REPEATED, indicator_marks, is_mark, known_letters, mostly_marks
from .parsed import ReadSettings
from .problems import Problems, refuse_too_many, some
from .teaching_plan import row_kind

_BY_STRENGTH = {"●": "H", "◎": "M", "○": "L"}
_NONE = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "n/a"}) | DENIALS
_ABILITY = re.compile(
    r"毕业要求|指标点|能力|素质|outcome|abilit|competenc|skill|\bp?[ls]?o\s*\d|^\d+([.\-]\d+)+", re.IGNORECASE
)
_CODE_LIKE = re.compile(r"[A-Za-z]{0,6}[-.]?\d+([.\-]\d+)*")
_LETTERS = re.compile(r"[a-z](?:[\s,/+、&]{1,3}[a-z]){0,3}")
FEWEST_GATHERED = 3  # unknown letters
FEWEST_COLUMNS = 2
FEWEST_IN_A_PLAN = 4  # a plan may tick a few things of its own, such as a core course


def ability_columns(table: Table) -> list[Column]:
    """The unknown columns that hold marks; in a teaching plan they must also be called like abilities."""
    named = [column for column in table.columns if not column.field and column.label and not is_subtotal(column.label)]
    unknown = [column for column in named if _is_brief(table.rows, column.index)]
    called = [column for column in unknown if _ABILITY.search(column.header)]
    marked = [column for column in unknown if _holds_marks(table.rows, column.index)]
    marked += [column for column in called if column not in marked and _holds_letters(table.rows, column.index)]
    if any(column in marked for column in called):
        return called if table.has(*FIGURES) else unknown
    if table.has(*FIGURES):
        ticked = [column for column in marked if not _all_figures(table.rows, column.index)]
        return ticked if len(ticked) >= FEWEST_IN_A_PLAN else []
    return unknown if len(unknown) >= FEWEST_COLUMNS and len(marked) * 2 >= len(unknown) else []


def _texts(rows: Sequence[Row], index: int) -> list[str]:
    return [text for row in rows if plain(text := row.at(index)) not in _NONE]


def _holds_marks(rows: Sequence[Row], index: int) -> bool:
    return mostly_marks(_texts(rows, index))


def _holds_letters(rows: Sequence[Row], index: int) -> bool:
    """Single letters under the name of an ability are levels, even if nobody here knows them."""
    texts = _texts(rows, index)
    return bool(texts) and all(_LETTERS.fullmatch(plain(text)) for text in texts)


def _is_brief(rows: Sequence[Row], index: int) -> bool:
    """A mark that nobody knows still stands among marks, and is refused rather than overlooked."""
    return all(len(text) <= LONGEST_MARK or is_mark(text) for text in _texts(rows, index))


def _all_figures(rows: Sequence[Row], index: int) -> bool:
    return all(map(is_number, _texts(rows, index)))


def with_marks(table: Table) -> Table:
    """The table with its ability columns marked as such; in a list of mappings one column of marks is the level."""
    if is_mapping(table):
        found = [column for column in table.columns if not column.field and _holds_marks(table.rows, column.index)]
        level = found[0] if len(found) == 1 and not table.has("level", "share", "strength", "ability_weight") else None
        marked_level = (replace(c, field="level", why=BY_VALUES) if c is level else c for c in table.columns)
        return replace(table, columns=tuple(marked_level))
    marked = {column.index for column in ability_columns(table)}
    mark = partial(replace, field="mark", why=BY_VALUES)
    columns = (mark(column) if column.index in marked else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def is_mapping(table: Table) -> bool:
    """One ability in each row."""
    return table.has("ability") and (table.has("level", "share", "evidence", "rater") or not table.has(*FIGURES))


def lists_outcomes(table: Table) -> bool:
    """Abilities in the rows, courses in the columns."""
    held = [column for column in table.columns if not column.field and _holds_marks(table.rows, column.index)]
    called = sum(bool(_ABILITY.search(column.header)) for column in held)
    return is_mapping(table) and len(held) > 1 and not called and not table.has("level", "share", "strength")


def ability_names(columns: Sequence[Column]) -> dict[int, str]:
    """What each column calls its ability: the lowest header row, or more of it where that is not enough."""
    labels = Counter(column.label for column in columns)
    tops = Counter(column.parts[0] for column in columns)
    return {column.index: _ability_name(column, labels, tops) for column in columns}


def _ability_name(column: Column, labels: Counter[str], tops: Counter[str]) -> str:
    top, label = column.parts[0], column.label
    if len(column.parts) == 1:
        return label
    if labels[label] > 1:
        return f"{top} {label}" if tops[top] > 1 else top
    own_code = tops[top] == 1 and _CODE_LIKE.fullmatch(top) and not _CODE_LIKE.fullmatch(label)
    return top if own_code else label


def read_matrix(table: Table, *, settings: ReadSettings, problems: Problems) -> list[MarkedCell]:
    cells = Cells(table, problems)
    _refuse_large(cells)
    names = ability_names(cells.columns["mark"])
    for name in (name for name, count in Counter(names.values()).items() if count > 1):
        problems.refuse("duplicate_ability", column=name, value=name)
    words = _words(cells)
    if _refuse_unknown(cells, words, settings):
        return []
    found: list[MarkedCell] = []
    for row in table.rows:
        kind = row_kind(table, row)
        if kind == "course":
            found += _row_cells(cells, row, names, words, settings)
        elif kind == "unnamed" and not names_by_code(table):
            problems.refuse("missing_course", row=row.number, column=cells.header("title", "title_zh", "title_en"))
    return found


def _refuse_large(cells: Cells) -> None:
    courses = {course_name(cells, row) for row in cells.table.rows if row_kind(cells.table, row) == "course"}
    refuse_too_many(courses=len(courses))
    refuse_too_many(cells=len(_marks_of(cells)))


def _marks_of(cells: Cells) -> list[str]:
    rows = [row for row in cells.table.rows if row_kind(cells.table, row) == "course"]
    return [text for column in cells.columns["mark"] for text in _texts(rows, column.index)]


def _words(cells: Cells) -> dict[str, str]:
    """What is written → what is meant, for signs whose meaning the whole table tells."""
    written = set(_marks_of(cells))
    marks = set(map(plain, written))
    if marks == {"t"} and any(
        plain(row.at(c.index)) == "f" for row in cells.table.rows for c in cells.columns["mark"]
    ):
        return {"t": "√"}
    if marks <= {"t", "f"} and len(marks) == 2:
        return {"t": "√", "f": "-"}
    if repeated := next(filter(None, map(REPEATED.fullmatch, marks)), None):
        return {repeated[1] * count: letter for count, letter in enumerate("LMH", start=1)}
    symbols = sorted(marks & set(SYMBOLS))
    explained = strengths(cells.table.legend)
    circled = {sign for sign in explained if sign in CIRCLED and sign in written}
    said = {sign: letter for sign, letter in explained.items() if sign in symbols or sign in circled}
    if said:
        meant = ", ".join(f"{sign} = {cells.table.legend[sign]}" for sign in said)
        cells.problems.warn("symbols_by_legend", value=meant)
        return {plain(sign): letter for sign, letter in said.items()}
    if len(symbols) > 1:
        as_ticks = ("ticks", _("count each as served, level not stated"))
        by_strength = ("strengths", _("● strong, ◎ medium, ○ weak"))
        options = [as_ticks, by_strength] if set(symbols) <= set(_BY_STRENGTH) else [as_ticks]
        answer = cells.problems.ask("symbols_without_level", options, value=" ".join(symbols))
        return _BY_STRENGTH if answer == "strengths" else {}
    return {}


def _refuse_unknown(cells: Cells, words: dict[str, str], settings: ReadSettings) -> bool:
    """Letters of a set that nobody here knows are refused once, with all of their columns; a slip where it stands."""
    known = known_letters(settings.level_letters) | set(words) | {"x", "y", "n"}
    rows = [row for row in cells.table.rows if row_kind(cells.table, row) == "course"]
    unknown = [
        (column.header, letter)
        for column in cells.columns["mark"]
        for text in _texts(rows, column.index)
        if _LETTERS.fullmatch(plain(text))
        for letter in re.findall("[a-z]", plain(text))
        if letter not in known
    ]
    if len(unknown) >= FEWEST_GATHERED:
        letters = ", ".join(sorted({letter.upper() for _header, letter in unknown}))
        columns = some([c.header for c in cells.columns["mark"] if any(c.header == header for header, _ in unknown)])
        cells.problems.refuse("unknown_letters", value=letters, columns=columns, sets=", ".join(LEVEL_SETS))
    return len(unknown) >= FEWEST_GATHERED


def names_by_code(table: Table) -> bool:
    """A matrix without codes and titles does not say enough of its courses to create them."""
    return table.has("code", "number") and table.has("title", "title_zh", "title_en")


def _row_cells(
    cells: Cells, row: Row, names: dict[int, str], words: dict[str, str], settings: ReadSettings
) -> list[MarkedCell]:
    found = []
    for column in cells.columns["mark"]:
        text = words.get(plain(row.at(column.index)), row.at(column.index))
        if plain(text) in _NONE:
            continue
        for ability, written in indicator_marks(text) or [(names[column.index], text)]:
            mark = read_mark(written, row=row.number, column=column.header, settings=settings, problems=cells.problems)
            if mark is not None:
                found.append(
                    MarkedCell(
                        row=row.number,
                        sheet=cells.problems.sheet,
                        column=column.header,
                        course=course_name(cells, row),
                        ability=ability,
                        mark=mark,
                    )
                )
    return found
