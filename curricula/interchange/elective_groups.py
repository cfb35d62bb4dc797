"""Rules of choice: “Choose 2 of the following”, 5门选4门, 至少选修4学分; in headings, modules and notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curricula.fields.texts import plain

from .parsed import CourseRow, ElectiveGroup

LONGEST_RULE = 120  # characters; a rule is no page
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a": 1, "any": 1}
_COUNTS |= dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2}
_SOME = {"a": "(?= (?:course|subject|module)\\b)", "any": "(?! (?:\\d|one|two|three|four|five|six))"}
_N = rf"(\d{{1,2}}(?:\.\d)?|{'|'.join(word + _SOME.get(word, '') for word in _COUNTS)})"
_CHOICE = re.compile(
    rf"(?:[^()（）]{{1,40}}[-–—:]\s)?\W{{0,3}}(?:choose|select|take|pick|complete|any|elect"
    rf"|students? (?:must |should |may )?(?:choose|select|take|complete))\b.{{0,30}}?\b{_N}\b.{{0,60}}"
    r"|[^()（）]{0,60}[(（](?:choose|select|pick|take|any)\b[^()（）]{0,60}[)）]:?"
    rf"|\W{{0,3}}(?:at least |minimum of )?{_N}\s(?:courses?\s)?(?:of|from|out of)(?:\s?:| (?:the )?"
    r"(?:following|below).{0,60})"
    rf"|.{{0,20}}\b{_N} (?:of|from|out of) {_N}\b.{{0,20}}"
    rf"|\W{{0,3}}{_N} (?:courses?|electives?|subjects?|modules?) from the list\b.{{0,20}}"
    rf"|.{{0,30}}[:–—-]\s{_N} (?:courses?|subjects?|modules?) to be (?:chosen|selected|taken)"
    rf"|\W{{0,3}}(?:at least|min(?:imum|\.)?(?: of)?) {_N}\s?(?:credits?|units?|ects)\b.{{0,40}}"
    rf"|.{{0,12}}(?:任选|选择|选修|选学|选读|限选)(?:其{_N}|\s?{_N}\s?(?:[门个]课?程?|学分)).{{0,30}}"
    rf"|.{{0,20}}{_N}\s?[门个]?\s?选\s?{_N}\s?[门个]?.{{0,20}}"
)
_OF = re.compile(rf"{_N}\s?[门个]?(?:课程)?\s?(?:中|任|里)?\s?选\s?{_N}\s?[门个]?")
_COURSES = re.compile(
    rf"(?:choose|select|take|pick|any|elect)\b[a-z ]{{0,20}}?\b{_N}\b"
    rf"(?! ?(?:credits?|units?|hours?|cr\b|ects))|^\W{{0,3}}{_N} (?:courses? )?(?:of|from)"
    rf"|\b{_N} (?:of|from|out of) (?:{_N})\b"
    rf"|\b{_N} (?:courses?|electives?|subjects?|modules?) (?:from the list|to be (?:chosen|selected|taken))"
    rf"|(?:任选|选择|选修|选学|选读|限选|至少选?修?)(?:其{_N}|\s?{_N}\s?[门个])"
)
_CREDITS = re.compile(
    rf"(?:至少|最低|应修|须修|需修|选修|修满|不少于|不低于|应选|须选|需选|限选|[选≥]|修读)"
    rf"(?:选修|修读|选读|修满|获得|须修|应修)?\s?{_N}\s?个?学分"
    rf"|(?:at least|min(?:imum|\.)?(?: of)?|choose|select|take|complete|≥)\s?(?:of\s)?{_N}\s?"
    r"(?:credits?|units?|ects|credit hours|semester hours)"
)
_ELECTIVE_ROW = re.compile(
    r"[^:：。]{0,30}(?:选修课?程?|任选课?程?|限选课?程?|公选课?程?)(?:\s?[（(][^（）()]{0,40}[)）])?"
)
_PLACEHOLDER = re.compile(
    r"[^:。]{0,30}(?:选修课?程?|任选课?程?|限选课?程?|公选课?程?)(?:\s?[(:].{0,40})?"
    r"|[^():.]{0,40}\belectives?(?:\s?[(:–-].{0,40})?"
)
_BARE = re.compile(
    rf"(?:[(:–-]\s?|\bmin(?:imum|\.)?(?: of)? |\bat least ){_N}\s?"
    r"(?:(?P<credits>个?学分|credits?|units?|ects)|门|courses?)"
)
_BELOW = re.compile("以下|下列")
_HEADED = re.compile(r"of the following|from the following|of:|from:|门|选|of|from", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """How many courses are chosen, or how many credits; None where the words do not say."""

    courses: int | None = None
    credits: float | None = None

    def __bool__(self) -> bool:
        return self.courses is not None or self.credits is not None


def is_choice(text: str) -> bool:
    """A line that tells to choose among the courses below it, and is none itself."""
    word = _word(text)
    told = word and _CHOICE.fullmatch(word) and (_HEADED.search(word) or rule(text))
    return bool(told and (not is_elective_row(text) or _BELOW.search(text)))


def is_elective_row(text: str) -> bool:
    """“公共艺术类选修课（至少2学分）”: one row for whatever is chosen; it has the credits that are taken."""
    return len(text) <= LONGEST_RULE and bool(_ELECTIVE_ROW.fullmatch(text.strip()))


def is_placeholder(text: str) -> bool:
    """The same in English too, and with a colon instead of brackets: “Electives (6 credits)”, 专业选修课：6学分."""
    return bool(_PLACEHOLDER.fullmatch(_word(text)))


def rule(text: str) -> Rule:
    word = _word(text)
    if not word:
        return Rule()
    credits_said = _CREDITS.search(word)
    of = _OF.search(word)
    courses = of or _COURSES.search(word)
    count = _count(of[2] if of else next(filter(None, courses.groups()), "")) if courses else None
    points = _count(next(filter(None, credits_said.groups()))) if credits_said else None
    if not count and points is None and is_placeholder(text):
        return _bare_rule(word)
    return Rule(courses=int(count) if count else None, credits=points)


def _bare_rule(word: str) -> Rule:
    """“Electives (6 credits)”: of electives a figure alone says how much is chosen."""
    said = _BARE.search(word)
    count = _count(said[1]) if said else None
    return Rule(credits=count) if said and said["credits"] else Rule(courses=int(count) if count else None)


def _word(text: str) -> str:
    return plain(text) if 0 < len(text) <= LONGEST_RULE else ""


def _count(word: str) -> float | None:
    return float(_COUNTS[word]) if word in _COUNTS else float(word) if word else None


def elective_groups(
    courses: Sequence[CourseRow], headings: Mapping[str, tuple[str, str]]
) -> tuple[ElectiveGroup, ...]:
    """The groups that headings, modules, types and notes speak of, and the rows that stand for whatever is chosen.

    `headings` are code → the words of the heading and where it stands, which tells two of the same words apart.
    A rule that takes all of its courses is none.
    """
    members: dict[tuple[str, str], list[CourseRow]] = defaultdict(list)
    for course in courses:
        said = headings.get(course.code) or _said(course)
        if course.required is not True and said[0]:
            members[said].append(course)
    found = [
        ElectiveGroup(said, tuple(course.code for course in group), told.courses, told.credits)
        for (said, _place), group in members.items()
        if (told := rule(said)) and (_is_placeholder(group[0]) or (len(group) > 1 and _leaves_some(told, group)))
    ]
    return tuple(_under_own_titles(found))


def _under_own_titles(groups: Iterable[ElectiveGroup]) -> Iterator[ElectiveGroup]:
    """“Choose 1 of the following” may stand over several lists: the second is “… (2)”."""
    seen: Counter[str] = Counter()
    for group in groups:
        seen[group.title] += 1
        yield replace(group, title=f"{group.title} ({seen[group.title]})") if seen[group.title] > 1 else group


def _is_placeholder(course: CourseRow) -> bool:
    title = course.title_zh or course.title_en
    return is_placeholder(title) and bool(rule(title))


def _said(course: CourseRow) -> tuple[str, str]:
    if _is_placeholder(course):
        return course.title_zh or course.title_en, course.code
    return next((text for text in (course.note, course.module, course.course_type) if rule(text)), ""), ""


def _leaves_some(told: Rule, group: Sequence[CourseRow]) -> bool:
    by_count = told.courses is not None and told.courses < len(group)
    return by_count or (told.credits is not None and told.credits < sum(_credits(group)))


def _credits(group: Iterable[CourseRow]) -> list[float]:
    return [course.credits or 0.0 for course in group]
