"""Lists of abilities, areas and positions as people have them, read into the document of a framework.

    Area | Ability     Position | Abilities       岗位 | 典型工作任务 | 职业能力     毕业要求 | 指标点 | 指标点内涵
    A    | plan        clerk    | plan; sell      店长 | 选品        | 分析市场     1. 知识 | 1.1   | 能够…
         | sell        and matrices of positions and abilities, either way round

Beside them stand certificates with the courses that they name. Where a code is missing, the number before a name is
its code, or one is made from the name, so that the list can come again. An empty cell to the left of the ability says
what the cell above it says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from competencies.tabular.choices import Choices
from competencies.tabular.column_names import of_the_reader, signless
from competencies.tabular.plain_text import language_of, plain_text
from competencies.tabular.problems import Problems, UnreadableFile
from competencies.tabular.recognised import (
    BY_NAME,
    BY_VALUES,
    CHOSEN,
    RecognisedColumn,
    RecognisedFile,
    RecognisedSheet,
    RecognisedTable,
    samples,
    top_rows,
)

from .codes import code_from
from .list_columns import ALIASES, MARKS, Cells, ListColumns, is_marked, list_columns
from .numbers import number_above, numbered, numbered_lines
from .problems import unreadable
from .rows import LONGEST_TITLE

_BETWEEN = re.compile(r"[;；\n]+")
_PERHAPS_BETWEEN = re.compile(r"[,，、/]")
_LEVELS = ("I", "D", "A")
_LEVEL_WORDS = {
    "I": re.compile(r"i|了解|初步了解|basic|beginner|introductory", re.IGNORECASE),
    "D": re.compile(r"d|熟悉|掌握|基本掌握|working|intermediate|proficient", re.IGNORECASE),
    "A": re.compile(r"a|精通|熟练掌握|熟练|advanced|expert|mastery", re.IGNORECASE),
}
_FILLED_DOWN = ("position", "area", "area_statement", "certificate")

Record = dict[str, Any]


@dataclass
class _Sheet:
    """The rows below a header; `title` stood above it."""

    name: str
    columns: ListColumns
    header: int  # its row, as a spreadsheet counts
    rows: list[tuple[int, Cells]]
    title: str
    top: tuple[tuple[int, Cells], ...]

    def recognised(self, choices: Choices) -> RecognisedSheet:
        """What the columns were taken for; nothing of a sheet that is not to be read."""
        if choices.sheets and self.name not in choices.sheets:
            return RecognisedSheet(self.name, top=self.top)
        said = {place: role for role, place in self.columns.places.items()} | dict.fromkeys(self.columns.marked, MARKS)
        rows = [cells for _row, cells in self.rows]
        columns = [
            RecognisedColumn(name, samples(rows, place), said.get(place, ""), self._why(name, place, said, choices))
            for place, name in enumerate(self.columns.header)
            if name
        ]
        return RecognisedSheet(self.name, (RecognisedTable(str(self.header), tuple(columns)),), self.top)

    def _why(self, name: str, place: int, said: Mapping[int, str], choices: Choices) -> str:
        if name in choices.columns:
            return CHOSEN
        return BY_VALUES if place in self.columns.marked else BY_NAME if place in said else ""

    def cells(self, role: str) -> set[str]:
        texts = (self.columns.cell(cells, role) for _row, cells in self.rows)
        return {part for text in texts for part in numbered_lines(text)}


class ListsRead(NamedTuple):
    """The document, whether abilities are listed or only named by positions, and what the columns were taken for."""

    document: Record
    partial: Literal["lists", "pairs"]
    recognised: RecognisedFile


def read_lists(
    tables: Iterable[tuple[str, Sequence[Cells]]], *, slug: str, problems: Problems, choices: Choices
) -> ListsRead:
    """The sheets by their names. Raises UnreadableFile where none has such columns, with what was recognised."""
    choices.expect_meanings({*ALIASES, MARKS})
    sheets = [_sheet(name, rows, choices) for name, rows in tables]
    recognised = RecognisedFile(tuple(sheet.recognised(choices) for sheet in sheets))
    usable = [sheet for sheet in sheets if sheet.columns.kind and (not choices.sheets or sheet.name in choices.sheets)]
    if not usable:
        refusal = _no_columns(sheets)
        refusal.recognised = recognised
        raise refusal
    reading = _Reading(problems, listed=any(sheet.columns.kind == "list" for sheet in usable))
    for kind, read in reading.kinds.items():
        for sheet in (sheet for sheet in usable if sheet.columns.kind == kind):
            reading.numbers = _usable_numbers(sheet)
            read(sheet)
    problems.tell_gathered()
    problems.warn_about("ignored_columns", [name for sheet in usable for name in sheet.columns.ignored])
    title = reading.title or next((sheet.title for sheet in usable if sheet.title), slug)
    partial: Literal["lists", "pairs"] = (
        "lists" if any(sheet.columns.kind in ("list", "matrix") for sheet in usable) else "pairs"
    )
    return ListsRead(reading.document(slug, title), partial, recognised)


def _sheet(name: str, rows: Sequence[Cells], choices: Choices) -> _Sheet:
    read = choices.model_copy(update={"sheets": ()}).rows_of(name, rows)
    cleaned = [[cell.strip() for cell in cells] for cells in read]
    stated = choices.header_rows(name)
    place, columns = list_columns(cleaned, chosen=choices.columns, header=stated[-1] - 1 if stated else None)
    above = [cell for cells in cleaned[:place] for cell in cells if cell]
    below = [(row, cells) for row, cells in enumerate(cleaned[place + 1 :], start=place + 2) if any(cells)]
    filled = list(_filled_down(below, columns))
    return _Sheet(name, columns, place + 1, filled, above[0] if len(above) == 1 else "", top_rows(rows))


def _filled_down(rows: Iterable[tuple[int, Cells]], columns: ListColumns) -> Iterator[tuple[int, Cells]]:
    ability = columns.places.get("ability", columns.places.get("abilities", 0))
    places = [columns.places[role] for role in _FILLED_DOWN if columns.places.get(role, ability) < ability]
    above: dict[int, str] = {}
    for row, cells in rows:
        filled = list(cells)
        for place in sorted(places):
            if filled[place] and filled[place] != above.get(place):
                # What stands further right belongs to what changed here.
                above = {left: text for left, text in above.items() if left < place}
            filled[place] = above[place] = filled[place] or above.get(place, "")
        yield row, filled


def _no_columns(sheets: Iterable[_Sheet]) -> UnreadableFile:
    found = next((cells for sheet in sheets for _row, cells in sheet.top if any(cells)), ())
    return unreadable(
        "missing_columns",
        message="no_framework_columns",
        found=", ".join(cell[:40] for cell in found[:20] if cell) or "–",
        ability=", ".join(of_the_reader((*ALIASES["ability"][:3], "能力"))),
        position=", ".join(of_the_reader((*ALIASES["position"][:2], "岗位"))),
    )


def _usable_numbers(sheet: _Sheet) -> dict[str, set[str]]:
    """The numbers before areas and before abilities; where they begin anew in each area, they are no codes."""
    found: dict[str, set[str]] = {"area": set(), "ability": set()}
    for role in found:
        numbers = Counter(number for cell in sheet.cells(role) if (number := numbered(cell)[0]))
        if max(numbers.values(), default=0) == 1 and not found["area"] & numbers.keys():
            found[role] = set(numbers)
    return found


def _text(text: str) -> dict[str, str]:
    return {language_of(text): text} if text else {}


def _split_statement(title: str, statement: str) -> tuple[str, str]:
    """ "Knowledge: knows things" has its statement behind the colon."""
    head, _colon, tail = title.replace("：", ":", 1).partition(":")
    return (head.strip(), tail.strip()) if tail.strip() and not statement else (title, statement)


@dataclass
class _Reading:
    problems: Problems
    listed: bool  # abilities have a list of their own: what it does not name is a slip
    title: str = ""
    numbers: Mapping[str, set[str]] = field(default_factory=dict)
    abilities: dict[str, Record] = field(default_factory=dict)  # areas too
    positions: dict[str, Record] = field(default_factory=dict)
    requirements: list[Record] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)  # code or name, signless → code of the ability
    required: set[tuple[str, str]] = field(default_factory=set)
    coded: dict[str, str] = field(default_factory=dict)  # identifier → code of the ability
    certificates: dict[str, Record] = field(default_factory=dict)
    courses: dict[str, Record] = field(default_factory=dict)
    certificate_courses: list[Record] = field(default_factory=list)

    @property
    def kinds(self) -> Mapping[str, Callable[[_Sheet], None]]:
        """In the order in which they are read: what others refer to comes first."""
        return {
            "list": self.read_list,
            "pairs": self.read_pairs,
            "matrix": self.read_matrix,
            "certificates": self.read_certificates,
        }

    def document(self, slug: str, title: str) -> Record:
        return {
            "framework": {"slug": slug, "title": _text(title), "language": language_of(title)},
            "abilities": list(self.abilities.values()),
            "positions": list(self.positions.values()),
            "requirements": self.requirements,
            "certifications": list(self.certificates.values()),
            "reference_courses": list(self.courses.values()),
            "certification_courses": self.certificate_courses,
        }

    def read_list(self, sheet: _Sheet) -> None:
        columns = sheet.columns
        self.coded = {columns.cell(cells, "identifier"): columns.cell(cells, "code") for _row, cells in sheet.rows}
        self.coded.pop("", None)
        for row, cells in sheet.rows:
            if sheet.columns.cell(cells, "framework") in ("1", "true", "TRUE"):
                self.title = sheet.columns.cell(cells, "ability")
                continue
            for part in numbered_lines(columns.cell(cells, "ability")):
                self._listed(columns, row, cells, name=part)

    def read_pairs(self, sheet: _Sheet) -> None:
        columns = sheet.columns
        for row, cells in sheet.rows:
            position = self._position(columns.cell(cells, "position"), row)
            if columns.cell(cells, "ability") and not self.listed and "abilities" not in columns.places:
                for part in self._parts(columns.cell(cells, "ability")):
                    code = self._found(part) or self._listed(columns, row, cells, name=part)
                    self._require(position, code, row, columns, cells)
                continue
            for part in self._parts(columns.cell(cells, "abilities") or columns.cell(cells, "ability")):
                self._require(position, self._named(part, columns, row), row, columns, cells)

    def read_matrix(self, sheet: _Sheet) -> None:
        columns = sheet.columns
        by_position = "position" in columns.places
        head = sheet.rows[0][0] - 1
        others = {
            place: self._named(name, columns, head) if by_position else self._position(name, head)
            for place, name in columns.marked.items()
        }
        for row, cells in sheet.rows:
            name = columns.cell(cells, "position" if by_position else "ability")
            own = self._position(name, row) if by_position else self._found(name) or self._listed(columns, row, cells)
            for place, other in others.items():
                mark = cells[place] if place < len(cells) else ""
                if is_marked(mark):
                    pair = (own, other) if by_position else (other, own)
                    self._require(*pair, row, columns, cells, mark=mark)

    def read_certificates(self, sheet: _Sheet) -> None:
        columns = sheet.columns
        for row, cells in sheet.rows:
            certificate = _record(self.certificates, columns.cell(cells, "certificate"), row)
            course = _record(self.courses, columns.cell(cells, "course"), row)
            if not (certificate and course):
                continue
            named = columns.cell(cells, "abilities") or columns.cell(cells, "ability")
            codes = [code for part in self._parts(named) if (code := self._named(part, columns, row))]
            abilities = self.courses[course].setdefault("abilities", [])
            abilities += [code for code in codes if code not in abilities]
            pair = {"certification": certificate, "course": course}
            if pair not in ({key: link[key] for key in pair} for link in self.certificate_courses):
                self.certificate_courses.append({"row": row, **pair})

    def _listed(self, columns: ListColumns, row: int, cells: Cells, *, name: str = "") -> str:
        def cell(role: str) -> str:
            return plain_text(columns.cell(cells, role))

        parent = (
            self.coded.get(cell("parent")) or cell("parent") or self._area(cell("area"), cell("area_statement"), row)
        )
        name, statement = name or cell("ability"), cell("statement")
        number, title = numbered(name)
        if columns.numbered:
            number = cell("code") or number
            parent = number_above(number, columns.numbered)
            title, statement = (title, statement) if parent else _split_statement(title, statement)
        if not title:
            title, statement = statement or name, ""
        if not (title or cell("code")):
            return ""
        number = number if number in self.numbers.get("ability", ()) else ""
        terms = [{"text": term, "language": language_of(term)} for term in _BETWEEN.split(cell("terms")) if term]
        more = {"parent": parent, "citation": cell("citation"), "terms": terms}
        given = cell("code") or cell("identifier")
        return self._ability(given or number, title, statement, row, more, given=bool(given))

    def _ability(self, code: str, title: str, statement: str, row: int, more: Record, *, given: bool = False) -> str:
        if len(title) > LONGEST_TITLE:
            title, statement = f"{title[: LONGEST_TITLE - 1]}…", title
        code = code or code_from(title)
        record = {"row": row, "code": code, "title": _text(title), "statement": _text(statement), **more}
        if code in self.abilities and given:
            self.problems.refuse("duplicate_code", row=row, column="abilities.code", value=code)
        self.abilities.setdefault(code, record)
        for name in (code, title):
            self.known.setdefault(_key(name), code)
        return code

    def _area(self, name: str, statement: str, row: int) -> str:
        if not name:
            return ""
        number, title = numbered(name)
        if title and number:
            title, statement = _split_statement(title, statement)
        title = title or name
        code = number if number in self.numbers.get("area", ()) else code_from(title, prefix="area ")
        area = {"row": row, "code": code, "title": _text(title[:LONGEST_TITLE]), "statement": _text(statement)}
        self.abilities.setdefault(code, area)
        return code

    def _position(self, name: str, row: int) -> str:
        if not name:
            return ""
        code = code_from(name)
        terms = [{"text": name, "language": language_of(name)}]
        position = {"row": row, "code": code, "title": _text(name), "title_terms": terms}
        self.positions.setdefault(code, position)
        return code

    def _parts(self, cell: str) -> list[str]:
        parts = [part.strip() for part in _BETWEEN.split(cell) if part.strip()]
        if len(parts) == 1:
            finer = [part.strip() for part in _PERHAPS_BETWEEN.split(cell) if part.strip()]
            return finer if all(map(self._found, finer)) else parts
        return parts

    def _found(self, name: str) -> str:
        return self.known.get(_key(name), "")

    def _named(self, name: str, columns: ListColumns, row: int) -> str:
        code = self._found(name)
        if not code and self.listed:
            column = columns.header[columns.places.get("abilities", columns.places.get("ability", 0))]
            self.problems.refuse("unknown_reference", row=row, column=column, value=name)
            return ""
        return code or self._ability("", name, "", row, {})

    def _require(
        self, position: str, ability: str, row: int, columns: ListColumns, cells: Cells, *, mark: str = ""
    ) -> None:
        if not (position and ability) or (position, ability) in self.required:
            return
        self.required.add((position, ability))
        level = _level(columns.cell(cells, "level")) or mark
        if level and level not in _LEVELS and not mark:
            self.problems.gather("unread_levels", level)
        weight = columns.cell(cells, "weight")
        self.requirements.append(
            {"row": row, "position": position, "ability": ability, "item": self._items(position)}
            | ({"level": level} if level in _LEVELS else {})
            | ({"weight": weight} if weight else {})
        )

    def _items(self, position: str) -> int:
        return sum(pair[0] == position for pair in self.required)


def _record(records: dict[str, Record], name: str, row: int) -> str:
    """The code of the record of this name, which is made when it is first named."""
    code = code_from(name)
    if code:
        records.setdefault(code, {"row": row, "code": code, "title": _text(name)})
    return code


def _level(word: str) -> str:
    return next((level for level, words in _LEVEL_WORDS.items() if words.fullmatch(word.strip())), word.strip())


def _key(name: str) -> str:
    """A code such as 1.10 is not 11: signs count where nothing but them tells two names apart."""
    return name.casefold() if re.fullmatch(r"[\w.\-]{1,12}", name, re.ASCII) else signless(name)
