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


@lru_cache(maxsize=4096)
def column_key(name: str) -> str:
    """ "Job Title (required)" and "job_title" are both "jobtitle"; "" for what is no name."""
    return signless(_IN_BRACKETS.sub("", name)) if len(name) <= LONGEST_NAME else ""


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
