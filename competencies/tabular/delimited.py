"""Delimited text: which delimiter, which cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TextIO

from .file_problems import unreadable

DELIMITERS = ",\t;|"
_SAMPLE = 500_000  # characters in which the delimiter shows itself
_SAMPLE_LINES = 200

Score = Callable[[Iterable[list[str]]], float]  # how much rows look like the ones that are looked for


def evenness(rows: Iterable[list[str]]) -> float:
    """High where most rows have the same number of cells, and many of them."""
    widths = Counter(len(row) for row in rows if row)
    width, count = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1], default=(1, 0))
    return count * (2 - 1 / width)


def delimited_rows(text: TextIO, *, score: Score = evenness, delimiters: str = DELIMITERS) -> Iterator[list[str]]:
    """The cells of each row, under the delimiter that scores highest at the beginning; the first of equals."""
    sample = list(islice(io.StringIO(text.read(_SAMPLE), newline=""), _SAMPLE_LINES))
    if not any(map(str.strip, sample)):
        raise unreadable("empty_file")
    delimiter = max(delimiters, key=lambda each: _scored(sample, delimiter=each, score=score))
    text.seek(0)
    try:
        yield from _reader(text, delimiter)
    except csv.Error as error:
        raise unreadable("bad_csv", reason=error) from error


def _scored(sample: Iterable[str], *, delimiter: str, score: Score) -> float:
    try:
        return score(_reader(sample, delimiter))
    except csv.Error:
        return 0


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
