"""How far a text takes an ability, read from the verbs of Bloom's revised taxonomy in both languages.

Remember and understand introduce (I), apply and analyse develop (D), evaluate and create ask for an assessed
product (A). The verb is kept as the evidence. Source: Anderson and Krathwohl (2001), with the verbs of Chinese
syllabi (了解, 理解, 掌握, 运用 …) set beside theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .folding import fold

_ENGLISH = {
    "I": "cite classify comprehend cover define describe discuss explain explore familiarise familiarize identify "
    "illustrate interpret introduce know label list name outline paraphrase recall recite recognise recognize "
    "recount remember report restate review state study summarise summarize survey understand",
    "D": "adapt adopt analyse analyze apply calculate carry categorise categorize collect compare compute conduct "
    "configure contrast convert deconstruct demonstrate differentiate discriminate distinguish employ estimate "
    "examine execute experiment handle implement inspect install integrate investigate keep lead manage manipulate "
    "master measure model negotiate operate perform practice practise prepare process query relate run schedule "
    "select sell sketch solve test trace train translate use utilise utilize",
    "A": "appraise argue assemble assess author build choose compose construct create critique debate decide defend "
    "design develop devise draft evaluate formulate generate hypothesise hypothesize improve invent judge justify "
    "optimise optimize plan prioritise prioritize produce propose publish recommend revise synthesise synthesize "
    "validate verify write",
}
_DOUBLED = {"plan": "planning", "run": "running"}
# Where each form is a verb: "design" also names a subject, "designs" its products, "designing" neither.
_AFTER = {
    "base": "to can will may should must able also not then students learners participants they you we",
    "third": "course courses module unit it that which who student learner also",
    "gerund": "by of for in on through from when while about after before",
}
_BEFORE = {form: frozenset(words.split()) for form, words in _AFTER.items()}
_JOINING = (",", "and", "or", "&", "/", "then")
_BORDERS = ("", ":", "(", "-", "*", "·", "—")
_TOKEN = re.compile(r"[a-z]+|[^\sa-z]|\n")
_SENTENCE_ENDS = frozenset(".;!?\n。；！？•")

# Chinese verbs that are written like this as verbs only, and those that name subjects too (网页设计, 数据分析).
_CHINESE = {
    "I": "了解 理解 知道 认识 熟悉 识记 记忆 领会 明确 懂得 认知 说出 列举 描述 叙述 概述 解释 说明 阐述 复述 "
    "识别 介绍 讲解",
    "D": "掌握 运用 使用 利用 学会 完成 实施 执行 演示 比较 区分 辨析 解决 处理 计算 开展 从事 办理",
    "A": "评价 评判 评析 鉴定 判断 论证 制定 制订 拟定 编写 编制 撰写 构建 搭建 创建 创作 创造 提出 改进 优化 完善",
}
_CHINESE_OR_NOUN = {
    "D": "应用 分析 操作 管理 实践 训练 测试 检索 采集 翻译 谈判 运营 推广 维护",
    "A": "设计 评估 策划 规划 开发 创新 写作 制作 决策",
}
_CLEAR = {verb: level for level, verbs in _CHINESE.items() for verb in verbs.split()}
_UNCLEAR = {verb: level for level, verbs in _CHINESE_OR_NOUN.items() for verb in verbs.split()}
_NO_VERB_BEFORE = {"计算": "机"}  # 计算机 is a computer
_CHINESE_VERB = re.compile(
    "|".join(f"{verb}(?!{_NO_VERB_BEFORE[verb]})" if verb in _NO_VERB_BEFORE else verb for verb in _CLEAR)
    + r"|(?:^|(?<=[\W\da-z能会够以来去地行并且和与及立步生员其]))(?:"
    + "|".join(_UNCLEAR)
    + ")"
)
ORDER = ("", "I", "D", "A")
_SENTENCE_END = re.compile(r"[;!?\n。；！？，•]|\.(?=\s|$)")


class Verb(NamedTuple):
    """`text[start:end]` is a verb of the level."""

    level: str
    start: int
    end: int


class LevelFound(NamedTuple):
    level: str = ""  # I, D, A, or nothing where no verb tells
    verb: str = ""


def verbs(text: str) -> list[Verb]:
    """Bloom's verbs from left to right."""
    folded = fold(text)
    chinese = (
        Verb(_CLEAR.get(match[0]) or _UNCLEAR[match[0]], *match.span()) for match in _CHINESE_VERB.finditer(folded)
    )
    return sorted((*_english(folded), *chinese), key=lambda verb: verb.start)


def level_at(text: str, *, start: int, end: int, found: list[Verb] | None = None) -> LevelFound:
    """The highest level among the verbs of the sentence around `text[start:end]`; Chinese ones end at a comma.

    `found` are the verbs of the text where the caller already knows them.
    """
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    finish = stop.start() if stop else len(text)
    known = verbs(text) if found is None else found
    inside = [verb for verb in known if begin <= verb.start and verb.end <= finish]
    if not inside:
        return LevelFound()
    highest = max(inside, key=lambda verb: ORDER.index(verb.level))
    return LevelFound(highest.level, text[highest.start : highest.end])


def _forms() -> Iterator[tuple[str, tuple[str, str]]]:
    for level, verbs_of_level in _ENGLISH.items():
        for verb in verbs_of_level.split():
            stem = verb if verb.endswith("ee") else verb.removesuffix("e")
            third = verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb + "s"
            third = verb + "es" if verb.endswith(("s", "sh", "ch", "x")) else third
            yield verb, (level, "base")
            yield third, (level, "third")
            yield _DOUBLED.get(verb, stem + "ing"), (level, "gerund")


_FORMS = dict(_forms())


def _english(folded: str) -> Iterator[Verb]:
    before, joins = "", False  # the token before, and whether this sentence has had a verb to join
    for match in _TOKEN.finditer(folded):
        token = match[0]
        if token in _SENTENCE_ENDS:
            before, joins = "", False
            continue
        if token in _FORMS:
            level, form = _FORMS[token]
            if _is_verb(form, before=before, joins=joins) and not folded.startswith(" of ", match.end()):
                joins = True
                yield Verb(level, *match.span())
        before = token


def _is_verb(form: str, *, before: str, joins: bool) -> bool:
    return before in _BEFORE[form] or before in _BORDERS or before.endswith("ly") or (joins and before in _JOINING)
