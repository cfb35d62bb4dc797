"""The words of a text in both languages: Latin words with their stems, Chinese as pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from .folding import fold

_WORD = re.compile(r"[\u3400-\u9fff]+|(?:\.(?=net\b))?(?:(?![\u3400-\u9fff])[^\W_])+[+#]*")
_SMALL = """
a an the of to in on for and or with by at as from into is are be that this your our their its you we they other
的 和 与 及 等 了 在 对 为
"""
_STOP_WORDS = frozenset(_SMALL.split())
_STEMMER = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """`text[start:end]`, folded; of a run of Chinese characters every two neighbours are a word."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    return list(_words(fold(text)))


def _words(folded: str) -> Iterator[Word]:
    for match in _WORD.finditer(folded):
        start, end = match.span()
        if end - start <= 2 or not is_chinese(match[0]):
            yield Word(match[0], start, end)
        else:
            for at in range(start, end - 1):
                yield Word(folded[at : at + 2], at, at + 2)


def is_chinese(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


@cache
def stem(word: str) -> str:
    """The word without its ending; empty where it says nothing of its own."""
    if word in _STOP_WORDS:
        return ""
    return _STEMMER.stemWord(word) if word.isascii() else word


def words_in(folded: str) -> list[str]:
    return [word.text for word in _words(folded)]


def stems_of(words: Sequence[str]) -> list[str]:
    return [found for word in words if (found := stem(word))]


def stems(text: str) -> list[str]:
    return stems_of(words_in(fold(text)))


def with_pairs(words: Sequence[str]) -> list[str]:
    """The words, and each two that stand side by side."""
    return [*words, *map(" ".join, pairwise(words))]
