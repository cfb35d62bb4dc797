"""Numbers out of addresses and forms: what is none, or longer than any key, is no number."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 18  # of a key in any database; Python itself refuses to read a few thousand


def key_of(text: str | None) -> int | None:
    """The number that the text says, or None.

    >>> key_of("12"), key_of("-1"), key_of(""), key_of("9" * 19)
    (12, None, None, None)
    """
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None
