"""A person's number or name → a code that stays the same in one school and that nobody reads back."""

from __future__ import annotations

import base64
import hashlib
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
    digest = hmac.new(salt.encode(), word.encode(), hashlib.sha256).digest()
    return f"p-{base64.b32encode(digest)[:8].decode().lower()}"


def codes_for(value: str | list[str], salt: str) -> str | list[str]:
    """Of one person or of several."""
    if isinstance(value, str):
        return person_code(value, salt)
    return list(dict.fromkeys(person_code(each, salt) for each in value))
