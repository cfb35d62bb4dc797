"""What stands around a table says when its courses run: its title, a heading between its rows, its sheet's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from curricula.fields.texts import compact

from .terms import TERMS_PER_YEAR, single_term, term_in_year

LONGEST_HEADING = 40  # characters; what is longer is prose
_N = r"(?<!\d)(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_TERM = re.compile(
    rf"第?{_N}(?:学年|年级)第?(?:{_N}|[上下秋春])(?:季|学)?(?:学期|期)?|大[一二三四五][上下]|第{_N}学期"
    r"|year\d,?(?:term|semester)\d|(?:term|semester)\d{1,2}|\d(?:st|nd|rd|th)(?:term|semester)"
)
_YEAR = re.compile(rf"大([一二三四五])|第?({_N})(?:学年|年级)|year(\d)")
_SEVERAL = re.compile(r"[至到~—–\-、和及每各]")  # “第一至第四学期” names no one term


@dataclass(frozen=True)
class When:
    """The year and the term that a text names; empty where it names none, or several."""

    year: str = ""
    term: int | None = None
    words: str = ""  # the text that says so

    def __bool__(self) -> bool:
        return bool(self.year or self.term)


NEVER = When()


def when_named(text: str) -> When:
    if len(text) > LONGEST_HEADING:
        return NEVER
    word = compact(text)
    if _SEVERAL.search(word):
        return NEVER
    terms = [single_term(term) for term in _TERM.findall(word)]
    years = {next(filter(None, year)) for year in _YEAR.findall(word)}
    if len(terms) > 1 or len(years) > 1:
        return NEVER
    return When(year=next(iter(years), ""), term=next(iter(terms), None), words=text)


def nearest(texts: Iterable[str]) -> When:
    """What the texts say together; they come from the outermost to the one next to the courses."""
    when = NEVER
    for text in texts:
        when = within(when, when_named(text))
    return when


def within(outer: When, inner: When) -> When:
    """“第一学期” under “第二学年” is the third term."""
    if not inner:
        return outer
    if inner.year or not outer.year or not inner.term or inner.term > TERMS_PER_YEAR:
        return inner
    return When(year=outer.year, term=single_term(term_in_year(outer.year, str(inner.term))), words=inner.words)
