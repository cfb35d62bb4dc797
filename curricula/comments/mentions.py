"""Members in a text: "@name" as it is typed, a number as it is stored, the name of today as it is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from curricula.models import STORED_MENTION as STORED
from curricula.models import person_name


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `mention` where it is the name of a member."""

    text: str
    mention: bool = False


def stored(text: str, members: Iterable[Any]) -> tuple[str, set[int]]:
    """The text with numbers in place of the names after an @, and these numbers.

    A name that two members share, and one that nobody has, stays as it was typed.
    """
    text = STORED.sub(lambda found: f"@ [{found[1]}]", text)  # nobody types a number for somebody else
    names = _names(members)
    if not names:
        return text, set()
    either = "|".join(_pattern(name) for name in sorted(names, key=len, reverse=True))
    found: set[int] = set()

    def replaced(match: re.Match[str]) -> str:
        key = names[match[1].casefold()]
        found.add(key)
        return f"@[{key}]"

    return re.sub(f"@({either})", replaced, text, flags=re.IGNORECASE), found


def _pattern(name: str) -> str:
    """Of a name in Latin letters the whole: "@li" is not "@lina"; a Chinese one may be followed by more words."""
    return re.escape(name) + (r"(?![A-Za-z0-9_-]|\.[A-Za-z0-9])" if name.isascii() else "")


def _names(members: Iterable[Any]) -> dict[str, int]:
    pairs = {(name.casefold(), user.pk) for user in members for name in (user.get_username(), user.first_name) if name}
    shared = Counter(name for name, _key in pairs)
    return {name: key for name, key in pairs if shared[name] == 1}


def pieces(text: str, people: dict[int, Any]) -> Iterator[Piece]:
    """As it is read; somebody who is not among `people` stays a sign."""
    for at, part in enumerate(STORED.split(text)):
        if at % 2:
            user = people.get(int(part))
            yield Piece(f"@{person_name(user)}" if user is not None else "@…", mention=True)
        elif part:
            yield Piece(part)


def numbers_in(texts: Iterable[str]) -> set[int]:
    return {int(key) for text in texts for key in STORED.findall(text)}
