"""Which characters the bytes of a text file stand for: UTF-8, UTF-16 or UTF-32 with its mark, then GB18030.

GB18030 reads the single letters of Windows-1252 as stray Chinese ones, so who stands alone decides. Only who asks
for it gets a guess, and then has to tell people to look at the letters.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO

from .file_problems import unreadable

CHOOSABLE = (
    *("utf-8", "gb18030", "big5", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "shift_jis", "euc_kr", "mac_roman"),
)
GUESSED = ("utf-16-le", "utf-16-be", "big5", "cp1252")  # as `encoding` of what `open_text` gives
_SHOWN = 60  # characters
_CHUNK = 2**20  # bytes; no line of a table or of JSON lines is that long
_LEAST_ZERO_PART = 20  # one byte in twenty, even in Chinese text
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_LONGEST_LETTERS = 1  # “é”, “’”: western letters beyond ASCII stand alone; two bytes and more are Chinese
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_text(file: IO[bytes], *, guess: bool = False, encoding: str = "") -> io.TextIOWrapper:
    """The file as text, line ends as they are; all of it was decoded once, so that reading on cannot fail.

    An encoding that somebody chose is taken as it is: what it does not know is seen as “�”.
    """
    file.seek(0)
    if encoding in CHOOSABLE:
        return io.TextIOWrapper(file, encoding=_with_mark(encoding), errors="replace", newline="")
    for encoding in _candidates(file.read(_CHUNK), guess=guess):
        if _decodes(file, encoding):
            file.seek(0)
            return io.TextIOWrapper(file, encoding=encoding, newline="")
    raise unreadable("unknown_encoding")


def readings(file: IO[bytes]) -> list[tuple[str, str]]:
    """The encodings that fit, each with the first letters beyond ASCII as it reads them."""
    file.seek(0)
    start = file.read(_CHUNK)
    found = []
    for encoding in CHOOSABLE:
        try:
            text = start.decode(encoding)
        except UnicodeDecodeError:
            continue
        line = next((line for line in text.splitlines() if not line.isascii()), "")
        if line and "\0" not in text:
            found.append((encoding, line[:_SHOWN]))
    return found


def _with_mark(encoding: str) -> str:
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _candidates(start: bytes, *, guess: bool) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")
    if marked:
        return (marked,)
    if guess and b"\0" in start:
        return _unmarked_utf16(start) or ("utf-8",)
    if _is_western(start):
        return ("utf-8", "cp1252", "gb18030")
    return ("utf-8", "gb18030", "big5", "cp1252") if guess else ("utf-8", "gb18030")


def _is_western(start: bytes) -> bool:
    """Most runs of bytes beyond ASCII are one byte long; in Chinese text nearly none is."""
    lengths = [len(run) for run in _BEYOND_ASCII.findall(start)]
    return sum(length <= _LONGEST_LETTERS for length in lengths) * 2 > len(lengths)


def _unmarked_utf16(start: bytes) -> tuple[str, ...]:
    """In UTF-16 the zero bytes of commas, figures and line ends stand on one side; 一 has one on the other."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    as_in_a_table = min(even, odd) * 4 < max(even, odd) and max(even, odd) * _LEAST_ZERO_PART >= len(start)
    if not as_in_a_table:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            _check_text(decoder.decode(chunk), whole=len(chunk) == _CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _check_text(text: str, *, whole: bool) -> None:
    if "\0" in text:
        raise unreadable("not_text")
    if whole and "\n" not in text and "\r" not in text:
        raise unreadable("line_too_long")
