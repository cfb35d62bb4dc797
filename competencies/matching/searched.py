"""The text of a posting in which abilities are looked for; a mention's offset counts from its beginning."""

from __future__ import annotations


def searched_text(*, title: str, text: str) -> str:
    """The title on a line of its own, then the text."""
    return f"{title}\n{text}" if title else text
