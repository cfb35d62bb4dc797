"""Marks of courses against abilities, from a long table or from a matrix → mappings with level and share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from curricula.fields.texts import BadValue, number, plain

from .aliases import squeeze
from .cells import Cells
from .course_index import CourseIndex, key
from .headers import Row, Table
from .legend import without_marks
from .marks import (
    LEVEL_SETS,
    STRENGTHS,
    Mark,
    figure_reading,
    highest_level,
    known_letters,
    level_reading,
    parse_mark,
    strength_of,
)
from .parsed import MappingRow, ReadSettings
from .problems import Problems

EXPORT_HEADERS = {
    "course": "course",
    "ability": "ability",
    "level": "level",
    "share": "share",
    "evidence": "evidence",
    "rater": "rater",
    "strength": "support strength",
    "weight": "weight in ability",
    "provenance": "known from",
}
OPTIONAL = frozenset({"strength", "weight"})  # exported where a mapping has it
PROVENANCE_WORDS = {
    "declared": "declared 教师申报 申报",
    "syllabus": "syllabus inthesyllabus 教学大纲 课程大纲 大纲 见于教学大纲",
    "assessed": "assessed assessment assessedtask examination exam 考核 考核任务 考试",
    "artefact": "artefact artifact studentwork shownbystudentswork 学生作品 作品 见于学生作品",
}
PROVENANCES = {word: code for code, words in PROVENANCE_WORDS.items() for word in words.split()}
_TOLERANCE = 1e-6
_BETWEEN = re.compile(r"[;；,，、\n]")
_MARKED = re.compile(r"(.{1,200}?)\s?[(（]([HMLhml])[)）]")
_MAY_BE_OF_ABILITY = frozenset({"权重", "支撑权重", "权重值", "weight", "weighting", "占比", "比例"})
_CODE = re.compile(r"[A-Za-z]{0,6}[-. ]?\d+([.\-]\d+)*")
_WARNINGS = {
    "shares": "shares_assumed",
    "strengths": "strengths_assumed",
    "percent": "percent_assumed",
    "column_weights": "column_weights",
}


@dataclass(frozen=True)
class MarkedCell:
    """One mark where it stands; how it is meant depends on all the others."""

    row: int
    sheet: str
    column: str
    course: str
    ability: str
    mark: Mark = Mark(tick=True)  # noqa: RUF009 - frozen
    share: float | None = None
    evidence: str = ""
    rater: str = ""
    strength: str = ""
    weight: float | None = None
    provenance: str = ""
    share_column: str = ""
    listed: bool = False


Pair = tuple[MarkedCell, MappingRow]


def read_mapping_table(table: Table, *, settings: ReadSettings, problems: Problems) -> list[MarkedCell]:
    """One mapping in each row: course, ability, and perhaps level, share, evidence, rater."""
    cells = Cells(table, problems)
    return [
        replace(cell, ability=ability, mark=mark or cell.mark)
        for row in map(table.with_merged, table.rows)
        if (cell := _mapping_cell(cells, row, settings)) is not None
        for ability, mark in _apart(cell.ability)
    ]


def _apart(text: str) -> list[tuple[str, Mark | None]]:
    """“1.1(H)、1.2(M)” names two abilities by their codes; anything else is one name."""
    found = abilities_in(text)
    return found if found and all(_CODE.fullmatch(name) for name, _mark in found) else [(text, None)]


def abilities_in(text: str) -> list[tuple[str, Mark | None]]:
    """The abilities of a list, each with the mark that stands in brackets behind it."""
    found: list[tuple[str, Mark | None]] = []
    for name in filter(None, map(str.strip, _BETWEEN.split(text))):
        marked = _MARKED.fullmatch(name)
        found.append((marked[1], Mark(letters=frozenset(marked[2].casefold()))) if marked else (name, None))
    return found


def course_name(cells: Cells, row: Row) -> str:
    if cells.columns["subject"] and cells.columns["number"]:
        return " ".join(filter(None, (cells.text(row, "subject"), cells.text(row, "number"))))
    if code := cells.text(row, "code"):
        return code
    title = next(filter(None, (cells.text(row, field) for field in ("title", "title_zh", "title_en"))), "")
    return title if cells.exact else without_marks(title, cells.table.legend)[0]


def _mapping_cell(cells: Cells, row: Row, settings: ReadSettings) -> MarkedCell | None:
    course, ability = course_name(cells, row), cells.text(row, "ability")
    cells.carrier.note(row)
    if not course and not ability:
        return None
    if not course or not ability:
        missing, header = ("missing_ability", cells.header("ability")) if course else ("missing_course", "")
        cells.problems.refuse(missing, row=row.number, column=header or cells.header("code", "title"))
        return None
    return MarkedCell(
        row=row.number,
        sheet=cells.problems.sheet,
        column=cells.header("level") or cells.header("ability"),
        course=course,
        ability=ability,
        mark=_level_mark(cells, row, settings),
        share=_part(cells, row, "share"),
        evidence=cells.prose(row, "evidence"),
        rater=cells.text(row, "rater"),
        strength=_strength(cells, row),
        weight=_part(cells, row, "ability_weight"),
        provenance=_provenance(cells, row),
        share_column=cells.header("share"),
    )


def _level_mark(cells: Cells, row: Row, settings: ReadSettings) -> Mark:
    text, header = cells.text(row, "level"), cells.header("level")
    if not text:
        return Mark(tick=True)
    return read_mark(text, row=row.number, column=header, settings=settings, problems=cells.problems) or Mark(
        tick=True
    )


def read_mark(text: str, *, row: int, column: str, settings: ReadSettings, problems: Problems) -> Mark | None:
    """The mark, or None once it has been refused."""
    try:
        return parse_mark(text, letters=known_letters(settings.level_letters))
    except BadValue as problem:
        sets = ", ".join(LEVEL_SETS)
        problems.refuse(problem.code, row=row, column=column, value=text, sets=sets)
        return None


def _strength(cells: Cells, row: Row) -> str:
    text = cells.text(row, "strength").upper()
    return text if text in STRENGTHS.split("/") else ""


def _provenance(cells: Cells, row: Row) -> str:
    """What the file calls it; else what stands as evidence, where that is one of these words and nothing more."""
    text = cells.text(row, "provenance")
    if text and squeeze(text) not in PROVENANCES:
        words = ", ".join(PROVENANCE_WORDS)
        column = cells.header("provenance")
        cells.problems.refuse("unknown_provenance", row=row.number, column=column, value=text, words=words)
    return PROVENANCES.get(squeeze(text or cells.prose(row, "evidence")), "")


def _part(cells: Cells, row: Row, field: str) -> float | None:
    text, header = cells.text(row, field), cells.header(field)
    if not text:
        return None
    word = plain(text)
    try:
        share = number(word.removesuffix("%")) / (100 if word.endswith("%") else 1)
    except BadValue as problem:
        cells.refuse(problem, row, header, text)
        return None
    if share > 1 + _TOLERANCE:
        cells.problems.refuse("share_out_of_range", row=row.number, column=header, value=text)
        return None
    return min(share, 1.0)


def mappings_from(
    cells: Sequence[MarkedCell], *, index: CourseIndex, settings: ReadSettings, problems: Problems
) -> tuple[MappingRow, ...]:
    """All marks of a file read in one way, which is said in a warning where it had to be assumed."""
    levels, letters, problem = level_reading([cell.mark for cell in cells], settings.level_letters)
    if problem:
        problems.refuse(problem, value=letters, letters=letters, sets=", ".join(LEVEL_SETS))
        return ()
    used = {letter: level for letter, level in levels.items() if letter.upper() in letters.split("/")}
    if used and levels is LEVEL_SETS[STRENGTHS]:
        problems.warn("strengths_kept", letters=letters)
    elif any(letter.upper() != level for letter, level in used.items()):
        meaning = ", ".join(f"{letter.upper()} = {level}" for letter, level in used.items())
        problems.warn("levels_assumed", letters=letters, meaning=meaning)
    cells = _with_weights(cells, problems)
    figures = _figures_meant(cells, problems)
    pairs = [(cell, row) for cell in cells if (row := _mapping(cell, levels, figures, index)) is not None]
    pairs = _without_repeats(pairs, problems)
    _refuse_share_sums(pairs, problems)
    problems.sheet = ""
    return tuple(row for _, row in pairs)


def _with_weights(cells: Sequence[MarkedCell], problems: Problems) -> Sequence[MarkedCell]:
    """“Weight” in a long list: where each ability has 1 in all, and courses have not, it is the ability's."""
    by_course: dict[str, float] = defaultdict(float)
    by_ability: dict[str, float] = defaultdict(float)
    for cell in cells:
        by_course[key(cell.course)] += cell.share or 0
        by_ability[cell.ability] += cell.share or 0
    told = {cell.share for cell in cells if cell.share is not None}
    plain_word = all(squeeze(cell.share_column) in _MAY_BE_OF_ABILITY for cell in cells)
    meant = figure_reading(told, by_course=by_course.values(), by_ability=by_ability.values()) if plain_word else ""
    if meant != "column_weights":
        return cells
    problems.warn(meant)
    return [replace(cell, weight=cell.weight or cell.share, share=None) for cell in cells]


