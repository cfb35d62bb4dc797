"""Names of columns, however they are written: case, width, signs and remarks in brackets make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.translation import get_language

LONGEST_NAME = 60  # characters; a longer text is no name of a column
_IN_BRACKETS = re.compile(r"[(（\[【].{0,60}?[)）\]】]")


def names(text: str) -> tuple[str, ...]:
    """The words of a text, for lists of aliases."""
    return tuple(text.split())


def of_the_reader(names: Iterable[str]) -> list[str]:
    """Of names in both languages those that the reader of a message would write."""
    known = list(names)
    chinese = (get_language() or "").startswith("zh")
    return [name for name in known if name.isascii() != chinese] or known


def column_letter(place: int) -> str:
    """As spreadsheets call it; 0 is A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def names_to_choose(headers: Iterable[str]) -> list[str]:
    """By which the columns of a table are told apart: the header, counted where it stands again, or the letter."""
    seen: Counter[str] = Counter()
    found = []
    for place, header in enumerate(headers):
        name = " ".join(header.split()) or f"[{column_letter(place)}]"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


# Of the letters of headers and of the words below them, those that Taiwan, Hong Kong and Macau write otherwise.
_TRADITIONAL = (
    "課號碼編稱學時類別單備註選實驗習講開總論職務績檢質級層點標準應領說術業關數週設進導師門團"
    "隊溝薪發佈間區歷經聯網內詳責權據問項專屬預後並體製認證書語優簡從係資"
)
_SIMPLIFIED = (
    "课号码编称学时类别单备注选实验习讲开总论职务绩检质级层点标准应领说术业关数周设进导师门团"
    "队沟薪发布间区历经联网内详责权据问项专属预后并体制认证书语优简从系资"
)
_FOLDED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """A word of a header as in mainland China."""
    return text if text.isascii() else text.translate(_FOLDED)


@lru_cache(maxsize=4096)
def column_key(name: str) -> str:
    """ "Job Title (required)" and "job_title" are both "jobtitle"; "" for what is no name."""
    return simplified(signless(_IN_BRACKETS.sub("", name))) if len(name) <= LONGEST_NAME else ""


def signless(text: str) -> str:
    """Letters and digits only, in small letters and of half width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def unambiguous(named: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Each name, signless, to the one code that has it; a name that two share names neither."""
    found: dict[str, set[str]] = {}
    for name, code in named:
        if key := signless(name):
            found.setdefault(key, set()).add(code)
    return {key: codes.pop() for key, codes in found.items() if len(codes) == 1}
