"""The words that schools write above their columns, in Chinese and English, and what each is taken for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

from django.utils.translation import gettext_lazy as _

from competencies.tabular.column_names import simplified
from curricula.fields.course import COURSE
from curricula.fields.declaration import Place

from .header_words import HEADER_WORDS, HOUR_STEMS

MODE_FIELDS = ("theory", "demonstration", "experiment", "simulation", "operation", "assessment_hours")
LONGEST_HEADER = 60  # characters; a longer cell is prose

_HOUR_ENDINGS_ZH = ("", "学时", "课时", "学时数", "教学", "教学学时", "时数", "课")
_HOUR_ENDINGS_EN = ("", "hours", "hrs", "hour", "contacthours", "h")

MEANINGS = {field.heading: field.label for field in COURSE.at(Place.IMPORT)} | {
    "sequence": _("running number, not kept"),
    "subject": _("course code, first part"),
    "number": _("course code, second part"),
    "title": _("course title"),
    "course": _("course"),
    "theory": _("hours of theory"),
    "demonstration": _("hours of demonstration"),
    "experiment": _("hours of experiment, counted as simulation"),
    "simulation": _("hours of simulation"),
    "operation": _("hours of operation (practice)"),
    "assessment_hours": _("hours of assessment"),
    "paired_hours": _("hours of theory / of practice"),
    "weeks": _("weeks of practice"),
    "weekly_hours": _("hours a week, used where there is no total"),
    "weekly_term": _("the course runs in this term"),
    "section": _("section, of which several are one course"),
    "cross_listed": _("other codes of the course, kept in its note"),
    "year": _("year of study"),
    "pre": _("prerequisites"),
    "co": _("courses taken at the same time"),
    "strict-co": _("courses that must be taken at the same time"),
    "ability": _("ability"),
    "level": _("level"),
    "share": _("share of the course"),
    "strength": _("strength of support"),
    "ability_weight": _("weight in the ability"),
    "provenance": _("how it is known"),
    "evidence": _("evidence"),
    "rater": _("rater"),
    "mark": _("ability, marked where a course serves it"),
    "program": _("program"),
    "nature": _("required or elective"),
}

_PUNCTUATION = re.compile(r"[\s*:·._?？\-–—'\"“”《》<>]+")
_BRACKET = re.compile(r"[(\[【{]([^)\]】}]{0,80})[)\]】}]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAMED = re.compile(
    r"(?!先|前|预|并|同|对应|替代|支撑).{0,6}((?:课程|环节|项目)(?:代码|编码|编号|代号)|(?:课程|环节|项目)(?:中文)?名称)"
)
_CORNER = re.compile(r"(?:课程|courses?)(?:名称|title|name)?[\\/|].+|.+[\\/|](?:课程|courses?)(?:名称|title|name)?")
_SUPPORTED = re.compile(r"所?(?:支撑|对应)的?(?:毕业要求|指标点|能力点?){1,3}(?:编号|代码)?")
_LATIN = re.compile(r"[a-z]")


_PAIRED = re.compile(
    r"(?:总?学时|课时|hours?)?\(?(?:理论|讲授|讲课|授课|lectures?|theory)(?:学时|课时|hours)?[/、+]"
    r"(实践|实训|实习|实验|上机|practice|practical|labs?|experiments?)(?:学时|课时|hours)?\)?(?:总?学时|课时|学时分配|hours)?"
)
_IN_LABS = {"上机": "simulation"} | dict.fromkeys(("实验", "lab", "labs", "experiment", "experiments"), "experiment")


def paired_field(header: str) -> str:
    """The field of the second figure under a header such as “学时（理论/实践）”, or an empty text."""
    match = _PAIRED.fullmatch(squeeze(header))
    return "" if match is None else _IN_LABS.get(match[1], "operation")


def squeeze(text: str) -> str:
    """A header without case, width, space and punctuation; brackets stay, because they can carry the meaning."""
    return simplified(_PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).casefold()))


def has_chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def _vocabulary() -> dict[str, str]:
    words: dict[str, str] = {}
    for field, stems in HOUR_STEMS.items():
        for stem, ending in product(stems.split(), (*_HOUR_ENDINGS_ZH, *_HOUR_ENDINGS_EN)):
            words.setdefault(squeeze(stem + ending), field)
    declared = {field.heading: field.words for field in COURSE.at(Place.IMPORT)}
    for field, aliases in (declared | HEADER_WORDS).items():
        words.update({squeeze(alias) or alias: field for alias in aliases.split()})
    return words


_FIELDS = _vocabulary()


@lru_cache(maxsize=4096)
def field_of(text: str) -> str:
    """The field that a header names, or an empty text."""
    if not text or len(text) > LONGEST_HEADER:
        return ""
    word = squeeze(text)
    outside = _BRACKET.sub("", word)
    inside = " ".join(_BRACKET.findall(word))
    if inside in ("周", "周数", "weeks") and _FIELDS.get(outside) in ("total_hours", "operation"):
        return "weeks"
    return _FIELDS.get(word) or _FIELDS.get(outside) or _bilingual_field(outside) or _named_field(outside)


def _named_field(word: str) -> str:
    """Words that nobody listed, such as “专业课程编码” or “实验项目名称”; “课程\\能力” stands in a matrix's corner."""
    if _CORNER.fullmatch(word):
        return "course"
    if _SUPPORTED.fullmatch(word):
        return "ability"
    if match := _NAMED.fullmatch(word):
        return "title" if match[1].endswith("名称") else "code"
    return ""


def _bilingual_field(word: str) -> str:
    """“课程代码course code”: both halves must say the same, or “课程A” would be a header."""
    chinese = "".join(_CHINESE.findall(word))
    latin = "".join(_LATIN.findall(word))
    field = _FIELDS.get(chinese, "")
    other = _FIELDS.get(latin, "")
    same = field == other or (other in ("title", "course") and field in ("title", "title_zh", "title_en"))
    return field if chinese and latin and same else ""
