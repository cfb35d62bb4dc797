"""Words in which advertisements and syllabi speak of any ability at all, and which so tell none from another."""

from __future__ import annotations

import re

from .folding import fold

_OF_ADVERTISEMENTS = """
ability able advantage applicant applicants background basic beneficial bonus candidate candidates capability capable
degree demonstrable demonstrated description desirable desired diploma equivalent essential excellent expect expected
expects experience experienced experiences familiar familiarity good great hire hiring ideal job jobs join joining
knowledge knowledgeable looking mandatory master masters minimum month months must necessary need needed needs nice
opportunities opportunity plus position positions prefer preferably preferred previous prior proficiency proficient
proven qualification qualifications qualified related relevant require required requirement requirements requires
responsibilities responsibility responsible role roles seek seeking similar skill skilled skills solid strong
successful understanding working year years bachelor bachelors bsc msc phd
"""
_OF_SYLLABI = """
chapter course courses credit credits lecture lectures lesson lessons module semester student students syllabus topic
topics unit week weeks introduces introduction learn learners
"""
_SMALL = """
a about across advanced all also an and any are as at be been being both but by can could deep depth did do does each
eg etc even every for from had has have having he here how i ie if in include included includes including into is it
its like may might more most multiple no not of on or other others our out over per shall she should some such than
that the their them then there these they this those through to up various very via was we well were what when where
which who will with within without would you your
"""
_CHINESE = """
能力 具有 具备 良好的 良好 较强的 较强 熟悉 熟练 精通 掌握 了解 理解 经验 以上 优先考虑 优先 任职要求 岗位职责
岗位要求 职位描述 要求 相关 负责 学历 本科 大专 岗位 任职 优秀 能够 一定的 以及 或者 包括 等相关 专业 知识 技能
基本 基础 本课程 课程 学生 学习 通过 主要 介绍 内容 教学 进行 培养 使学生
"""
_FILLER = re.compile(
    rf"\b(?:{'|'.join(sorted((_OF_ADVERTISEMENTS + _OF_SYLLABI + _SMALL).split(), key=len, reverse=True))})\b"
    rf"|{'|'.join(sorted(_CHINESE.split(), key=len, reverse=True))}"
)
_MASK = re.compile(r"<[A-Za-z_]+>")  # where a name was


def without_filler(text: str) -> str:
    """The text with blanks in place of such words, so that every other word keeps its place.

    What stands in capitals is a name (IT, LESS). A text of nothing else is given back as it is.
    """
    folded = fold(_MASK.sub(_blanks, text))
    left = list(folded)
    for match in _FILLER.finditer(folded):
        if not text[match.start() : match.end()].isupper() or match.end() - match.start() == 1:
            left[match.start() : match.end()] = " " * (match.end() - match.start())
    found = "".join(left)
    return found if any(map(str.isalnum, found)) else text


def _blanks(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
