"""What the signs of a file mean, where it says so: “C = compulsory”, 注：●强支撑, 带“*”为专业核心课程."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

SYMBOLS = "●◎○◉■□▲△★☆◆◇※"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"  # before a title they count; elsewhere the file has to say what they mean
LONGEST_LEGEND = 300  # characters
LONGEST_STRENGTH = 5  # letters
MOST_CELLS = 3  # a row of courses has more
_SAID = re.compile(
    rf"[“\"'‘]?(?P<sign>[{SYMBOLS}{CIRCLED}*#√]|(?<![A-Za-z])[A-Z]{{1,2}}(?![A-Za-z]))[”\"'’]?\s?"
    r"(?P<verb>=|:|：|者?表示|代表|者?为|是|指|[-–—])?\s?"
    r"(?P<meaning>[\u4e00-\u9fff]{1,16}|[A-Za-z][A-Za-z-]{1,20}(?: [a-z]{2,20}){0,3})"
)


def legend(rows: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """Sign → meaning, the first that is said of a sign; without a verb only of a symbol on a line of its own."""
    found: dict[str, str] = {}
    for row in rows:
        texts = [cell for cell in row if cell]
        for text in texts if len(texts) <= MOST_CELLS else ():
            for said in _SAID.finditer(text[:LONGEST_LEGEND]):
                if said["verb"] or (len(texts) == 1 and _needs_no_verb(said["sign"], said["meaning"])):
                    found.setdefault(said["sign"], said["meaning"])
    return found


def _needs_no_verb(sign: str, meaning: str) -> bool:
    """“①…②…” may count remarks, but in “①强 ②中 ③弱” each is a strength."""
    return sign in SYMBOLS or (sign in CIRCLED and len(meaning) <= LONGEST_STRENGTH and bool(_strength(meaning)))


_STRENGTHS = (
    ("H", re.compile(r"强|高|主要|重点|strong|high|primary|major", re.IGNORECASE)),
    ("M", re.compile(r"中|一般|较|medium|moderate|partial", re.IGNORECASE)),
    ("L", re.compile(r"弱|低|次要|weak|low|minor|slight", re.IGNORECASE)),
)


def strengths(meanings: Mapping[str, str]) -> Mapping[str, str]:
    """Of the signs, those that mean a strength: sign → H, M or L."""
    said = {sign: _strength(meaning) for sign, meaning in meanings.items() if sign in SYMBOLS + CIRCLED}
    return {sign: letter for sign, letter in said.items() if letter}


def _strength(meaning: str) -> str:
    return next((letter for letter, words in _STRENGTHS if words.search(meaning)), "")


_MARK = rf"[{SYMBOLS}*＊]"
_MARKED = re.compile(
    rf"^((?:{_MARK}|[{CIRCLED}]|#(?=\s?[\u4e00-\u9fff]))+)|((?:{_MARK}|(?<=[\u4e00-\u9fff）)])#){{1,20}}|[（(]{_MARK}{{1,3}}[)）])$"
)


def without_marks(title: str, explained: Iterable[str] = ()) -> tuple[str, str]:
    """(title, its marks): ★, * and ▲ before or behind a title are no part of it; the # of C# is.

    大学英语② keeps its figure, unless that is among the signs that the file has `explained`.
    """
    bare = title.strip()
    marks = "".join(found[0].strip("（()）") for found in _MARKED.finditer(bare))
    bare = _MARKED.sub("", bare).strip()
    if bare[-1:] in CIRCLED and bare[-1:] in explained:
        bare, marks = bare[:-1].strip(), marks + bare[-1:]
    return (bare, marks) if bare else (title, "")
