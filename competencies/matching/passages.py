"""A text cut into passages short enough to be about few things, and windows of words within one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .words import Word, words_of

_END = re.compile(r"[\n。！？；;•]|[.!?](?=\s|$)")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_WRITTEN = re.compile(r"\S+")
_CLAUSE = re.compile(r"[^\s,，、;；:：。！？()（）][^,，、;；:：。！？()（）]*")
LONGEST = 40  # words


class Passage(NamedTuple):
    """`text[start:start + len(passage.text)]`, with its words counted from the passage's beginning."""

    text: str
    start: int
    words: list[Word]


def passages_of(text: str, *, longest: int = LONGEST) -> list[Passage]:
    """Whole sentences together as long as they stay short; a longer sentence is cut.

    No passage reaches over an empty line.
    """
    found: list[Passage] = []
    start = 0
    for end in _sentence_ends(text):
        together = text[found[-1].start : end] if found else ""
        both = words_of(together)
        if found and len(both) <= longest and not _EMPTY_LINE.search(together.rstrip()):
            found[-1] = Passage(together, found[-1].start, both)
        else:
            found += _cut(text[start:end], start=start, longest=longest)
        start = end
    return [passage for passage in found if passage.words]


def _sentence_ends(text: str) -> Iterator[int]:
    yield from (match.end() for match in _END.finditer(text))
    yield len(text)


def _cut(text: str, *, start: int, longest: int) -> Iterator[Passage]:
    words = words_of(text)
    for first in range(0, max(len(words), 1), longest):
        part = words[first : first + longest]
        begin = part[0].start if first else 0
        end = words[first + longest].start if first + longest < len(words) else len(text)
        yield Passage(text[begin:end], start + begin, [Word(w.text, w.start - begin, w.end - begin) for w in part])


def pieces(text: str, *, width: int) -> list[tuple[int, int]]:
    """Where every `width` neighbouring words stand; the whole where there are no more.

    >>> pieces("a b, c", width=2)
    [(0, 4), (2, 6)]
    """
    words = [match.span() for match in _WRITTEN.finditer(text)] or [(0, len(text))]
    last = max(len(words) - width, 0)
    return [(words[at][0], words[min(at + width, len(words)) - 1][1]) for at in range(last + 1)]


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a passage stand; the whole where there are no marks between any.

    >>> clauses("选品，定价、上架")
    [(0, 2), (3, 5), (6, 8)]
    """
    return [match.span() for match in _CLAUSE.finditer(text)] or [(0, len(text))]
