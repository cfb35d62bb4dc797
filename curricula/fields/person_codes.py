"""A person's number or name → a code that stays the same in one school and that nobody reads back."""

from __future__ import annotations

import base64
import hmac
import re

from .texts import compact

_CODE = re.compile(r"p-[a-z2-7]{8}")


def person_code(text: str, salt: str) -> str:
    """Like “p-k7f3q2mx”; what is such a code already stays, so that our own files come back.

    >>> person_code("2019 0012", "salt") == person_code("20190012", "salt") != person_code("20190012", "another")
    True
    >>> person_code(person_code("张三", "salt"), "salt") == person_code("张三", "salt")
    True
    """
    word = compact(text)
    if not word or _CODE.fullmatch(word):
        return word
    return f"p-{hashed(word, salt)}"


def hashed(word: str, salt: str) -> str:
    """Eight letters and figures that only who knows the salt can tell a guess by."""
    digest = hmac.digest(salt.encode(), word.encode(), "sha256")
    return base64.b32encode(digest)[:8].decode().lower()


def codes_for(value: str | list[str], salt: str) -> str | list[str]:
    """Of one person or of several."""
    if isinstance(value, str):
        return person_code(value, salt)
    return list(dict.fromkeys(person_code(each, salt) for each in value))
