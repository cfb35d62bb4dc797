"""The number of a record as an address or a form states it: text from outside."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 18  # what every database holds


def key_of(text: str | None) -> int | None:
    """The number, or None where the text is none that a record could have."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None
