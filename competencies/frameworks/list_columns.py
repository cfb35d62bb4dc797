"""Which columns a list of abilities or positions has, under the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from competencies.tabular.column_names import column_key, names

from .numbers import make_a_tree, numbered

ALIASES: Mapping[str, tuple[str, ...]] = {
    "code": names(
        "code abilitycode competencycode skillcode skillid competencyid plo ploid plocode outcomeno outcomecode "
        "outcomeid idnumber humancodingscheme id no "
        "代码 编码 编号 能力代码 能力编号 指标点编号 毕业要求编号"
    ),
    "ability": names(
        "ability competency competence skill title name shortname abilitytitle abilityname competencyname skillname "
        "learningoutcome outcome abbreviatedstatement outcomestatement performancecriteria performancecriterion "
        "indicator performanceindicator learningoutcomes "
        "能力 职业能力 能力名称 名称 技能 能力项 能力指标 能力点 职业能力点 指标点 二级指标 "
        "毕业要求指标点 指标点分解 分解指标点 毕业要求分解指标点 毕业要求指标点分解 观测点 毕业要求观测点"
    ),
    "abilities": names(
        "abilities competencies skills requiredabilities requiredcompetencies requiredskills essentialskills "
        "所需能力 能力要求 "
        "岗位能力 岗位能力要求 所需职业能力 职业能力要求 技能要求"
    ),
    "area": names(
        "area domain dimension category group areatitle competencyarea competencearea skillcategory "
        "competencycategory "
        "competencyunit graduateattribute 领域 能力领域 类别 维度 能力维度 能力类别 一级指标 "
        "工作领域 典型工作任务 工作任务 任务 毕业要求"
    ),
    "area_statement": names("毕业要求内涵 毕业要求内容 毕业要求描述 毕业要求说明 areadescription"),
    "parent": names(
        "parent parentcode parentidnumber parentid 父级 父级编号 父级编码 上级能力 ischildof ispartof 上级 "
        "上级代码 上级编码 上级编号 父级代码"
    ),
    "statement": names(
        "statement description definition fullstatement skilldescription competencydescription indicatordescription "
        "outcomedescription abilitydescription "
        "说明 描述 内涵 内容 定义 指标说明 指标点内涵 指标点内容 指标点描述 能力描述 能力说明"
    ),
    "position": names(
        "position job role jobrole occupation jobtitle positiontitle 岗位 职位 岗位名称 职位名称 工作岗位 职业岗位 "
        "就业岗位 职业"
    ),
    "level": names("level requiredlevel proficiencylevel 层级 能力层级"),
    "weight": names("weight importance 权重 重要性 重要程度"),
    "certificate": names(
        "certificate certification certificates 证书 证书名称 职业证书 职业资格证书 职业技能等级证书 技能证书"
    ),
    "course": names("course coursetitle coursename 课程 课程名称"),  # that a certificate names
    "terms": names("terms searchwords synonyms keywords 检索词 同义词 关键词"),
    "citation": names("citation source reference 来源 出处"),
    "identifier": names("identifier guid uuid"),  # by which parents are named in tables of CASE
    "framework": names("isframework"),  # Moodle's row of the framework itself
}
_FIELDS = {alias: role for role, aliases in ALIASES.items() for alias in aliases}
_OF_ANYTHING = frozenset({"title", "name", "shortname", "名称"})
_USUAL = frozenset({"code", "level", "weight", "terms", "citation"})
_MARK = re.compile(r"[√✓✔xX×●◎○★☆■▲是Yy]|[Yy]es|TRUE|[HMLIDA]|\d(\.\d+)?")
_NO_MARK = frozenset({"", "0", "-", "—", "/", "否", "no", "No", "FALSE"})
_ONE_SCRIPT = re.compile("[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_OF_AN_ABILITY = re.compile(r"^plo|outcome|abilit|competenc|skill|能力|指标点|毕业要求")
_THREE_RANKS = {"二级指标": "area", "三级指标": "ability"}
HEADER_WITHIN = 15  # rows
MARKS = "marks"  # what a column of a matrix means

Cells = Sequence[str]


@dataclass(frozen=True)
class ListColumns:
    header: Cells
    places: Mapping[str, int]
    marked: Mapping[int, str]  # columns of a matrix, with their names
    ignored: tuple[str, ...]
    numbered: frozenset[str] = (
        frozenset()
    )  # of areas and abilities that stand in one column, told apart by “1” and “1.1”

    @property
    def kind(self) -> str:
        """ "list" of abilities, "pairs" of positions with theirs, "certificates", or a matrix; else ""."""
        position, ability = "position" in self.places, bool({"ability", "abilities"} & self.places.keys())
        if {"certificate", "course"} <= self.places.keys():
            return "certificates"
        if self.marked and position != ability:
            return "matrix"
        if position and ability:
            return "pairs"
        if self.numbered or "ability" not in self.places:
            return "list" if self.numbered else ""
        # Courses and people have names and numbers too.
        of_anything = column_key(self.header[self.places["ability"]]) in _OF_ANYTHING
        return "list" if self.places.keys() - {"ability", "course"} - (_USUAL if of_anything else set()) else ""

    def cell(self, cells: Cells, role: str) -> str:
        place = self.places.get(role, len(cells))
        return cells[place] if place < len(cells) else ""


NO_COLUMNS: Final = ListColumns((), {}, {}, ())


def list_columns(rows: Sequence[Cells], *, chosen: Mapping[str, str], header: int | None) -> tuple[int, ListColumns]:
    """The place of the header and what its columns are; of several rows, the one that names most.

    `chosen` says what columns mean, by their names, and `header` where they stand; LEFT_OUT is not read.
    """
    places = range(min(HEADER_WITHIN, len(rows))) if header is None else range(header, min(header + 1, len(rows)))
    tried = [(place, _columns(rows[place], rows[place + 1 :], chosen)) for place in places]
    usable = [(place, columns) for place, columns in tried if columns.kind]
    return max(usable, key=lambda pair: len(pair[1].places), default=tried[0] if tried else (0, NO_COLUMNS))


def _columns(header: Cells, below: Sequence[Cells], chosen: Mapping[str, str]) -> ListColumns:
    places: dict[str, int] = {}
    rest: dict[int, str] = {}
    chosen = (_THREE_RANKS if "三级指标" in header else {}) | dict(chosen)
    for place, name in enumerate(header):
        role = chosen.get(name) or _role(name)
        if role and role in ALIASES and role not in places:
            places[role] = place
        elif name:
            rest[place] = name
    stated = places.get("statement")
    alone = column_key(header[stated]) if stated is not None else ""
    if "ability" not in places and (alone == "fullstatement" or (alone and _codes_of_abilities(header, places))):
        places["ability"] = places.pop("statement")
    marked = {place: name for place, name in rest.items() if name not in chosen and _holds_marks(place, below)}
    marked = marked if len(marked) > 1 else {}
    marked |= {place: name for place, name in rest.items() if chosen.get(name) == MARKS}
    ignored = tuple(name for place, name in rest.items() if place not in marked)
    if not marked and (column := _column_of_all(places)):
        told = [places["code"]] if "code" in places else [places[column], *rest]
        for place in told:
            numbers = _numbers(below, place)
            if make_a_tree(numbers):
                places = _as_abilities(places, column) | ({"code": place} if place != places[column] else {})
                left = tuple(name for name in ignored if name != header[place])
                return ListColumns(header, places, marked, left, frozenset(numbers))
    return ListColumns(header, places, marked, ignored)


def _codes_of_abilities(header: Cells, places: Mapping[str, int]) -> bool:
    """“PLO” or 指标点编号, and not the “No.” of anything."""
    return "code" in places and bool(_OF_AN_ABILITY.search(column_key(header[places["code"]])))


def _column_of_all(places: Mapping[str, int]) -> str:
    """The role of the column that may hold areas and what belongs to them, one below the other."""
    alone = {"ability", "abilities", "position", "parent", "course"}.isdisjoint(places)
    return next((role for role in ("area", "area_statement") if alone and role in places), "")


def _as_abilities(places: Mapping[str, int], column: str) -> dict[str, int]:
    return {"ability" if role == column else role: place for role, place in places.items()}


def _numbers(rows: Sequence[Cells], place: int) -> list[str]:
    return [numbered(cells[place])[0] for cells in rows if place < len(cells)]


def _role(name: str) -> str | None:
    """What a name says, or what each language in it says: "Ability 能力"."""
    if (key := column_key(name)) in _FIELDS:
        return _FIELDS[key]
    said = [_FIELDS.get(column_key(part)) for part in _ONE_SCRIPT.findall(name)]
    return said[0] if said and all(said) else None


def _holds_marks(place: int, rows: Sequence[Cells]) -> bool:
    cells = {row[place] for row in rows if place < len(row)} - _NO_MARK
    return bool(cells) and all(_MARK.fullmatch(cell) for cell in cells)


def is_marked(cell: str) -> bool:
    return cell not in _NO_MARK
