"""Texts whose letters were taken for others before: “Ã©” for “é”, “â€™” for “’”, 锟斤拷 for what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TWICE = re.compile("[ÂÃ][\u0080-\u00bf\u0152-\u017e\u2013-\u203a€™]|â€|[äåæçèé][\u0080-\u00bf]{2}")
_LOST = re.compile("锟斤拷|\ufffd")


def suspected(texts: Iterable[str]) -> tuple[str, bool]:
    """The first text that looks so, and whether its letters can be brought back; "" where none does."""
    for text in texts:
        if not text.isascii() and (_TWICE.search(text) or _LOST.search(text)):
            return text, repaired(text) != text
    return "", False


def repaired(text: str) -> str:
    """The text as it was meant, where its bytes are UTF-8 once more; else as it stands."""
    if text.isascii():
        return text
    try:
        return b"".join(map(_byte, text)).decode()
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    """Of Windows-1252, and of the places that it leaves empty."""
    return bytes([ord(letter)]) if ord(letter) < 0xA0 else letter.encode("cp1252")
