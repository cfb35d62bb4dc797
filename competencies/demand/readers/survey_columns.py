"""Which column of a survey's answers holds what: the respondent, an ability's name, its importance, its competence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from competencies.tabular.column_names import column_key, names, signless

IMPORTANCE, COMPETENCE = "importance", "competence"
RATINGS = (IMPORTANCE, COMPETENCE)
ALIASES: Mapping[str, tuple[str, ...]] = {
    "respondent": names(
        """respondent respondentid respondentcode respondentno id no number case caseid participant employercode
        受访者 受访者编号 受访企业 问卷编号 问卷序号 答卷编号 答卷序号 编号 序号 企业编号 受访者代码"""
    ),
    "employer": names(
        """employer employername company companyname firm organisation organization organisationname organizationname
        企业 企业名称 公司 公司名称 单位 单位名称 用人单位 用人单位名称 雇主 雇主名称 受访单位 受访公司"""
    ),
    "ability": names(
        "ability abilitycode abilitytitle skill competency item 能力 能力项 能力编码 能力名称 能力指标 技能 指标 题项"
    ),
    IMPORTANCE: names("importance important relevance need needed required 重要性 重要程度 重要度 需求程度"),
    COMPETENCE: names(
        """competence competent performance proficiency mastery ability level satisfaction
        掌握程度 掌握情况 熟练程度 胜任程度 胜任力 具备程度 表现 满意度 实际水平 能力水平 现状"""
    ),
}
_FIELDS = {alias: name for name, aliases in ALIASES.items() for alias in aliases if alias not in ("ability", "level")}
_FIELDS |= {"ability": "ability", "level": COMPETENCE}
_RATING_WORDS = {alias: name for name in RATINGS for alias in ALIASES[name]}


def _patterns(word: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The word before and behind the name of an ability; a Latin one stands apart from its letters."""
    left, right = (r"(?<![a-z])", r"(?![a-z])") if word.isascii() else ("", "")
    flags = re.IGNORECASE | re.DOTALL
    return re.compile(rf"\A{word}{right}\W*+(\w.*)", flags), re.compile(rf"\A(.*\w)\W*+{left}{word}\W*+\Z", flags)


# Longer words first: "重要性" before "重要".
_PATTERNS = [(_RATING_WORDS[word], *_patterns(word)) for word in sorted(_RATING_WORDS, key=len, reverse=True)]
_SCALE = re.compile(
    r"[(（\[【]?\s{0,9}(-?\d{1,3})\s{0,9}(?:[-–—~～至到]|to)\s{0,9}(\d{1,3})\s{0,9}(?:分|points?)?\s{0,9}[)）\]】]?\s*$"
)


@dataclass
class SurveyColumns:
    """Places of columns in a row. In the wide layout every ability has one or two columns of its own."""

    respondent: int | None = None
    employer: int | None = None  # stands in for the respondent where no column names one
    ability: int | None = None  # the long layout has one row a respondent and an ability
    plain: dict[str, int] = field(default_factory=dict)  # importance and competence of the long layout
    by_ability: dict[int, tuple[str, str]] = field(default_factory=dict)  # place -> (rating, ability)
    unknown: dict[int, str] = field(default_factory=dict)  # ratings of what no ability is called
    scale: tuple[float, float] | None = None  # where a header names it

    @property
    def long(self) -> bool:
        return self.ability is not None and bool(self.plain)

    @property
    def by_employer(self) -> bool:
        return self.respondent is not None and self.respondent == self.employer

    @property
    def recognised(self) -> int:
        answers = len(self.plain) + 1 if self.long else len(self.by_ability) + len(self.unknown)
        return answers + (self.respondent is not None)

    @property
    def usable(self) -> bool:
        return self.long or bool(self.by_ability or self.unknown)

    @property
    def places(self) -> dict[int, str]:
        """What each column was taken for: a field's name, or a rating and the code of its ability."""
        single = {self.respondent: "respondent", self.ability: "ability"}
        places = {place: name for place, name in single.items() if place is not None}
        places |= {place: name for name, place in self.plain.items()}
        places |= {place: f"{rating}: {code}" for place, (rating, code) in self.by_ability.items()}
        return dict(sorted(places.items()))


def survey_columns(header: Sequence[str], abilities: Mapping[str, str]) -> SurveyColumns:
    """Reads a header; `abilities` gives the code for a signless code or title."""
    columns = SurveyColumns()
    for place, name in enumerate(_with_questions(header)):
        _place(columns, place, name, abilities)
        columns.scale = columns.scale or _scale(name)
    if columns.respondent is None:
        columns.respondent = columns.employer
    if not columns.long:
        columns.plain = {}
    return columns


