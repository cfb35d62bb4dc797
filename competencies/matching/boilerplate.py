"""Passages that name abilities without asking for them: what is not required, and what a company says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
Trigger = tuple[int, int, str]  # start, end, kind

_FORWARD = (
    "no experience|no prior experience|no previous experience|no working experience|no work experience|"
    "no knowledge|no prior knowledge|no previous knowledge|no need for|no need to|don't need|do not need|"
    "does not need|does not require|doesn't require|do not require|don't require|without experience|"
    "without prior experience|without any experience|not required to|not expected to|"
    "无需|无须|不需要|不要求|不必|不强制要求|没有硬性要求"
)
_BACKWARD = (
    "not required|not necessary|not needed|not essential|not mandatory|not a must|not a requirement|"
    "isn't required|isn't necessary|aren't required|不作要求|不做要求|不作硬性要求|不做硬性要求|无要求|没要求|"
    "非必须|非必需|不是必须|不是必需"
)
_PARAGRAPH = (
    "equal opportunity|equal employment|equal opportunities|affirmative action|without regard to|"
    "regardless of race|reasonable accommodation|protected veteran|diverse and inclusive workplace"
)
_SECTION = (
    "about us|about the company|about our company|who we are|company overview|company profile|"
    "company introduction|company description|what we offer|we offer|benefits|our benefits|perks|"
    "perks and benefits|公司简介|公司介绍|企业简介|企业介绍|关于我们|公司概况|集团简介|福利待遇|薪资福利|"
    "薪酬福利|公司福利|员工福利"
)
_MASKED = "[phone]|[e mail]|[messenger]|[id number]|[name]"  # as folded; what was masked is no word of the posting
_LONGEST_SENTENCE, _LONGEST_SECTION = 600, 6000  # characters looked through from one trigger

TRIGGERS: dict[str, str] = {
    phrase: kind
    for kind, phrases in (
        ("forward", _FORWARD),
        ("backward", _BACKWARD),
        ("paragraph", _PARAGRAPH),
        ("section", _SECTION),
        ("masked", _MASKED),
    )
    for phrase in phrases.split("|")
}

_SENTENCE_END = re.compile(r"[;!?\n。；！？]|\.(?=\s|$)")
_CONTRAST = re.compile(r"\b(?:but|however|although|though|instead|while|yet)\b|但|不过|然而|只需|仅需|只要")
_COMMA = re.compile(r"[,，]")
_NEGATED_TO_HERE = re.compile(r"\b(?:required|necessary|needed|essential)\b")
_CLAUSE_STARTS = re.compile(
    r"[;!?\n。；！？,，:：(（]|\.(?=\s)|\b(?:but|however|although|though|while|yet)\b|但|不过|然而"
)
_STILL_WELCOME = re.compile(
    r"[^.;!?\n。；！？]{0,40}?(?:\bplus\b|prefer|desir|advantage|bonus|helpful|welcome|nice to have|优先|加分|更佳)"
)
_ONLY_MARKS = re.compile(r"[\s\d.、*#•·\-\[(【（一二三四五六七八九十]*")
_HEADING_AFTER = re.compile(r"[ \t]*(?:[\])】）:：\n]+|$)\s*")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_NEXT_HEADING = re.compile(
    r"\n[\s\d.、*#•·\[(【（一二三四五六七八九十]{0,30}(?:(?:key |main |your |job |minimum |preferred |basic )*"
    r"(?:responsibilities|requirements|qualifications|duties|skills|experience|role)\b"
    r"|what you(?:'ll| will)|what we(?:'re| are) looking for|who you are|about you|about the (?:job|role)"
    r"|岗位|职位|工作|任职|职责|要求|招聘|技能|资格)"
)


def ignored_spans(folded: str, triggers: Iterable[Trigger] | None = None) -> list[Span]:
    """The passages of a folded text in which no mention counts, in order and apart.

    `triggers` are the places of `TRIGGERS` where the caller already knows them.
    """
    spans: list[Span] = []
    for start, end, kind in sorted(find_triggers(folded) if triggers is None else triggers):
        if spans and end <= spans[-1][1]:
            continue  # also keeps hostile repetitions from being looked at one by one
        span = _span(folded, start=start, end=end, kind=kind)
        if span:
            _add(spans, span)
    return spans


def _add(spans: list[Span], span: Span) -> None:
    start, end = span
    while spans and spans[-1][1] >= start:
        earlier = spans.pop()
        start, end = min(start, earlier[0]), max(end, earlier[1])
    spans.append((start, end))


def find_triggers(folded: str) -> Iterator[Trigger]:
    for phrase, kind in TRIGGERS.items():
        for match in re.finditer(re.escape(phrase), folded):
            yield match.start(), match.end(), kind


def _span(text: str, *, start: int, end: int, kind: str) -> Span | None:
    if kind == "masked":
        return start, end
    if kind == "paragraph":
        return _paragraph(text, start=start, end=end)
    if kind == "section":
        return _section(text, start=start, end=end)
    if kind == "forward":
        return start, _negation_end(text, end)
    return _before(text, start=start, end=end)


def _paragraph(text: str, *, start: int, end: int) -> Span:
    """The line, or the sentence where a whole posting stands on one line."""
    line = _line(text, start=start, end=end)
    if line[1] - line[0] <= _LONGEST_SENTENCE:
        return line
    before = [match.end() for match in _SENTENCE_END.finditer(text, max(line[0], start - _LONGEST_SENTENCE), start)]
    return before[-1] if before else start, _first(_SENTENCE_END, text, end, min(line[1], end + _LONGEST_SENTENCE))


def _line(text: str, *, start: int, end: int) -> Span:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _negation_end(text: str, position: int) -> int:
    """Where "no experience in X" stops: at a contrast, after "required", at a comma, or with its sentence."""
    stop = _first(_SENTENCE_END, text, position, min(len(text), position + _LONGEST_SENTENCE))
    stop = _first(_CONTRAST, text, position, stop)
    negated = _NEGATED_TO_HERE.search(text, position, stop)
    return negated.end() if negated else _first(_COMMA, text, position, stop)


def _first(pattern: re.Pattern[str], text: str, position: int, otherwise: int) -> int:
    match = pattern.search(text, position, otherwise)
    return match.start() if match else otherwise


def _before(text: str, *, start: int, end: int) -> Span | None:
    """ "X is not required" from its clause's beginning; nothing where X is "not required but a plus"."""
    if _STILL_WELCOME.match(text, end):
        return None
    earliest = max(0, start - _LONGEST_SENTENCE)
    begins = [match.end() for match in _CLAUSE_STARTS.finditer(text, earliest, start)]
    return (begins[-1] if begins else earliest), end


def _section(text: str, *, start: int, end: int) -> Span | None:
    """From a heading to the next one; where none follows, one paragraph, or one line if no empty line ends it."""
    heading_end = _HEADING_AFTER.match(text, end)
    if not heading_end or not _opens_a_line(text, start):
        return None
    content, far = heading_end.end(), end + _LONGEST_SECTION
    following = _NEXT_HEADING.search(text, end, far) or _EMPTY_LINE.search(text, content, far)
    return start, following.start() if following else _line(text, start=start, end=content)[1]


def _opens_a_line(text: str, start: int) -> bool:
    near = max(0, start - 30)
    before = text[near:start].rpartition("\n")
    return (near == 0 or before[1] == "\n") and bool(_ONLY_MARKS.fullmatch(before[2]))
