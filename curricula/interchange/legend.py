"""What the signs of a file mean, where it says so: “C = compulsory”, 注：●强支撑, 带“*”为专业核心课程."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

SYMBOLS = "●◎○◉■□▲△★☆◆◇※"
LONGEST_LEGEND = 300  # characters
MOST_CELLS = 3  # a row of courses has more
_SAID = re.compile(
    rf"[“\"'‘]?(?P<sign>[{SYMBOLS}*#√]|(?<![A-Za-z])[A-Z]{{1,2}}(?![A-Za-z]))[”\"'’]?\s?"
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
                if said["verb"] or (said["sign"] in SYMBOLS and len(texts) == 1):
                    found.setdefault(said["sign"], said["meaning"])
    return found


_STRENGTHS = (
    ("H", re.compile(r"强|高|主要|重点|strong|high|primary|major", re.IGNORECASE)),
    ("M", re.compile(r"中|一般|较|medium|moderate|partial", re.IGNORECASE)),
    ("L", re.compile(r"弱|低|次要|weak|low|minor|slight", re.IGNORECASE)),
)


def strengths(meanings: Mapping[str, str]) -> Mapping[str, str]:
    """Of the signs, those that mean a strength: sign → H, M or L."""
    said = {
        sign: next((letter for letter, words in _STRENGTHS if words.search(meaning)), "")
        for sign, meaning in meanings.items()
        if sign in SYMBOLS
    }
    return {sign: letter for sign, letter in said.items() if letter}


_MARK = rf"[{SYMBOLS}*＊]"
_MARKED = re.compile(
    rf"^((?:{_MARK}|#(?=\s?[\u4e00-\u9fff]))+)|((?:{_MARK}|(?<=[\u4e00-\u9fff）)])#){{1,20}}|[（(]{_MARK}{{1,3}}[)）])$"
)


def without_marks(title: str) -> tuple[str, str]:
    """(title, its marks): ★, * and ▲ before or behind a title are no part of it; the # of C# is."""
    marks = "".join(found[0].strip("（()）") for found in _MARKED.finditer(title.strip()))
    bare = _MARKED.sub("", title.strip()).strip()
    return (bare, marks) if bare else (title, "")
