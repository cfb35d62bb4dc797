"""Terms that are also ordinary words or letters, which only their surroundings can tell apart."""

from __future__ import annotations

import re

from .folding import is_han

# Names of tools and trades that are everyday English words when they are written small.
EVERYDAY_WORDS = frozenset(
    {"access", "go", "it", "outlook", "project", "publisher", "rest", "rust", "scratch", "soap", "spark", "swift"}
    | {"teams", "unity", "word"}
)
_LETTER_BEFORE = re.compile(r"(?:^|[\s(,;:/|、，；：（【\[]|[\u4e00-\u9fff])$")
_LETTER_AFTER = re.compile(r"(?=$|[\s),;:/|、，；：。）】\]]|\.(?:\s|$)|语言|编程|程序|开发|和|或|与|等|及|代码)")
_NOT_A_NAME_BEFORE = re.compile(
    r"(?:\b(?:appendix|class|exhibit|grade|group|hepatitis|level|option|phase|plan|section|series|tier|type|vitamin)"
    r"|&)\s*$",
    re.IGNORECASE,
)
_EXCEL_THE_VERB = re.compile(r"\s+(?:as|at|in|within)\b", re.IGNORECASE)


def needs_a_closer_look(form: str) -> bool:
    """Whether a folded term may only be taken after `stands_for_a_name` has read what is around it."""
    return is_letter(form) or form in EVERYDAY_WORDS or form == "excel"


def is_letter(form: str) -> bool:
    return len(form) == 1 and form.isalpha() and not is_han(form)


def stands_for_a_name(text: str, *, start: int, end: int, term: str) -> bool:
    """Whether `text[start:end]` names what `term` names: "R" but not "R&D", "Excel" but not "you excel at"."""
    if is_letter(term):
        return text[start:end] == term and _letter_is_alone(text, start=start, end=end)
    if term.lower() == "excel":
        return not (text[start].islower() and _EXCEL_THE_VERB.match(text, end))
    return term.islower() or _keeps_its_capital(text, start=start, end=end, term=term)


def _letter_is_alone(text: str, *, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    return bool(
        _LETTER_BEFORE.search(before)
        and not _NOT_A_NAME_BEFORE.search(before)
        and _LETTER_AFTER.match(text, end)
        and not text.startswith(" &", end)
    )


def _keeps_its_capital(text: str, *, start: int, end: int, term: str) -> bool:
    """Beside Chinese no capital is asked for: a small Latin word there is a name, not English prose."""
    if is_han(text[:start].rstrip()[-1:] or " ") or is_han(text[end:].lstrip()[:1] or " "):
        return True
    return text[start:end].isupper() if term.isupper() else text[start].isupper()