def _place(columns: SurveyColumns, place: int, name: str, abilities: Mapping[str, str]) -> None:
    if gridded := _gridded(name, abilities):
        columns.by_ability[place] = gridded[0], abilities[signless(gridded[1])]
        return
    known = _FIELDS.get(column_key(_SCALE.sub("", name)), "")
    if known == "respondent" and columns.respondent is None:
        columns.respondent = place
    elif known == "employer" and columns.employer is None:
        columns.employer = place
    elif known == "ability" and columns.ability is None:
        columns.ability = place
    elif known in RATINGS and known not in columns.plain:
        columns.plain[known] = place
    elif rated := _rated(name):
        rating, about = rated
        if code := abilities.get(signless(about)):
            columns.by_ability[place] = rating, code
        else:
            columns.unknown[place] = about.strip()


_GRID = (
    re.compile(r"\A(.{1,300}?)\s{0,9}[\[【]([^\[\]【】]{1,200})[\]】]", re.DOTALL),
    re.compile(r"\A(.{1,300}?)\s{0,9}(?:—{1,2}|–|--|[:：]|\s-\s)\s{0,9}([^—–:：]{1,200})", re.DOTALL),
)
_ASKED = {
    IMPORTANCE: re.compile(r"importan|relevan|\bneed|重要|需求|需要", re.IGNORECASE),
    COMPETENCE: re.compile(
        r"\bmaster|competen|perform|proficien|satisf|\bhow well\b|\babl[ey]\b|掌握|熟练|胜任|具备|满意|水平|表现|现状",
        re.IGNORECASE,
    ),
}


_NUMBERED = re.compile(r"(\d{1,3})\s?[、.．]\s?(.{0,300}?)[(（]\d{1,2}[)）]\s?(\w.{0,200})", re.DOTALL)


def _with_questions(header: Sequence[str]) -> Iterator[str]:
    """“4、…重要程度 (1)沟通能力” and “4、(2)团队合作”, as 问卷星 writes a grid: the second is asked as the first."""
    asked: dict[str, str] = {}
    for name in header:
        numbered = _NUMBERED.fullmatch(name.strip())
        question = numbered and (numbered[2].strip() or asked.get(numbered[1], ""))
        if not numbered or not question:
            yield name
            continue
        asked.setdefault(numbered[1], question)
        yield f"{question} [{numbered[3]}]"


def questions_in(cells: Sequence[str]) -> int:
    """How many cells of a row of several ask for a rating, without saying of what."""
    said = (cell for cell in cells if column_key(cell) not in _RATING_WORDS)
    asked = sum(any(words.search(cell) for words in _ASKED.values()) for cell in said)
    return asked if sum(map(bool, cells)) > 1 else 0


def _gridded(name: str, abilities: Mapping[str, str]) -> tuple[str, str] | None:
    """A question over a grid: “How important is each skill? [SQL]”, 下列能力的重要程度—SQL."""
    for grid in _GRID:
        match = grid.fullmatch(name.strip())
        if match and signless(match[2]) in abilities:
            rating = next((rating for rating, words in _ASKED.items() if words.search(match[1])), "")
            return (rating, match[2]) if rating else None
    return None


def _rated(name: str) -> tuple[str, str] | None:
    """ "importance: SQL", "SQL (importance)" and "SQL 重要性" are all ("importance", "SQL")."""
    plain = _SCALE.sub("", name).strip()
    for rating, before, behind in _PATTERNS:
        if match := before.match(plain) or behind.match(plain):
            return rating, match[1].strip(" )）]】")
    return None


def _scale(name: str) -> tuple[float, float] | None:
    match = _SCALE.search(name)
    found = (float(match[1]), float(match[2])) if match else None
    return found if found and found[0] < found[1] else None


def joined_header(upper: Sequence[str], lower: Sequence[str], abilities: Mapping[str, str]) -> tuple[str, ...] | None:
    """One header of two rows: names of abilities, merged over their columns, and below them what is rated; or what is
    asked, and below it the abilities.

    None where the second row is no such row.
    """
    named = [cell for cell in lower if cell.strip()]
    if named and all(signless(cell) in abilities for cell in named):
        return tuple(_below_questions(upper, lower))
    words = [column_key(cell) for cell in lower]
    if not any(words) or any(word and word not in _RATING_WORDS and word not in _FIELDS for word in words):
        return None
    joined, above = [], ""
    for place, word in enumerate(words):
        own = upper[place].strip() if place < len(upper) else ""
        above = own or above
        joined.append(f"{word}: {above}" if word in _RATING_WORDS and above else own or word)
    return tuple(joined)


def _below_questions(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    asked = ""
    for place, ability in enumerate(lower):
        own = upper[place].strip() if place < len(upper) else ""
        asked = own or asked
        yield f"{asked} [{ability}]" if ability.strip() else own