def _figures_meant(cells: Sequence[MarkedCell], problems: Problems) -> str:
    figured = [cell for cell in cells if cell.mark.figure is not None]
    plain_figures = [cell for cell in figured if not cell.mark.percent]
    by_course: dict[str, float] = defaultdict(float)
    by_ability: dict[str, float] = defaultdict(float)
    for cell in figured:
        by_course[f"{key(cell.course)}\n{cell.rater}"] += cell.mark.figure or 0
        by_ability[cell.ability] += cell.mark.figure or 0
    figures = {cell.mark.figure for cell in figured if cell.mark.figure is not None}
    meant = figure_reading(figures, by_course=by_course.values(), by_ability=by_ability.values())
    if meant == "shares":
        _refuse_large_figures(plain_figures, problems)
    if (code := _WARNINGS.get(meant)) and (plain_figures or meant == "column_weights"):
        problems.warn(code)
    return meant


def _refuse_large_figures(cells: Iterable[MarkedCell], problems: Problems) -> None:
    for cell in cells:
        if (cell.mark.figure or 0) > 1 + _TOLERANCE:
            value = f"{cell.mark.figure:g}"
            problems.sheet = cell.sheet
            problems.refuse("share_out_of_range", row=cell.row, column=cell.column, value=value)


def _mapping(cell: MarkedCell, levels: Mapping[str, str], figures: str, index: CourseIndex) -> MappingRow | None:
    codes = index.matches(cell.course)
    strong = levels is LEVEL_SETS[STRENGTHS]
    row = MappingRow(
        row=cell.row,
        course=next(iter(codes)) if len(codes) == 1 else cell.course,
        ability=cell.ability,
        level="" if strong else highest_level(cell.mark, levels),
        strength=highest_level(cell.mark, levels) if strong and cell.mark.letters else cell.strength,
        weight=cell.weight,
        provenance=cell.provenance,
        share=cell.share,
        evidence=cell.evidence,
        rater=cell.rater,
        listed=cell.listed,
    )
    figure = cell.mark.figure
    if figure is None:
        return row
    if figure == 0 and not cell.mark.letters:
        return None
    if figures == "shares" or (cell.mark.percent and figures != "column_weights"):
        return replace(row, share=min(figure, 1.0))
    if figures == "percent":
        return replace(row, share=figure / 100)
    if figures == "strengths" and not cell.mark.letters:
        return replace(row, strength=strength_of(figure))
    if figures == "column_weights":
        return replace(row, weight=min(figure, 1.0))
    return row


