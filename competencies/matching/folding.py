"""One spelling for many, character by character, so that an offset in the folded text is one in the original."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = "‘’ʼ"
_BLANKS = "\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u2002\u2003\u2009\u202f\u3000"  # dashes and spaces
_RARE_BLANKS = "\u1680\u2000\u2001\u2004\u2005\u2006\u2007\u2008\u200a\u205f"
_SIGNS = "＋＃＆．－／＿"


def _narrow(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


# What any text may hold is replaced sign by sign, which costs next to nothing where the sign is absent …
_COMMON: tuple[tuple[str, str], ...] = (
    *((char, "'") for char in _APOSTROPHES),
    *((char, " ") for char in _BLANKS),
    *((char, _narrow(char)) for char in _SIGNS),
)
# … and what few texts hold only after a look. "İ" is the one character that grows when it is made small, and
# which small letter "Σ" becomes depends on where it stands.
_RARE = {ord(char): _narrow(char) for char in map(chr, range(0xFF10, 0xFF5B)) if char.isalnum()}
_RARE |= {ord("İ"): "i", ord("Σ"): "σ", ord("ς"): "σ"}
_RARE |= dict.fromkeys(map(ord, _RARE_BLANKS), " ")
_HAS_RARE = re.compile(f"[０-９Ａ-Ｚａ-ｚİΣς{_RARE_BLANKS}]")


def fold(text: str) -> str:
    """Lower case, half width, hyphens as spaces; as long as `text`, each character at its own place."""
    if not text.isascii():
        for char, plain in _COMMON:
            text = text.replace(char, plain)
        if _HAS_RARE.search(text):
            text = text.translate(_RARE)
    return text.lower().replace("-", " ")


def _is_word(char: str) -> bool:
    return char == "_" or char.isalnum() or unicodedata.combining(char) > 0


# Letters, digits and accents of the scripts that put spaces between words; from U+2E80 on they do not.
WORD_CHARACTERS = frozenset(char for char in map(chr, range(0x2E80)) if _is_word(char))


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"
