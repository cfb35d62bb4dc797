"""What a posting asks of a person in cells of their own: education and years of experience."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from competencies.tabular.plain_text import SAYS_NOTHING

from .posting_values import UnreadableCell

# Rising; where a cell names several, the least of them is what is asked for: 大专/本科, "Bachelor's or Master's".
EDUCATION: Final = {
    "none": re.compile(r"不限|无要求|不要求|\bany\b|\bnone\b|not required|no degree"),
    "secondary": re.compile(r"中专|中技|中职|职高|技校|高中|初中|high school|secondary|vocational school"),
    "college": re.compile(r"大专|专科|高职|associate|junior college|diploma"),
    "bachelor": re.compile(r"本科|学士|bachelor|undergraduate|\bb\.?sc?\b|\bb\.?a\b|university degree"),
    "master": re.compile(r"硕士|研究生|master|postgraduate|\bm\.?sc?\b|\bmba\b"),
    "doctor": re.compile(r"博士|doctor|ph\.? ?d"),
}


class Years(NamedTuple):
    """Years of experience asked for, both included; an open end is None."""

    low: int | None = None
    high: int | None = None


@lru_cache(maxsize=4096)
def education(cell: str) -> str:
    """The least education that a cell asks for, a key of EDUCATION; "" where it says nothing."""
    text = " ".join(cell.lower().split())
    if text in SAYS_NOTHING:
        return ""
    found = [level for level, words in EDUCATION.items() if words.search(text)]
    if not found:
        raise UnreadableCell("unreadable_education")
    return found[1] if found[0] == "none" and len(found) > 1 else found[0]


_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_NO_YEARS = re.compile(r"不限|无需|无经验|不要求|应届|在校|实习|none|no experience|not required|entry|fresh|intern")
_SPAN = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.\d)?\s{0,3}(?:年|years?|yrs?)?\s{0,3}(?:-|~|–|—|至|到|to)\s{0,3}(\d{1,2})(?!\d)"
)
_LEAST = re.compile(r"(?<!\d)(\d{1,2})(?:\.\d)?\s{0,3}\+?\s{0,3}(?:年|years?|yrs?|$)")
_BELOW = re.compile(r"以下|以内|不超过|less than|under|up to|at most")


@lru_cache(maxsize=4096)
def experience(cell: str) -> Years:
    """ "1-3年" is 1 to 3 years, "3年以上" 3 and more, 经验不限 and 应届 none."""
    text = " ".join(cell.lower().translate(_DIGITS).replace("十", "10").split())
    if text in SAYS_NOTHING:
        return Years()
    if span := _SPAN.search(text):
        return Years(*sorted(map(int, span.groups())))
    if least := _LEAST.search(text):
        return Years(0, int(least[1])) if _BELOW.search(text) else Years(int(least[1]))
    if _NO_YEARS.search(text):
        return Years(0)
    raise UnreadableCell("unreadable_experience")
