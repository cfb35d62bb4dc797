"""Codes for what has none in a file: made from its name, so that they are the same when the file comes again."""

from __future__ import annotations

import hashlib

from .rows import LONGEST_CODE


def code_from(name: str, *, prefix: str = "") -> str:
    """Small letters with "-" for blanks; a long name keeps a code of its own by a digest at its end."""
    return shortened("-".join((prefix + name).casefold().split()))


def shortened(code: str) -> str:
    if len(code) <= LONGEST_CODE:
        return code
    digest = hashlib.sha256(code.encode()).hexdigest()[:12]
    return f"{code[: LONGEST_CODE - 13]}-{digest}"