def _without_repeats(pairs: Iterable[Pair], problems: Problems) -> list[Pair]:
    first: dict[tuple[str, str, str], Pair] = {}
    for cell, row in pairs:
        _, other = first.setdefault((key(row.course), key(row.ability), row.rater), (cell, row))
        if other is row:
            continue
        problems.sheet = cell.sheet
        words: dict[str, Any] = {"course": row.course, "ability": row.ability}
        place: dict[str, Any] = {"row": row.row, "column": cell.column, "value": row.ability}
        if replace(row, row=other.row) == other:
            problems.warn("identical_mapping", **place, **words)
        else:
            problems.refuse("duplicate_mapping", **place, **words, first=other.row)
    return list(first.values())


def _refuse_share_sums(pairs: Iterable[Pair], problems: Problems) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    last: dict[tuple[str, str], MarkedCell] = {}
    for cell, row in pairs:
        sums[key(row.course), row.rater] += row.share or 0.0
        last[key(row.course), row.rater] = cell
    for whose, total in sums.items():
        if total > 1 + _TOLERANCE:
            cell = last[whose]
            problems.sheet = cell.sheet
            column = cell.share_column or cell.column
            problems.refuse("share_sum", row=cell.row, column=column, value=f"{total:.6g}", course=cell.course)
